using Depth3D.Imaging;

namespace Depth3D.Rendering.Views;

/// <summary>
/// What the background's colours, averaged over the clip, are multiplied by to look as they do in one frame: cameras change their exposure, and what
/// fills a hole must not show it.
/// </summary>
internal readonly record struct ColourGain(double R, double G, double B)
{
    public static readonly ColourGain None = new(1, 1, 1);

    /// <summary>Share of depth within which frame and background show the same surface.</summary>
    private const float Same = 0.05f;

    /// <summary>Values beyond are clipped by the camera and say nothing about its exposure.</summary>
    private const int Darkest = 8, Brightest = 247;

    private const double Least = 0.5, Most = 2;

    /// <param name="background">As the frame's camera sees it.</param>
    public static ColourGain Between(ViewLayer background, Raster<byte> rgb, Raster<float> depth, Raster<byte> moving)
    {
        Span<long> frame = [0, 0, 0], still = [0, 0, 0];
        for (var i = 0; i < depth.PixelCount; i++)
        {
            if (moving.Samples[i] != 0 || Math.Abs(background.Depth[i] - depth.Samples[i]) > Same * depth.Samples[i]) continue;
            for (var c = 0; c < 3; c++)
            {
                int a = rgb.Samples[(3 * i) + c], b = background.Rgba[(4 * i) + c];
                if (Math.Min(a, b) < Darkest || Math.Max(a, b) > Brightest) continue;
                frame[c] += a;
                still[c] += b;
            }
        }

        return new(Ratio(frame[0], still[0]), Ratio(frame[1], still[1]), Ratio(frame[2], still[2]));
    }

    public void Apply(ViewLayer layer)
    {
        byte[] r = Table(R), g = Table(G), b = Table(B);
        var rgba = layer.Rgba;
        for (var i = 0; i < rgba.Length; i += 4) (rgba[i], rgba[i + 1], rgba[i + 2]) = (r[rgba[i]], g[rgba[i + 1]], b[rgba[i + 2]]);
    }

    private static double Ratio(long frame, long still) => still == 0 ? 1 : Math.Clamp((double)frame / still, Least, Most);

    private static byte[] Table(double gain)
    {
        var table = new byte[256];
        for (var i = 0; i < table.Length; i++) table[i] = (byte)Math.Min((i * gain) + 0.5, 255);
        return table;
    }
}
