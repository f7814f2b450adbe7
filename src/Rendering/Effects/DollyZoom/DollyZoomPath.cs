using Depth3D.Reconstruction.Geometry;
using Depth3D.Rendering.Paths;

namespace Depth3D.Rendering.Effects.DollyZoom;

/// <summary>
/// The source camera moved along its view by a share of the subject's distance, with the focal length that keeps the subject as large as it is in
/// the reference frame: f' = f z' / z of the reference, where z' is the subject's depth in the moved camera.
/// </summary>
/// <param name="subjectDepths">Per frame, in the source camera.</param>
internal sealed class DollyZoomPath(DollyZoomSettings settings, double[] subjectDepths) : IViewPath
{
    public ViewCamera At(int frameIndex, ViewCamera source)
    {
        double depth = subjectDepths[frameIndex], forward = settings.Travel * Progress(frameIndex) * depth;
        var zoom = (depth - forward) / subjectDepths[settings.Frame];
        var k = source.Intrinsics;
        return new(k with { Fx = k.Fx * zoom, Fy = k.Fy * zoom }, new RigidTransform(Mat3.Identity, new(0, 0, -forward)) * source.CamFromWorld);
    }

    private double Progress(int frame)
    {
        var t = subjectDepths.Length < 2 ? 0 : (double)frame / (subjectDepths.Length - 1);
        return settings.Curve switch
        {
            "linear" => t,
            "return" => (1 - Math.Cos(2 * Math.PI * t)) / 2,
            _ => (1 - Math.Cos(Math.PI * t)) / 2,
        };
    }
}
