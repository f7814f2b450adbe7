namespace Depth3D.Rendering.Views;

/// <summary>
/// Draws the cells between four neighbouring pixels: as a patch of surface where they belong together; otherwise each pixel gets its quarter of
/// the cell, so that objects end half a pixel beyond their last pixel centre as they do in the frame. Surfaces seen from behind are left out.
/// </summary>
internal sealed class SurfaceCells(DepthJumps jumps, bool[] keep, SurfaceVertices vertices, SurfaceSamples samples)
{
    /// <summary>A quarter must not reach the middle, where the neighbour's pixel begins.</summary>
    private const float Half = 0.499f;

    public void Draw()
    {
        int width = vertices.Width, height = vertices.Height;
        for (var y = -1; y < height; y++)
            for (var x = -1; x < width; x++)
            {
                int a = (y * width) + x, b = a + 1, c = a + width, d = c + 1;
                if (x >= 0 && y >= 0 && x < width - 1 && y < height - 1 && IsWhole(a, b, c, d)) Patch(a, b, c, d, x, y);
                else Quarters(x, y, a);
            }
    }

    private bool IsWhole(int a, int b, int c, int d) =>
        vertices.Inverse[a] > 0 && vertices.Inverse[b] > 0 && vertices.Inverse[c] > 0 && vertices.Inverse[d] > 0
        && !jumps.Right(a) && !jumps.Right(c) && !jumps.Down(a) && !jumps.Down(b);

    private void Patch(int a, int b, int c, int d, int x, int y)
    {
        if (IsAway(a, b, c, d)) return;
        SurfaceCorner ca = Corner(a, x, y), cb = Corner(b, x + 1, y), cc = Corner(c, x, y + 1), cd = Corner(d, x + 1, y + 1);
        var inverse = jumps.Inverse;
        if (Math.Abs(inverse[a] - inverse[d]) <= Math.Abs(inverse[b] - inverse[c]))
        {
            if (Faces(ca, cb, cd)) samples.Triangle(ca, cb, cd);
            if (Faces(ca, cd, cc)) samples.Triangle(ca, cd, cc);
        }
        else
        {
            if (Faces(ca, cb, cc)) samples.Triangle(ca, cb, cc);
            if (Faces(cb, cd, cc)) samples.Triangle(cb, cd, cc);
        }
    }

    /// <summary>Quickly drops what lies above or below the rows that are drawn.</summary>
    private bool IsAway(int a, int b, int c, int d)
    {
        float first = samples.FirstRow, end = samples.EndRow;
        var v = vertices.V;
        return (v[a] < first && v[b] < first && v[c] < first && v[d] < first) || (v[a] >= end && v[b] >= end && v[c] >= end && v[d] >= end);
    }

    private void Quarters(int x, int y, int a)
    {
        Quarter(x, y, a, 1, 1);
        Quarter(x + 1, y, a + 1, -1, 1);
        Quarter(x, y + 1, a + vertices.Width, 1, -1);
        Quarter(x + 1, y + 1, a + vertices.Width + 1, -1, -1);
    }

    /// <param name="right">1 or -1: where the cell's middle lies from the pixel.</param>
    private void Quarter(int x, int y, int i, int right, int down)
    {
        if ((uint)x >= (uint)vertices.Width || (uint)y >= (uint)vertices.Height || !keep[i] || vertices.Inverse[i] <= 0) return;
        var here = Corner(i, x, y);
        var half = vertices.HalfPixel[i];
        var side = HasNeighbour(x, right, vertices.Width) && !jumps.Right(right > 0 ? i : i - 1)
            ? Middle(here, i + right) : new SurfaceCorner(here.U + (right * half.Ru), here.V + (right * half.Rv), here.Inverse, x + (right * Half), y);
        var below = HasNeighbour(y, down, vertices.Height) && !jumps.Down(down > 0 ? i : i - vertices.Width)
            ? Middle(here, i + (down * vertices.Width)) : new SurfaceCorner(here.U + (down * half.Du), here.V + (down * half.Dv), here.Inverse, x, y + (down * Half));
        if (!Faces(here, right * down > 0 ? side : below, right * down > 0 ? below : side)) return;
        var far = new SurfaceCorner(side.U + below.U - here.U, side.V + below.V - here.V, side.Inverse + below.Inverse - here.Inverse, side.X, below.Y);
        samples.Triangle(here, side, below);
        if (far.Inverse > 0) samples.Triangle(side, far, below);
    }

    private static bool HasNeighbour(int at, int step, int size) => at + step >= 0 && at + step < size;

    /// <summary>Half the way to a neighbour on the same surface; the pixel's own depth where that is not drawn.</summary>
    private SurfaceCorner Middle(in SurfaceCorner here, int neighbour)
    {
        int x = neighbour % vertices.Width, y = neighbour / vertices.Width;
        var middleX = here.X + (Half * (x - here.X));
        var middleY = here.Y + (Half * (y - here.Y));
        if (vertices.Inverse[neighbour] <= 0)
        {
            var half = vertices.HalfPixel[(int)((here.Y * vertices.Width) + here.X)];
            float dx = x - here.X, dy = y - here.Y;
            return new(here.U + (dx * half.Ru) + (dy * half.Du), here.V + (dx * half.Rv) + (dy * half.Dv), here.Inverse, middleX, middleY);
        }

        return new((here.U + vertices.U[neighbour]) / 2, (here.V + vertices.V[neighbour]) / 2,
            (here.Inverse + vertices.Inverse[neighbour]) / 2, middleX, middleY);
    }

    private SurfaceCorner Corner(int i, int x, int y) => new(vertices.U[i], vertices.V[i], vertices.Inverse[i], x, y);

    /// <summary>Whether the corners go round as they do in the frame.</summary>
    private static bool Faces(in SurfaceCorner a, in SurfaceCorner b, in SurfaceCorner c) =>
        ((b.U - a.U) * (c.V - a.V)) - ((b.V - a.V) * (c.U - a.U)) > 0;
}
