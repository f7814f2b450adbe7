using Depth3D.Imaging;
using Depth3D.Inference;
using Depth3D.Messages;
using Depth3D.Tensors;

namespace Depth3D.Cli.Doctor;

/// <summary>The libraries that live in this process, asked for their versions by loading them.</summary>
internal static class NativeParts
{
    private const string Install = "apt-get install -y --no-install-recommends ";

    public static IEnumerable<Finding> Examine() =>
    [
        Ask("LibTorch", Install + "libtorch-dev", () => TorchRuntime.Version),
        Blas(),
        Ask("OpenCV", Install + "libopencv-dev", () => ImagingRuntime.OpenCvVersion),
        Ask("OpenEXR", Install + "libopenexr-dev", () => ImagingRuntime.OpenExrVersion),
        Ask("ONNX Runtime", "scripts/fetch-onnxruntime.sh", () => OnnxRuntime.Version),
    ];

    private static Finding Blas()
    {
        var blas = Ask("BLAS", Install + "libopenblas0-openmp", () => TorchRuntime.BlasName);
        return blas.Health != Health.Ok || blas.Detail.StartsWith("OpenBLAS", StringComparison.Ordinal)
            ? blas
            : blas with { Health = Health.Warning, Detail = $"{blas.Detail}: linear layers run several times slower", Mend = Install + "libopenblas0-openmp" };
    }

    private static Finding Ask(string part, string mend, Func<string> version)
    {
        try
        {
            return new(part, Health.Ok, version());
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException or Depth3DException)
        {
            return new(part, Health.Missing, e.GetBaseException().Message, mend);
        }
    }
}
