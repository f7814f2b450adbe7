using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Reconstruction.Loops.Single;

/// <summary>
/// Which texels of the planes are surface, voted on by all frames of a camera that moves a little (spec 9.4). A frame sees a texel's place as surface, sees
/// through it, or has it hidden and does not vote; so what one frame hides, another shows.
/// </summary>
public sealed class PlaneVotes
{
    private const int Fields = 6, Hit = 0, Pass = 1, Red = 2, Disparity = 5;

    /// <summary>Hits below this say nothing.</summary>
    private const float LeastHits = 0.5f;

    /// <summary>Neighbouring depths farther apart, far over near, belong to two surfaces.</summary>
    private const float EdgeRatio = 1.05f;

    private readonly LoopGeometry _geometry;
    private readonly PlaneWeights _weights;
    private readonly float[][] _sums;

    public PlaneVotes(LoopGeometry geometry)
    {
        ArgumentNullException.ThrowIfNull(geometry);
        (_geometry, _weights) = (geometry, new PlaneWeights(geometry.PlaneDepths));
        _sums = [.. geometry.PlaneDepths.Select(_ => new float[geometry.Plane.Width * geometry.Plane.Height * Fields])];
    }

    /// <param name="depth">z of the frame; not above 0 for holes.</param>
    /// <param name="moving">Non-zero where something moves, which does not vote; null for nowhere.</param>
    public void Add(Raster<byte> rgb, Raster<float> depth, Intrinsics camera, RigidTransform camFromReference, Raster<byte>? moving = null)
    {
        ArgumentNullException.ThrowIfNull(rgb);
        ArgumentNullException.ThrowIfNull(depth);
        var seen = Seen(depth, camera, camFromReference.Inverse(), moving);
        Parallel.For(0, _geometry.Planes * _geometry.Plane.Height, row =>
        {
            int plane = row / _geometry.Plane.Height, b = row % _geometry.Plane.Height;
            for (var a = 0; a < _geometry.Plane.Width; a++)
            {
                var there = camFromReference.Apply(_geometry.Plane.Unproject(a, b, _geometry.PlaneDepths[plane]));
                if (there.Z <= 0) continue;
                var (u, v) = camera.Project(there);
                int x = (int)Math.Round(u), y = (int)Math.Round(v);
                if ((uint)x >= (uint)depth.Width || (uint)y >= (uint)depth.Height || !(seen[x, y] > 0)) continue;
                Vote(_sums[plane].AsSpan(((b * _geometry.Plane.Width) + a) * Fields, Fields), plane, seen[x, y], rgb, depth, (u, v));
            }
        });
    }

    /// <summary>Disparity in the reference camera of what each pixel sees; 0 where it does not vote.</summary>
    private static Raster<double> Seen(Raster<float> depth, Intrinsics camera, RigidTransform referenceFromCam, Raster<byte>? moving)
    {
        var seen = new Raster<double>(depth.Width, depth.Height);
        Parallel.For(0, depth.Height, y =>
        {
            for (var x = 0; x < depth.Width; x++)
                if (depth[x, y] > 0 && (moving is null || moving[x, y] == 0)) seen[x, y] = 1 / referenceFromCam.Apply(camera.Unproject(x, y, depth[x, y])).Z;
        });
        return seen;
    }

    /// <summary>Share of the frames that see the texel as surface among those that see its place; 0 where it is never seen.</summary>
    public double Occupancy(int plane, int texel)
    {
        var sums = Of(plane, texel);
        return sums[Hit] > LeastHits ? sums[Hit] / (sums[Hit] + sums[Pass]) : 0;
    }

    /// <summary>The nearest surface at or behind a plane: its disparity (0 for none), colour, and the last plane that has part in it.</summary>
    public (float Disparity, byte R, byte G, byte B, int LastPlane) SurfaceFrom(int plane, int texel)
    {
        for (var k = plane; k < _geometry.Planes; k++)
        {
            if (Occupancy(k, texel) <= 0.5) continue;
            var last = k + 1 < _geometry.Planes && Occupancy(k + 1, texel) > 0.5 ? k + 1 : k;
            Span<double> sums = stackalloc double[Fields];
            for (var j = k; j <= last; j++)
                for (var f = 0; f < Fields; f++) sums[f] += Of(j, texel)[f];
            return ((float)(sums[Disparity] / sums[Hit]), Colour(sums, 0), Colour(sums, 1), Colour(sums, 2), last);
        }

        return (0, 0, 0, 0, _geometry.Planes);
    }

    private static byte Colour(ReadOnlySpan<double> sums, int channel) => (byte)Math.Clamp(Math.Round(sums[Red + channel] / sums[Hit]), 0, 255);

    private ReadOnlySpan<float> Of(int plane, int texel) => _sums[plane].AsSpan(texel * Fields, Fields);

    private void Vote(Span<float> sums, int plane, double seen, Raster<byte> rgb, Raster<float> depth, (double U, double V) place)
    {
        var (first, weight) = _weights.At(seen);
        var hit = plane == first ? weight : plane == first + 1 ? 1 - weight : 0;
        if (hit > 0)
        {
            int x = (int)Math.Round(place.U), y = (int)Math.Round(place.V);
            if (IsEdge(depth, x, y)) place = (x, y);
            sums[Hit] += (float)hit;
            for (var c = 0; c < 3; c++) sums[Red + c] += (float)(hit * Bilinear(rgb, place.U, place.V, c));
            sums[Disparity] += (float)(hit * seen);
        }
        else if (plane < first)
        {
            sums[Pass]++;
        }
    }

    /// <summary>Whether colours beside the pixel may be another surface's.</summary>
    private static bool IsEdge(Raster<float> depth, int x, int y)
    {
        float here = depth[x, y], least = here, most = here;
        for (var v = Math.Max(0, y - 1); v <= Math.Min(depth.Height - 1, y + 1); v++)
            for (var u = Math.Max(0, x - 1); u <= Math.Min(depth.Width - 1, x + 1); u++)
                (least, most) = (Math.Min(least, depth[u, v]), Math.Max(most, depth[u, v]));
        return most > EdgeRatio * least;
    }

    private static double Bilinear(Raster<byte> rgb, double u, double v, int c)
    {
        u = Math.Clamp(u, 0, rgb.Width - 1);
        v = Math.Clamp(v, 0, rgb.Height - 1);
        int x = Math.Min((int)u, Math.Max(0, rgb.Width - 2)), y = Math.Min((int)v, Math.Max(0, rgb.Height - 2));
        int x1 = Math.Min(x + 1, rgb.Width - 1), y1 = Math.Min(y + 1, rgb.Height - 1);
        double fx = u - x, fy = v - y;
        return ((1 - fy) * (((1 - fx) * rgb[x, y, c]) + (fx * rgb[x1, y, c]))) + (fy * (((1 - fx) * rgb[x, y1, c]) + (fx * rgb[x1, y1, c])));
    }
}
