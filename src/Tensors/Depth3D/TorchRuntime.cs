using System.Runtime.InteropServices;
using TorchSharp;

namespace Depth3D.Tensors;

/// <summary>What the process runs on, for checks and reports.</summary>
public static unsafe partial class TorchRuntime
{
    /// <summary>LibTorch's version, such as <c>1.13.0</c>.</summary>
    public static string Version => LibTorch.Text(LibTorch.d3t_libtorch_version());

    /// <summary>Native tensors that are not freed yet, by every thread.</summary>
    public static long LiveTensors => LibTorch.d3t_live_tensors();

    /// <summary>
    /// The BLAS behind matrix products: the description of OpenBLAS, otherwise the library file, empty when there is none. Products are
    /// five times slower on a reference or ATLAS library than on OpenBLAS.
    /// </summary>
    public static string BlasName => LibTorch.Text(LibTorch.d3t_blas_name());

    /// <summary>
    /// Sets an environment variable for native code, which <see cref="Environment.SetEnvironmentVariable(string, string?)"/> does not
    /// reach. Works for <c>OMP_*</c> before the first tensor operation; <c>GLIBC_TUNABLES</c> is read at process start only.
    /// </summary>
    public static void SetNativeEnvironment(string name, string value)
    {
        if (setenv(name, value, 1) != 0) throw new ArgumentException($"setenv refused the name '{name}'");
        Environment.SetEnvironmentVariable(name, value);
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);
}
