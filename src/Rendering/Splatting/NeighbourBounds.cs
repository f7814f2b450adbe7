using System.Runtime.Intrinsics;

namespace Depth3D.Rendering.Splatting;

/// <summary>
/// What the mean distance of points to their nearest ones does not exceed: the root mean square distance to as many pixels around, whether or not they
/// are the nearest points; of several shapes, for surfaces that face the camera and such that are seen at a slant, the one that comes closest.
/// </summary>
internal sealed class NeighbourBounds
{
    /// <summary>A point below this share of what is wanted is left as it is; above, shapes for slanted surfaces are tried.</summary>
    private const float Good = 0.75f;

    private readonly PixelCoordinates _pixels;
    private readonly int _count;
    private readonly int[][] _round, _slanted, _sides;

    /// <param name="count">Nearest points that count, the point itself among them.</param>
    public NeighbourBounds(PixelCoordinates pixels, int count)
    {
        (_pixels, _count) = (pixels, count);
        _round = [Shape(1, (_, _) => true)];
        _slanted = [Shape(0.2, (_, _) => true), Shape(5, (_, _) => true)];
        _sides = [Shape(1, (x, _) => x >= 0), Shape(1, (x, _) => x <= 0), Shape(1, (_, y) => y >= 0), Shape(1, (_, y) => y <= 0)];
    }

    /// <param name="wanted">In diameters of the point: where bounds stay above, shapes to one side are tried, too, for points beside edges.</param>
    /// <returns>Per point, in its diameters; infinite where every shape misses a point.</returns>
    public float[] Relative(float wanted)
    {
        var bounds = GC.AllocateUninitializedArray<float>(_pixels.Cloud.Count);
        var grid = _pixels.Grid;
        Parallel.For(0, _pixels.Height, y =>
        {
            Span<float> eight = stackalloc float[Vector256<float>.Count];
            int k = grid.Rows[y], end = grid.Rows[y + 1], row = y * _pixels.Width;
            while (k < end)
            {
                // Eight columns from the next point on; those without a point are passed over.
                var x = grid.Pixels[k] - row;
                Bound(_pixels.Place(x, y), wanted).CopyTo(eight);
                for (; k < end && grid.Pixels[k] - row < x + eight.Length; k++) bounds[k] = eight[grid.Pixels[k] - row - x];
            }
        });
        return bounds;
    }

    /// <summary>Steps from a place to the pixels around it, from the inside out.</summary>
    /// <param name="aspect">They lie as around a point where columns are farther apart than rows by its root.</param>
    private int[] Shape(double aspect, Func<int, int, bool> holds)
    {
        const int reach = PixelCoordinates.Margin;
        var around = from y in Enumerable.Range(-reach, (2 * reach) + 1)
                     from x in Enumerable.Range(-reach, (2 * reach) + 1)
                     where (x, y) != (0, 0) && holds(x, y)
                     orderby (x * x * aspect) + (y * y / aspect), y, x
                     select (y * _pixels.Stride) + x;
        return [.. around.Take(_count - 1)];
    }

    private Vector256<float> Bound(int place, float wanted)
    {
        var (x, y, z, diameter) = _pixels.Eight(place);
        var least = Least(_round, Vector256.Create(float.PositiveInfinity));
        if (Vector256.GreaterThanAny(least, Limit(Good * wanted))) least = Least(_slanted, least);
        if (Vector256.GreaterThanAny(least, Limit(wanted))) least = Least(_sides, least);
        return Vector256.Sqrt(least / Vector256.Create((float)_count)) / diameter;

        // Of the sum of squared distances; NaN, and exceeded by nothing, where there is no point.
        Vector256<float> Limit(float share) => diameter * diameter * (share * share * _count);

        Vector256<float> Least(int[][] shapes, Vector256<float> least)
        {
            foreach (var shape in shapes)
            {
                // A missing point makes the sum NaN, which is not less than anything.
                var sum = _pixels.SumOfSquares(place, shape, x, y, z);
                least = Vector256.ConditionalSelect(Vector256.LessThan(sum, least), sum, least);
            }

            return least;
        }
    }
}
