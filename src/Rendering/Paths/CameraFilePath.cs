using Depth3D.Messages;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Cameras.Import;

namespace Depth3D.Rendering.Paths;

/// <summary>
/// The cameras of a file, in the clip's world and unit, as an export of the run writes them. One per frame, or spread evenly over the clip and
/// interpolated. The picture keeps its size: a camera of another shape is fitted so that its height is seen whole.
/// </summary>
public sealed class CameraFilePath : IViewPath
{
    private readonly NamedCamera[] _cameras;
    private readonly int _frameCount;

    private CameraFilePath(NamedCamera[] cameras, int frameCount) => (_cameras, _frameCount) = (cameras, frameCount);

    /// <summary>COLMAP text or binary, <c>transforms.json</c>, <c>cameras.json</c> and what else <see cref="CameraImport"/> reads.</summary>
    /// <param name="width">Size of the pictures the cameras are for, where the format does not state it.</param>
    /// <exception cref="Depth3DException">The file cannot be read or its cameras make no sense.</exception>
    public static CameraFilePath Open(string path, int frameCount, int width, int height)
    {
        var cameras = CameraImport.Cameras(path, width, height).Cameras;
        // Formats that name their pictures do not promise an order.
        var ordered = cameras.All(c => c.Name is not null) ? [.. cameras.OrderBy(c => c.Name, StringComparer.Ordinal)] : cameras.ToArray();
        return new CameraFilePath(ordered, frameCount);
    }

    public ViewCamera At(int frameIndex, ViewCamera source)
    {
        var at = _cameras.Length == _frameCount || _frameCount < 2 ? frameIndex : (double)frameIndex * (_cameras.Length - 1) / (_frameCount - 1);
        int before = Math.Clamp((int)at, 0, _cameras.Length - 1), after = Math.Min(before + 1, _cameras.Length - 1);
        NamedCamera a = _cameras[before], b = _cameras[after];
        var share = Math.Clamp(at - before, 0, 1);
        return new ViewCamera(Mixed(Fitted(a.Intrinsics, source.Intrinsics), Fitted(b.Intrinsics, source.Intrinsics), share),
            PoseInterpolation.Between(a.CamFromWorld, b.CamFromWorld, share));
    }

    private static Intrinsics Fitted(Intrinsics camera, Intrinsics picture)
    {
        var scale = (double)picture.Height / camera.Height;
        return new(camera.Fx * scale, camera.Fy * scale, ((camera.Cx - ((camera.Width - 1) / 2.0)) * scale) + ((picture.Width - 1) / 2.0),
            ((camera.Cy + 0.5) * scale) - 0.5, picture.Width, picture.Height);
    }

    private static Intrinsics Mixed(Intrinsics a, Intrinsics b, double t) => a with
    {
        Fx = a.Fx + (t * (b.Fx - a.Fx)),
        Fy = a.Fy + (t * (b.Fy - a.Fy)),
        Cx = a.Cx + (t * (b.Cx - a.Cx)),
        Cy = a.Cy + (t * (b.Cy - a.Cy)),
    };
}
