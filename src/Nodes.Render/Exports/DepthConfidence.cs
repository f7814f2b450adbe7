using Depth3D.Imaging;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Nodes.Render.Exports;

/// <summary>
/// How far other frames confirm the depth of a frame: 1 where they agree, a half where ln z differs by <see cref="HalfResidual"/>, 0 where no other
/// frame sees the point. A pixel is carried to up to four other frames by its depth and the cameras; the two that agree best count, because
/// the point may be hidden in the others. What moves is carried as if it stood still, so motion lowers the number.
/// </summary>
internal sealed class DepthConfidence(ExportScene scene)
{
    private const double HalfResidual = 0.05;

    private static readonly int[] Offsets = [-4, -1, 1, 4];

    private readonly Dictionary<int, Raster<float>> _depth = [];

    /// <returns>0 to 1, working size.</returns>
    public Raster<float> Of(int frameIndex)
    {
        var others = Offsets.Select(o => frameIndex + o).Where(i => i >= 0 && i < scene.FrameCount).ToArray();
        foreach (var old in _depth.Keys.Where(i => i != frameIndex && !others.Contains(i) && i < frameIndex).ToArray()) _depth.Remove(old);
        var depth = Depth(frameIndex);
        var views = others.Select(i => (Depth: Depth(i), Other: scene.CamFromWorld(i) * scene.WorldFromCam(frameIndex))).ToArray();
        var result = new Raster<float>(depth.Width, depth.Height);
        Parallel.For(0, depth.Height, y =>
        {
            for (var x = 0; x < depth.Width; x++) result[x, y] = Of(x, y, depth[x, y], views);
        });
        return result;
    }

    private float Of(int x, int y, float z, (Raster<float> Depth, RigidTransform Other)[] views)
    {
        var point = scene.Intrinsics.Unproject(x, y, z);
        double best = double.MaxValue, second = double.MaxValue;
        foreach (var (depth, other) in views)
        {
            if (!TryResidual(depth, other.Apply(point), out var residual)) continue;
            if (residual < best) (best, second) = (residual, best);
            else second = Math.Min(second, residual);
        }

        if (best == double.MaxValue) return 0;
        var mean = (second == double.MaxValue ? best : (best + second) / 2) / HalfResidual;
        return (float)(1 / (1 + (mean * mean)));
    }

    private bool TryResidual(Raster<float> depth, Vec3 point, out double residual)
    {
        residual = 0;
        if (!(point.Z > 0)) return false;
        var (u, v) = scene.Intrinsics.Project(point);
        if (!(u >= 0 && v >= 0 && u <= depth.Width - 1 && v <= depth.Height - 1)) return false;
        int x = Math.Min((int)u, depth.Width - 2), y = Math.Min((int)v, depth.Height - 2);
        if (x < 0 || y < 0) return false;
        double a = u - x, b = v - y;
        // Inverse depth of a plane is linear in the picture.
        var inverse = ((1 - b) * (((1 - a) / depth[x, y]) + (a / depth[x + 1, y]))) + (b * (((1 - a) / depth[x, y + 1]) + (a / depth[x + 1, y + 1])));
        residual = Math.Abs(Math.Log(point.Z * inverse));
        return true;
    }

    private Raster<float> Depth(int frameIndex)
    {
        if (!_depth.TryGetValue(frameIndex, out var depth)) _depth[frameIndex] = depth = scene.Depth(frameIndex);
        return depth;
    }
}
