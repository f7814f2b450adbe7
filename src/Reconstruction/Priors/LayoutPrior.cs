using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Priors;

/// <summary>
/// A stated guess for clips without parallax: level ground up to a round far wall about the camera, the horizon at a fixed height of the mean
/// view, all of it standing still while the camera turns; moving regions upright on the ground at their lowest row. Nothing of the scene's
/// shape is measured. Depths lie between 1 and <see cref="WallDistance"/> units.
/// </summary>
public sealed class LayoutPrior
{
    /// <summary>Row of the horizon in the mean view as a share of the height: people tilt cameras a little downwards.</summary>
    public const double HorizonShare = 0.4;

    /// <summary>Depth of the ground at the bottom of the mean view, and distance of the wall, units.</summary>
    public const double NearGround = 1.5, WallDistance = 12;

    /// <summary>Moving things stand at least this much before the wall.</summary>
    private const double BeforeWall = 0.85;

    private readonly CameraTrack _cameras;
    private readonly Vec3 _up;
    private readonly double _height;

    /// <param name="cameras">At the size of the depth maps; translations are ignored.</param>
    public LayoutPrior(CameraTrack cameras)
    {
        _cameras = cameras;
        var k = cameras.Intrinsics;
        var tilt = Math.Atan((k.Cy - (HorizonShare * k.Height)) / k.Fy);
        var upInCamera = new Vec3(0, -Math.Cos(tilt), -Math.Sin(tilt));
        var sum = Vec3.Zero;
        foreach (var frame in cameras.Frames) sum += frame.CamFromWorld.Rotation.Transposed * upInCamera;
        _up = sum.Length > 1e-6 ? sum.Normalized : upInCamera;
        _height = NearGround * -upInCamera.Dot(new Vec3(0, (k.Height - 1 - k.Cy) / k.Fy, 1));
    }

    /// <summary>Depth of the static scene in one frame.</summary>
    public Raster<float> Background(int frame)
    {
        var k = _cameras.Intrinsics;
        var depth = new Raster<float>(k.Width, k.Height);
        var up = Up(frame);
        Parallel.For(0, k.Height, y =>
        {
            for (var x = 0; x < k.Width; x++) depth[x, y] = (float)Depth(up, x, y);
        });
        return depth;
    }

    /// <summary>Log-depth of a moving region that stands on the ground at its lowest row.</summary>
    public double Stand(MovingRegion region)
    {
        var c = region.Component;
        var depth = Depth(Up(region.FrameIndex), c.X + (c.Width / 2), c.Y + c.Height - 1);
        return Math.Log(Math.Min(depth, BeforeWall * WallDistance));
    }

    private Vec3 Up(int frame) => _cameras.Frames[frame].CamFromWorld.Rotation * _up;

    private double Depth(Vec3 up, double x, double y)
    {
        var ray = _cameras.Intrinsics.Unproject(x, y, 1);
        var rise = up.Dot(ray);
        var level = (ray - (up * rise)).Length;
        var wall = WallDistance / Math.Max(level, 1e-3);
        var ground = rise < 0 ? _height / -rise : double.PositiveInfinity;
        return Math.Clamp(Math.Min(ground, wall), 1, 20);
    }
}
