using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Loops.Looping;

/// <summary>
/// By how much a view's pictures are brighter than what is shown there: g = (s + 3) / 4 with s the geometric mean of the ratio (spec 3.2). A quarter
/// of the ratio only, so that the overall brightness cannot drift.
/// </summary>
public static class ExposureFactor
{
    private const double Offset = 0.01;

    /// <param name="shown">Temporal mean of the output, 0..1, any shape; no gradient is taken.</param>
    /// <param name="seen">Temporal mean of the input, same shape.</param>
    public static double Of(Tensor shown, Tensor seen)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var s = seen.add(Offset).log().sub(shown.detach().add(Offset).log()).mean();
        return (Math.Exp(s.to_type(ScalarType.Float64).item<double>()) + 3) / 4;
    }

    /// <summary>The same for means in memory.</summary>
    public static double Of(ReadOnlySpan<float> shown, ReadOnlySpan<float> seen)
    {
        if (shown.Length == 0) return 1;
        double logs = 0;
        for (var n = 0; n < shown.Length; n++) logs += Math.Log((seen[n] + Offset) / (shown[n] + Offset));
        return (Math.Exp(logs / shown.Length) + 3) / 4;
    }
}
