using System.Numerics;
using Depth3D.Imaging;
using Depth3D.Rendering.Effects.Surfaces;

namespace Depth3D.Rendering.Effects.Focus;

/// <summary>
/// A frame as the lens sees it: what the picture shows, and behind the edges of nearer things what the picture does not show, continued from the
/// farther side.
/// </summary>
internal sealed class BlurScene
{
    /// <summary>A jump of so many pixels of blur radius lets the nearer side hide the farther one.</summary>
    private const float HidingJump = 1;

    /// <summary>Of pixels beside no jump: they continue a surface only where no pixel at an edge does, however many they are.</summary>
    private const float AsideWeight = 1e-9f;

    /// <summary>Light times coverage, with coverage in W; 0 where a pixel mixes two surfaces and would carry the nearer one's colour into the blur.</summary>
    public required Vector4[] Shown { get; init; }

    /// <summary>Signed blur radius of what is shown, pixels; positive is farther than the focus.</summary>
    public required float[] ShownRadius { get; init; }

    public required Vector4[] Hidden { get; init; }

    public required float[] HiddenRadius { get; init; }

    public static BlurScene Make(Raster<byte> rgb, Raster<float> radius)
    {
        int width = rgb.Width, height = rgb.Height;
        var shown = new Vector4[rgb.PixelCount];
        for (var i = 0; i < shown.Length; i++) shown[i] = LinearLight.Pixel(rgb, i);
        var (hidden, hiddenRadius) = Continue(shown, radius);
        DropMixed(shown, radius);
        return new BlurScene { Shown = shown, ShownRadius = radius.Samples, Hidden = hidden, HiddenRadius = hiddenRadius };
    }

    /// <summary>The farther side of every jump, continued under the nearer one as far as blur reaches.</summary>
    private static (Vector4[] Colour, float[] Radius) Continue(Vector4[] shown, Raster<float> radius)
    {
        int width = radius.Width, height = radius.Height;
        var reach = Math.Clamp((int)Math.Ceiling(radius.Samples.Max(r => Math.Abs(r))) + 1, 2, width / 8);
        var farthest = BoxExtremes.Max(radius, reach);
        var nearest = BoxExtremes.Min(radius, reach);
        var hides = new bool[shown.Length];
        var colour = new Vector4[shown.Length];
        var depth = new Vector4[shown.Length];
        for (var i = 0; i < shown.Length; i++)
        {
            var own = radius.Samples[i];
            hides[i] = own < farthest.Samples[i] - HidingJump && 2 * own < farthest.Samples[i] + nearest.Samples[i];
            if (hides[i]) continue;
            var weight = farthest.Samples[i] - nearest.Samples[i] > HidingJump && 2 * own >= farthest.Samples[i] + nearest.Samples[i] ? 1 : AsideWeight;
            colour[i] = shown[i] * weight;
            depth[i] = new Vector4(own, 0, 0, 1) * weight;
        }

        PushPull.Fill(colour, width, height);
        PushPull.Fill(depth, width, height);
        var radii = new float[shown.Length];
        for (var i = 0; i < shown.Length; i++)
        {
            if (!hides[i] || depth[i].X < radius.Samples[i] + (HidingJump / 2)) colour[i] = Vector4.Zero;
            radii[i] = depth[i].X;
        }

        return (colour, radii);
    }

    /// <summary>Pixels on the farther side of an edge hold some of the nearer side's colour; blurred they would glow around it.</summary>
    private static void DropMixed(Vector4[] shown, Raster<float> radius)
    {
        const float jump = 1.5f;
        for (var y = 0; y < radius.Height; y++)
        {
            for (var x = 0; x < radius.Width; x++)
            {
                var own = radius[x, y];
                if (own < jump) continue;
                var nearest = own;
                for (var v = Math.Max(0, y - 1); v <= Math.Min(radius.Height - 1, y + 1); v++)
                    for (var u = Math.Max(0, x - 1); u <= Math.Min(radius.Width - 1, x + 1); u++) nearest = Math.Min(nearest, radius[u, v]);
                if (own - nearest > jump) shown[(y * radius.Width) + x] = Vector4.Zero;
            }
        }
    }
}
