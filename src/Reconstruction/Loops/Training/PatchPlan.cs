using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Reconstruction.Loops.Training;

/// <summary>
/// Which texels the moving pixels of a rectangle are made of: per pixel its hits from near to far, per hit up to four texels with their bilinear
/// weights (spec 2.6). A pixel moves where any of its texels does; the others need no optimisation of a loop.
/// </summary>
public sealed class PatchPlan
{
    /// <summary>A neighbour without this plane: transparent.</summary>
    public const int Nothing = -1;

    /// <summary>A neighbour that does not take part.</summary>
    public const int Outside = -2;

    /// <summary>Texels of a hit.</summary>
    public const int Taps = 4;

    private PatchPlan(PixelRectangle rectangle, int[] pixels, int[] hits, int[] texels, float[] weights, int[] neighbours, int[] rows, int[] touched)
    {
        (Rectangle, Pixels, Hits, Texels, Weights, Neighbours, Rows, Touched) = (rectangle, pixels, hits, texels, weights, neighbours, rows, touched);
    }

    public PixelRectangle Rectangle { get; }

    /// <summary>Row-major numbers of the moving pixels in the picture, ascending.</summary>
    public IReadOnlyList<int> PixelNumbers => Pixels;

    internal int[] Pixels { get; }

    /// <summary>First hit of every moving pixel, and one past the last.</summary>
    internal int[] Hits { get; }

    /// <summary>[hit, tap]: a static texel's number, or the static count plus a dynamic texel's.</summary>
    internal int[] Texels { get; }

    /// <summary>[hit, tap].</summary>
    internal float[] Weights { get; }

    /// <summary>[hit, left right up down]: the hit of the same plane there, <see cref="Nothing"/> or <see cref="Outside"/>.</summary>
    internal int[] Neighbours { get; }

    /// <summary>First moving pixel of every row of the rectangle, and one past the last.</summary>
    internal int[] Rows { get; }

    /// <summary>Texels that any hit reads, ascending.</summary>
    internal int[] Touched { get; }

    public static PatchPlan Of(LoopTexels texels, LoopView view, PixelRectangle rectangle)
    {
        ArgumentNullException.ThrowIfNull(texels);
        ArgumentNullException.ThrowIfNull(view);
        var planes = PlaneHomography.All(texels.Geometry, view.Intrinsics, view.CamFromReference);
        var lookup = new TexelLookup(texels);
        List<int> pixels = [], hits = [0], taps = [], rows = [0], plane = [];
        List<float> weights = [];
        var found = new int[rectangle.Width * rectangle.Height];
        Array.Fill(found, -1);
        for (var y = 0; y < rectangle.Height; y++)
        {
            for (var x = 0; x < rectangle.Width; x++)
            {
                var (u, v) = (rectangle.Left + x, rectangle.Top + y);
                var (before, moves) = (plane.Count, false);
                for (var k = 0; k < planes.Length; k++)
                    if (planes[k] is { } g && lookup.Add(k, g, u, v, taps, weights, ref moves)) plane.Add(k);
                if (moves)
                {
                    found[(y * rectangle.Width) + x] = pixels.Count;
                    pixels.Add((v * view.Intrinsics.Width) + u);
                    hits.Add(plane.Count);
                }
                else
                {
                    plane.RemoveRange(before, plane.Count - before);
                    taps.RemoveRange(before * Taps, taps.Count - (before * Taps));
                    weights.RemoveRange(before * Taps, weights.Count - (before * Taps));
                }
            }

            rows.Add(pixels.Count);
        }

        int[] texelNumbers = [.. taps], firstHits = [.. hits];
        float[] shares = [.. weights];
        return new PatchPlan(rectangle, [.. pixels], firstHits, texelNumbers, shares, Links(rectangle, found, firstHits, plane), [.. rows], Distinct(texelNumbers, shares, texels));
    }

    private static int[] Links(PixelRectangle rectangle, int[] found, int[] hits, List<int> plane)
    {
        var links = new int[plane.Count * 4];
        for (var at = 0; at < found.Length; at++)
        {
            if (found[at] < 0) continue;
            var (x, y) = (at % rectangle.Width, at / rectangle.Width);
            Link(0, x > 0, at - 1);
            Link(1, x < rectangle.Width - 1, at + 1);
            Link(2, y > 0, at - rectangle.Width);
            Link(3, y < rectangle.Height - 1, at + rectangle.Width);

            void Link(int side, bool inside, int neighbour)
            {
                var other = inside ? found[neighbour] : -1;
                for (var h = hits[found[at]]; h < hits[found[at] + 1]; h++)
                    links[(h * 4) + side] = other < 0 ? Outside : plane.FindIndex(hits[other], hits[other + 1] - hits[other], k => k == plane[h]);
            }
        }

        return links;
    }

    private static int[] Distinct(int[] taps, float[] weights, LoopTexels texels)
    {
        var seen = new bool[texels.StaticCount + texels.DynamicCount];
        for (var n = 0; n < taps.Length; n++)
            if (weights[n] != 0) seen[taps[n]] = true;
        return [.. Enumerable.Range(0, seen.Length).Where(n => seen[n])];
    }

    /// <summary>Texels round the place where a pixel's ray meets a plane.</summary>
    private sealed class TexelLookup(LoopTexels texels)
    {
        /// <summary>Offsets this near a texel's centre are on it.</summary>
        private const double OnCentre = 1e-6;

        private readonly int _side = texels.Geometry.TileSize;

        public bool Add(int plane, Mat3 texelFromPixel, double u, double v, List<int> taps, List<float> weights, ref bool moves)
        {
            if (PlaneHomography.Apply(texelFromPixel, u, v) is not { } at) return false;
            if (!(at.U > -1) || !(at.V > -1) || at.U >= texels.Geometry.Plane.Width || at.V >= texels.Geometry.Plane.Height) return false;
            var (left, across) = Split(at.U);
            var (top, down) = Split(at.V);
            Span<int> numbers = stackalloc int[Taps];
            Span<float> shares = stackalloc float[Taps];
            var any = false;
            for (var tap = 0; tap < Taps; tap++)
            {
                var share = (tap % 2 == 0 ? 1 - across : across) * (tap / 2 == 0 ? 1 - down : down);
                if (share == 0 || Number(plane, left + (tap % 2), top + (tap / 2)) is not { } number) continue;
                (numbers[tap], shares[tap], any) = (number, (float)share, true);
                moves |= number >= texels.StaticCount;
            }

            if (!any) return false;
            taps.AddRange(numbers);
            weights.AddRange(shares);
            return true;
        }

        private static (int Floor, double Share) Split(double at)
        {
            var nearest = Math.Round(at);
            if (Math.Abs(at - nearest) < OnCentre) return ((int)nearest, 0);
            var floor = Math.Floor(at);
            return ((int)floor, at - floor);
        }

        private int? Number(int plane, int column, int row)
        {
            if (column < 0 || row < 0 || column >= texels.Geometry.Plane.Width || row >= texels.Geometry.Plane.Height) return null;
            var entry = texels.Tiles[plane, row / _side, column / _side];
            return entry == TileTable.Empty ? null : (((entry * _side) + (row % _side)) * _side) + (column % _side);
        }
    }
}
