using System.Runtime.Intrinsics;

namespace Depth3D.Rendering.Views;

/// <summary>A z-buffer of some rows of a view's sample grid: what is nearest, and where in the frame it comes from.</summary>
/// <param name="width">Of the grid.</param>
internal sealed class SurfaceSamples(int width, int firstRow, int endRow)
{
    public int Width { get; } = width;

    public int FirstRow { get; } = firstRow;

    public int EndRow { get; } = endRow;

    /// <summary>1/z; 0 where nothing is. Longer than the rows need, so that eight columns can be read anywhere.</summary>
    public float[] Inverse { get; } = new float[(width * (endRow - firstRow)) + Vector256<float>.Count];

    /// <summary>Column in the frame; as long.</summary>
    public float[] X { get; } = new float[(width * (endRow - firstRow)) + Vector256<float>.Count];

    public float[] Y { get; } = new float[(width * (endRow - firstRow)) + Vector256<float>.Count];

    public int Index(int column, int row) => ((row - FirstRow) * Width) + column;

    /// <summary>Draws a triangle, whichever way round it is; the nearest wins, of equals the first.</summary>
    public void Triangle(in SurfaceCorner a, in SurfaceCorner b, in SurfaceCorner c)
    {
        var top = MathF.Max(MathF.Ceiling(MathF.Min(a.V, MathF.Min(b.V, c.V))), FirstRow);
        var bottom = MathF.Min(MathF.Floor(MathF.Max(a.V, MathF.Max(b.V, c.V))), EndRow - 1);
        if (!(top <= bottom)) return;
        var left = MathF.Max(MathF.Ceiling(MathF.Min(a.U, MathF.Min(b.U, c.U))), 0);
        var right = MathF.Min(MathF.Floor(MathF.Max(a.U, MathF.Max(b.U, c.U))), Width - 1);
        if (!(left <= right)) return;
        var area = Cross(a, b, c.U, c.V);
        if (area == 0 || !float.IsFinite(area)) return;
        var inside = new Interior(a, b, c, 1 / area);
        for (var row = (int)top; row <= (int)bottom; row++)
            for (var column = (int)left; column <= (int)right; column += Vector256<float>.Count) Eight(inside, column, row, right);
    }

    /// <summary>Draws eight columns of a triangle, as far as they are not beyond the last one.</summary>
    private void Eight(in Interior inside, int column, int row, float right)
    {
        var columns = Vector256.Create((float)column) + Vector256.Create(0f, 1, 2, 3, 4, 5, 6, 7);
        var (wa, wb, wc) = inside.Weights(columns, row);
        var zero = Vector256<float>.Zero;
        var open = Vector256.LessThan(wa, zero) | Vector256.LessThan(wb, zero) | Vector256.LessThan(wc, zero) | Vector256.GreaterThan(columns, Vector256.Create(right));
        if (open.ExtractMostSignificantBits() == 255) return;
        var index = (nuint)Index(column, row);
        var old = Vector256.LoadUnsafe(ref Inverse[0], index);
        var inverse = (wa * inside.A.Inverse) + (wb * inside.B.Inverse) + (wc * inside.C.Inverse);
        var kept = open | Vector256.LessThanOrEqual(inverse, old);
        if (kept.ExtractMostSignificantBits() == 255) return;
        Vector256.ConditionalSelect(kept, old, inverse).StoreUnsafe(ref Inverse[0], index);
        Vector256.ConditionalSelect(kept, Vector256.LoadUnsafe(ref X[0], index), (wa * inside.A.X) + (wb * inside.B.X) + (wc * inside.C.X)).StoreUnsafe(ref X[0], index);
        Vector256.ConditionalSelect(kept, Vector256.LoadUnsafe(ref Y[0], index), (wa * inside.A.Y) + (wb * inside.B.Y) + (wc * inside.C.Y)).StoreUnsafe(ref Y[0], index);
    }

    private static float Cross(in SurfaceCorner a, in SurfaceCorner b, float u, float v) => ((b.U - a.U) * (v - a.V)) - ((b.V - a.V) * (u - a.U));

    /// <summary>Weights of a triangle's corners at points of a row.</summary>
    private readonly struct Interior(in SurfaceCorner a, in SurfaceCorner b, in SurfaceCorner c, float scale)
    {
        public readonly SurfaceCorner A = a, B = b, C = c;
        private readonly float _scale = scale;

        public (Vector256<float> A, Vector256<float> B, Vector256<float> C) Weights(Vector256<float> columns, int row) =>
            (Cross(B, C, columns, row) * _scale, Cross(C, A, columns, row) * _scale, Cross(A, B, columns, row) * _scale);

        private static Vector256<float> Cross(in SurfaceCorner a, in SurfaceCorner b, Vector256<float> u, float v) =>
            Vector256.Create((b.U - a.U) * (v - a.V)) - ((b.V - a.V) * (u - Vector256.Create(a.U)));
    }
}
