namespace Depth3D.Rendering.Views;

/// <summary>
/// Paints what nobody saw: each open pixel from the nearest covered ones in eight directions, of which only those count that lie on the farther
/// side, because what a nearer object hid belongs to what is behind it. Every pixel for itself, so it is the same in any order.
/// </summary>
internal static class HoleFill
{
    /// <summary>A neighbour this share nearer than the farthest one is taken for the object that hides the hole.</summary>
    private const float FarShare = 0.85f;

    private static readonly (int X, int Y)[] Directions = [(-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (1, 1), (1, -1), (-1, 1)];

    /// <summary>Fills everything that is not fully covered; where nothing at all is covered, nothing changes.</summary>
    public static void Fill(ViewLayer layer)
    {
        int width = layer.Width, height = layer.Height;
        var open = new bool[width * height];
        for (var i = 0; i < open.Length; i++) open[i] = layer.Rgba[(4 * i) + 3] < 255;
        var reach = Array.ConvertAll(Directions, d => Nearest(open, width, height, d.X, d.Y));
        var painted = new byte[3 * open.Length];
        Parallel.For(0, height, y =>
        {
            for (var x = 0; x < width; x++)
                if (open[(y * width) + x]) Paint(layer, reach, painted, x, y);
        });
        Smooth(layer, open, painted);
    }

    /// <summary>For every pixel the steps to the nearest covered one in a direction; 0 for none.</summary>
    private static ushort[] Nearest(bool[] open, int width, int height, int dx, int dy)
    {
        var steps = new ushort[open.Length];
        for (var row = 0; row < height; row++)
        {
            var y = dy > 0 ? height - 1 - row : row;
            for (var column = 0; column < width; column++)
            {
                int x = dx > 0 ? width - 1 - column : column, nx = x + dx, ny = y + dy;
                if ((uint)nx >= (uint)width || (uint)ny >= (uint)height) continue;
                int next = (ny * width) + nx, i = (y * width) + x;
                steps[i] = !open[next] ? (ushort)1 : steps[next] == 0 ? (ushort)0 : (ushort)(steps[next] + 1);
            }
        }

        return steps;
    }

    private static void Paint(ViewLayer layer, ushort[][] reach, byte[] painted, int x, int y)
    {
        var i = (y * layer.Width) + x;
        float farthest = 0;
        for (var k = 0; k < Directions.Length; k++)
            if (reach[k][i] > 0) farthest = Math.Max(farthest, layer.Depth[At(k)]);
        float r = 0, g = 0, b = 0, weights = 0;
        for (var k = 0; k < Directions.Length; k++)
        {
            if (reach[k][i] == 0 || layer.Depth[At(k)] < FarShare * farthest) continue;
            var distance = reach[k][i] * (k < 4 ? 1 : 1.41421356f);
            var weight = 1 / (distance * distance);
            var from = 4 * At(k);
            r += weight * layer.Rgba[from];
            g += weight * layer.Rgba[from + 1];
            b += weight * layer.Rgba[from + 2];
            weights += weight;
        }

        if (weights == 0) return;
        (painted[3 * i], painted[(3 * i) + 1], painted[(3 * i) + 2]) = ((byte)(r / weights), (byte)(g / weights), (byte)(b / weights));
        int At(int k) => ((y + (reach[k][i] * Directions[k].Y)) * layer.Width) + x + (reach[k][i] * Directions[k].X);
    }

    /// <summary>Evens out the rays of the eight directions, among painted pixels only, and puts them behind what is there.</summary>
    private static void Smooth(ViewLayer layer, bool[] open, byte[] painted)
    {
        int width = layer.Width, height = layer.Height;
        Parallel.For(0, height, y =>
        {
            for (var x = 0; x < width; x++)
            {
                var i = (y * width) + x;
                if (!open[i]) continue;
                int r = 0, g = 0, b = 0, n = 0;
                for (var v = Math.Max(y - 1, 0); v <= Math.Min(y + 1, height - 1); v++)
                    for (var u = Math.Max(x - 1, 0); u <= Math.Min(x + 1, width - 1); u++)
                    {
                        var j = (v * width) + u;
                        if (!open[j]) continue;
                        r += painted[3 * j];
                        g += painted[(3 * j) + 1];
                        b += painted[(3 * j) + 2];
                        n++;
                    }

                Behind(layer.Rgba.AsSpan(4 * i, 4), r / n, g / n, b / n);
            }
        });
    }

    private static void Behind(Span<byte> rgba, int r, int g, int b)
    {
        int own = rgba[3], rest = 255 - own;
        rgba[0] = (byte)(((rgba[0] * own) + (r * rest)) / 255);
        rgba[1] = (byte)(((rgba[1] * own) + (g * rest)) / 255);
        rgba[2] = (byte)(((rgba[2] * own) + (b * rest)) / 255);
        rgba[3] = 255;
    }
}
