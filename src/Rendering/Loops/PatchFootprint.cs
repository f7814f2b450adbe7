using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Rendering.Loops;

/// <summary>Whether a patch of a picture sees kept tiles of a plane.</summary>
internal static class PatchFootprint
{
    public static bool TouchesKept(Mat3 texelFromPixel, int left, int top, int width, int height, TexelCells cells, LoopGeometry geometry, int plane)
    {
        double right = left + width - 1, bottom = top + height - 1;
        Span<(double U, double V)> corners = stackalloc (double, double)[4];
        ReadOnlySpan<(double X, double Y)> pixels = [(left, top), (right, top), (left, bottom), (right, bottom)];
        double u0 = double.MaxValue, v0 = double.MaxValue, u1 = double.MinValue, v1 = double.MinValue;
        for (var i = 0; i < 4; i++)
        {
            // Part of the patch looks away from the plane: its horizon may lie anywhere on it.
            if (PlaneHomography.Apply(texelFromPixel, pixels[i].X, pixels[i].Y) is not { } texel)
            {
                (u0, v0, u1, v1) = (-1, -1, geometry.Plane.Width, geometry.Plane.Height);
                break;
            }

            (u0, u1) = (Math.Min(u0, texel.U), Math.Max(u1, texel.U));
            (v0, v1) = (Math.Min(v0, texel.V), Math.Max(v1, texel.V));
        }

        return AnyCell(cells, plane, Cells(u0, u1, geometry.Plane.Width, geometry.TileSize), Cells(v0, v1, geometry.Plane.Height, geometry.TileSize));
    }

    /// <summary>Cells of lookups between two coordinates, a little more for rounding; empty where they lie outside.</summary>
    private static (int First, int Last) Cells(double low, double high, int texels, int tile)
    {
        const double Slack = 0.01;
        if (!(high + Slack >= -1) || !(low - Slack < texels)) return (0, -1);
        var first = (int)Math.Floor(Math.Max(-1, low - Slack));
        var last = (int)Math.Floor(Math.Min(texels - 1, high + Slack));
        return ((first + tile) / tile, (last + tile) / tile);
    }

    private static bool AnyCell(TexelCells cells, int plane, (int First, int Last) columns, (int First, int Last) rows)
    {
        for (var row = rows.First; row <= rows.Last; row++)
            for (var column = columns.First; column <= columns.Last; column++)
                if (cells.Table[(((plane * cells.Rows) + row) * cells.Columns) + column] >= 0) return true;
        return false;
    }
}
