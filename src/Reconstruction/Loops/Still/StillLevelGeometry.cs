using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Reconstruction.Loops.Still;

/// <summary>Planes and views of a scene at one resolution.</summary>
internal sealed class StillLevelGeometry
{
    private readonly LoopGeometry _full;
    private readonly IReadOnlyList<StillView> _views;

    public StillLevelGeometry(LoopGeometry full, IReadOnlyList<StillView> views, double factor)
    {
        (_full, _views) = (full, views);
        Plane = full.Plane.ScaledTo(Scaled(full.Plane.Width, factor), Scaled(full.Plane.Height, factor));
        Cameras = [.. views.Select(v => v.View.Intrinsics.ScaledTo(Scaled(v.View.Intrinsics.Width, factor), Scaled(v.View.Intrinsics.Height, factor)))];
    }

    public Intrinsics Plane { get; }

    public IReadOnlyList<Intrinsics> Cameras { get; }

    /// <summary>From a view's pixels to texels, plane by plane; null for planes that the view does not look at.</summary>
    /// <param name="shiftX">Added to the principal point: the noise of spec 3.1.</param>
    public Mat3?[] TexelFromPixel(int view, double shiftX = 0, double shiftY = 0)
    {
        var camera = Cameras[view] with { Cx = Cameras[view].Cx + shiftX, Cy = Cameras[view].Cy + shiftY };
        return [.. _full.PlaneDepths.Select(z => PlaneHomography.TexelFromPixel(Plane, z, camera, _views[view].View.CamFromReference))];
    }

    private static int Scaled(int side, double factor) => Math.Max(2, (int)Math.Round(side * factor));
}
