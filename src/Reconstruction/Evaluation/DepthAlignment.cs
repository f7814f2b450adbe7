namespace Depth3D.Reconstruction.Evaluation;

/// <summary>The map 1 / d' = Scale / d + Shift, with a floor under the inverse depth that keeps it positive.</summary>
/// <param name="Scale">Factor on inverse depth: a factor s on depth is 1 / s here.</param>
/// <param name="MinDisparity">Smallest inverse depth that comes out.</param>
internal readonly record struct DepthAlignment(double Scale, double Shift, double MinDisparity)
{
    /// <summary>A pure factor on depth.</summary>
    public static DepthAlignment DepthFactor(double factor) => new(1 / factor, 0, 0);

    public double Apply(double depth) => 1 / Math.Max((Scale / depth) + Shift, MinDisparity);
}
