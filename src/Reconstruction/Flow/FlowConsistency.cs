using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Flow;

/// <summary>Forward-backward validity of flow (spec 1.5).</summary>
internal static class FlowConsistency
{
    /// <summary>
    /// 1 where following <paramref name="forward"/> and then <paramref name="backward"/> returns within <paramref name="pixels"/> and the
    /// target lies in [0, W-1] x [0, H-1]; on forward's grid. Lookup is bilinear with zeros outside, as in the spec.
    /// </summary>
    /// <param name="relative">Optional factor of the squared flow lengths added to the squared threshold (spec 9.16); 0 keeps the absolute rule.</param>
    public static Raster<byte> Valid(Raster<float> forward, Raster<float> backward, double pixels, double relative = 0)
    {
        int w = forward.Width, h = forward.Height;
        if (backward.Width != w || backward.Height != h)
            throw new ArgumentException($"flows of {w}x{h} and {backward.Width}x{backward.Height}", nameof(backward));
        var valid = new Raster<byte>(w, h);
        var limit = (float)(pixels * pixels);
        Parallel.For(0, h, y =>
        {
            var from = forward.Row(y);
            var to = valid.Row(y);
            for (var x = 0; x < w; x++)
            {
                float u = from[2 * x], v = from[(2 * x) + 1], x2 = x + u, y2 = y + v;
                if (!(x2 >= 0 && y2 >= 0 && x2 <= w - 1 && y2 <= h - 1)) continue;
                var (bu, bv) = FlowSampling.At(backward, x2, y2);
                var error = ((u + bu) * (u + bu)) + ((v + bv) * (v + bv));
                var lengths = (u * u) + (v * v) + (bu * bu) + (bv * bv);
                if (error <= limit + ((float)relative * lengths)) to[x] = 1;
            }
        });
        return valid;
    }
}
