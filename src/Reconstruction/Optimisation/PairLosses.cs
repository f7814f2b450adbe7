using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>The losses of spec 4.2 and the scale-free depth residual that the field method puts in the disparity loss's place.</summary>
public static class PairLosses
{
    private const double Tiny = 1e-8;
    private const double NearestDepth = 1e-3;

    /// <summary>Valid flow where both depths are below <paramref name="far"/>; carries no gradient.</summary>
    public static Tensor Mask(Tensor valid, Tensor depth1, Tensor depthWarped, double far = 100) =>
        valid.mul(depth1.detach().lt(far).to_type(valid.dtype)).mul(depthWarped.detach().lt(far).to_type(valid.dtype));

    /// <summary>Residual in pixels, summed over both channels, averaged over the mask: squared during warm-up, absolute afterwards.</summary>
    /// <param name="predicted">[H, W, 2].</param>
    /// <param name="mask">[H, W], 0 or 1.</param>
    public static Tensor Flow(Tensor predicted, Tensor measured, Tensor mask, bool squared)
    {
        var difference = predicted.sub(measured);
        return Mean((squared ? difference.square() : difference.abs()).sum([2L]), mask);
    }

    /// <summary>100 |1/z - 1/z'| with both clamped at 0.001; for depth in units of roughly 1 to 100.</summary>
    public static Tensor Disparity(Tensor depthPredicted, Tensor depthWarped, Tensor mask) =>
        Mean(Inverse(depthPredicted).sub(Inverse(depthWarped)).abs().mul(100), mask);

    /// <summary>|log z - log z'|: the same at any distance, so no far pixel is forgotten and no unit matters.</summary>
    public static Tensor LogDepth(Tensor depthPredicted, Tensor depthWarped, Tensor mask) =>
        Mean(depthPredicted.clamp_min(NearestDepth).log().sub(depthWarped.clamp_min(NearestDepth).log()).abs(), mask);

    /// <summary>Mean absolute change of a point's displacement from one step to the next, over all points, masked or not.</summary>
    /// <param name="first">S(X, t), [M, 3] or [H, W, 3].</param>
    /// <param name="second">S(X + S, t + dt).</param>
    public static Tensor Acceleration(Tensor first, Tensor second) =>
        second.sub(first).abs().sum().div(first.numel() + 1e-6);

    /// <summary>Sum over the mask by its area; what lies outside has no influence, not even through NaN.</summary>
    public static Tensor Mean(Tensor residual, Tensor mask) =>
        where(mask.gt(0), residual, zeros_like(residual)).mul(mask).sum().div(mask.sum().add(Tiny));

    private static Tensor Inverse(Tensor depth) => depth.clamp_min(NearestDepth).reciprocal();
}
