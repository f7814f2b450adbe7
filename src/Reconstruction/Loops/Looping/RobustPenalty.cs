using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Loops.Looping;

/// <summary>
/// psi(r) = 2 r² / (r² + 0.04): Geman and McClure's penalty, Barron's general form with shape -2 and scale 0.1, times 10 scale (spec 5.3.9).
/// </summary>
public static class RobustPenalty
{
    private const double Knee = 0.04;

    public static double Of(double r) => 2 * r * r / ((r * r) + Knee);

    public static double Slope(double r) => 4 * Knee * r / (((r * r) + Knee) * ((r * r) + Knee));

    public static Tensor Of(Tensor r)
    {
        var square = r.square();
        return square.mul(2).div(square.add(Knee));
    }

    public static Tensor Slope(Tensor r) => r.mul(4 * Knee).div(r.square().add(Knee).square());
}
