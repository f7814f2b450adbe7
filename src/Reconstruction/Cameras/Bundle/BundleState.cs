using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Cameras.Bundle;

/// <summary>What a bundle adjustment changes.</summary>
/// <param name="Focal">Pixels.</param>
/// <param name="InverseDepth">Of every point, in the frame it was taken from.</param>
internal sealed record BundleState(double Focal, RigidTransform[] CamFromWorld, double[] InverseDepth)
{
    public BundleState Copy() => new(Focal, [.. CamFromWorld], [.. InverseDepth]);

    /// <summary>Most points in front of their cameras: motion and depth both turned round are seen just the same.</summary>
    public BundleState InFront() => InverseDepth.Count(d => d > 0) * 2 >= InverseDepth.Length ? this : Scaled(-1);

    public BundleState WithMedianDepthOne()
    {
        var sorted = InverseDepth.Where(d => d > 0).Order().ToArray();
        return sorted.Length == 0 ? this : Scaled(sorted[sorted.Length / 2]);
    }

    private BundleState Scaled(double scale) => this with
    {
        CamFromWorld = [.. CamFromWorld.Select(c => c with { Translation = c.Translation * scale })],
        InverseDepth = [.. InverseDepth.Select(d => d / scale)],
    };
}
