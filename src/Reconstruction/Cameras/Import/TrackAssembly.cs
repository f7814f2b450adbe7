using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Cameras.Import;

/// <summary>Makes the <see cref="CameraTrack"/> of a clip from cameras matched to its frames.</summary>
internal static class TrackAssembly
{
    /// <summary>Focal lengths of one clip may differ by this share (a solver's jitter) and are then averaged; a zoom is refused.</summary>
    private const double MaxFocalSpread = 0.02;

    /// <summary>Image shapes of cameras and frames may differ by this share (sides rounded to even numbers).</summary>
    private const double MaxAspectDifference = 0.02;

    /// <exception cref="Messages.Depth3DException">The lens changes over the clip, or the images have another shape.</exception>
    public static Intrinsics Shared(IReadOnlyList<NamedCamera> cameras, int width, int height, string where)
    {
        var first = cameras[0].Intrinsics;
        double fx = 0, fy = 0, cx = 0, cy = 0;
        foreach (var camera in cameras)
        {
            var k = camera.Intrinsics.ScaledTo(first.Width, first.Height);
            if (Math.Abs((k.Fx / first.Fx) - 1) > MaxFocalSpread || Math.Abs((k.Fy / first.Fy) - 1) > MaxFocalSpread)
                throw CameraFault.Of(where, $"the focal length changes from {first.Fx:f1} to {k.Fx:f1} px ('{camera.Name}'): one lens per clip is supported");
            fx += k.Fx;
            fy += k.Fy;
            cx += k.Cx;
            cy += k.Cy;
        }

        double n = cameras.Count, aspect = (double)first.Width / first.Height / ((double)width / height);
        if (Math.Abs(aspect - 1) > MaxAspectDifference)
            throw CameraFault.Of(where, $"cameras of {first.Width} x {first.Height} images do not fit frames of {width} x {height}: another shape");
        return new Intrinsics(fx / n, fy / n, cx / n, cy / n, first.Width, first.Height).ScaledTo(width, height);
    }

    /// <summary>What kind of motion the registered poses make, as far as poses alone can tell.</summary>
    public static CameraMotion MotionOf(IReadOnlyList<FrameCamera> frames)
    {
        const double negligible = 1e-9, stillRadians = 1e-4;
        var first = frames[0].CamFromWorld;
        var path = frames.Max(f => (f.CamFromWorld.Center - first.Center).Length);
        if (path > negligible * (1 + first.Center.Length)) return CameraMotion.Parallax;
        return frames.All(f => Rotations.AngleBetween(first.Rotation, f.CamFromWorld.Rotation) < stillRadians)
            ? CameraMotion.Static : CameraMotion.RotationOnly;
    }
}
