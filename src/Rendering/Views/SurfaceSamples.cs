namespace Depth3D.Rendering.Views;

/// <summary>A z-buffer of some rows of a view's sample grid: what is nearest, and where in the frame it comes from.</summary>
/// <param name="width">Of the grid.</param>
internal sealed class SurfaceSamples(int width, int firstRow, int endRow)
{
    public int Width { get; } = width;

    public int FirstRow { get; } = firstRow;

    public int EndRow { get; } = endRow;

    /// <summary>1/z; 0 where nothing is.</summary>
    public float[] Inverse { get; } = new float[width * (endRow - firstRow)];

    /// <summary>Column in the frame.</summary>
    public float[] X { get; } = new float[width * (endRow - firstRow)];

    public float[] Y { get; } = new float[width * (endRow - firstRow)];

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
        var scale = 1 / area;
        for (var row = (int)top; row <= (int)bottom; row++)
            for (var column = (int)left; column <= (int)right; column++)
            {
                float wa = Cross(b, c, column, row) * scale, wb = Cross(c, a, column, row) * scale, wc = Cross(a, b, column, row) * scale;
                if (wa < 0 || wb < 0 || wc < 0) continue;
                var inverse = (wa * a.Inverse) + (wb * b.Inverse) + (wc * c.Inverse);
                var index = Index(column, row);
                if (inverse <= Inverse[index]) continue;
                Inverse[index] = inverse;
                X[index] = (wa * a.X) + (wb * b.X) + (wc * c.X);
                Y[index] = (wa * a.Y) + (wb * b.Y) + (wc * c.Y);
            }
    }

    private static float Cross(in SurfaceCorner a, in SurfaceCorner b, float u, float v) => ((b.U - a.U) * (v - a.V)) - ((b.V - a.V) * (u - a.U));
}
