using Depth3D.Reconstruction.Geometry;
using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Loops.Still;

/// <summary>Homographies as places to look tensors up at, in the coordinates of grid sampling with aligned corners.</summary>
internal static class PlaneLookup
{
    /// <summary>A place outside every picture.</summary>
    private const float Outside = -4;

    /// <summary>[planes, height, width, 2]: where the pixels of a patch see each plane.</summary>
    /// <param name="maps">From pixels to texels; null for a plane that is not seen.</param>
    /// <param name="patch">Left, top, width, height in pixels.</param>
    /// <param name="box">Left, top, width, height of the part of the plane that is looked up.</param>
    public static Tensor Grid(IReadOnlyList<Mat3?> maps, (int X, int Y, int Width, int Height) patch, (int X, int Y, int Width, int Height) box, Device device)
    {
        var matrices = maps.SelectMany(m => m is { } h ? Row(h) : [0f, 0, 0, 0, 0, 0, 0, 0, -1]).ToArray();
        var h = tensor(matrices, [maps.Count, 3, 3], device: device);
        var x = arange(patch.Width, ScalarType.Float32, device).add(patch.X).reshape(1, patch.Width).expand(patch.Height, patch.Width);
        var y = arange(patch.Height, ScalarType.Float32, device).add(patch.Y).reshape(patch.Height, 1).expand(patch.Height, patch.Width);
        var points = stack([x, y, ones_like(x)]).reshape(1, 3, patch.Width * patch.Height);
        var mapped = matmul(h, points.expand(maps.Count, 3, patch.Width * patch.Height));
        var z = mapped.narrow(1, 2, 1);
        var places = mapped.narrow(1, 0, 2).div(z.clamp_min(1e-6));
        var scale = tensor(new[] { 2f / (box.Width - 1), 2f / (box.Height - 1) }, [1, 2, 1], device: device);
        var offset = tensor(new float[] { box.X, box.Y }, [1, 2, 1], device: device);
        var normalised = places.sub(offset).mul(scale).sub(1).clamp(Outside, -Outside);
        return where(z.gt(0), normalised, full_like(normalised, Outside)).permute(0, 2, 1).reshape(maps.Count, patch.Height, patch.Width, 2);
    }

    /// <summary>The part of the planes that a patch can see, one texel more on every side.</summary>
    public static (int X, int Y, int Width, int Height) Footprint(IEnumerable<Mat3?> maps, (int X, int Y, int Width, int Height) patch, int width, int height)
    {
        double left = width, top = height, right = 0, bottom = 0;
        foreach (var map in maps.OfType<Mat3>())
            foreach (var (x, y) in (ReadOnlySpan<(int, int)>)[(patch.X, patch.Y), (patch.X + patch.Width - 1, patch.Y), (patch.X, patch.Y + patch.Height - 1), (patch.X + patch.Width - 1, patch.Y + patch.Height - 1)])
            {
                var p = map * new Vec3(x, y, 1);
                if (p.Z <= 0) return (0, 0, width, height);
                (left, right) = (Math.Min(left, p.X / p.Z), Math.Max(right, p.X / p.Z));
                (top, bottom) = (Math.Min(top, p.Y / p.Z), Math.Max(bottom, p.Y / p.Z));
            }

        int x0 = Math.Clamp((int)Math.Floor(left) - 1, 0, width - 2), y0 = Math.Clamp((int)Math.Floor(top) - 1, 0, height - 2);
        int x1 = Math.Clamp((int)Math.Ceiling(right) + 1, x0 + 1, width - 1), y1 = Math.Clamp((int)Math.Ceiling(bottom) + 1, y0 + 1, height - 1);
        return (x0, y0, x1 - x0 + 1, y1 - y0 + 1);
    }

    private static float[] Row(Mat3 m) =>
        [(float)m.M00, (float)m.M01, (float)m.M02, (float)m.M10, (float)m.M11, (float)m.M12, (float)m.M20, (float)m.M21, (float)m.M22];
}
