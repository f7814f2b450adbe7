using Depth3D.Imaging;

namespace Depth3D.Rendering.Effects.Stereo;

/// <summary>Puts the pictures of two eyes into one.</summary>
internal static class StereoLayout
{
    public static readonly string[] Names = ["side-by-side", "side-by-side-half", "top-bottom", "anaglyph", "left", "right"];

    /// <summary>
    /// Red, green, blue of the result from R, G, B of the left eye (first three) and of the right one: the least-squares projection for red-cyan
    /// glasses of Dubois, "A projection method to generate anaglyph stereo images", ICASSP 2001.
    /// </summary>
    private static readonly float[][] Dubois =
    [
        [0.4561f, 0.500484f, 0.176381f, -0.0434706f, -0.0879388f, -0.00155529f],
        [-0.0400822f, -0.0378246f, -0.0157589f, 0.378476f, 0.73364f, -0.0184503f],
        [-0.0152161f, -0.0205971f, -0.00546856f, -0.0721527f, -0.112961f, 1.2264f],
    ];

    /// <param name="width">Of one eye's picture.</param>
    public static (int Width, int Height) Size(string layout, int width, int height) => layout switch
    {
        "side-by-side" => (2 * width, height),
        "top-bottom" => (width, 2 * height),
        _ => (width, height),
    };

    public static Raster<byte> Compose(string layout, Raster<byte> left, Raster<byte> right) => layout switch
    {
        "side-by-side" => Beside(left, right),
        // Each eye gets half of the width, rounded to whole columns.
        "side-by-side-half" => Beside(Resize.Area(left, left.Width / 2, left.Height), Resize.Area(right, right.Width - (right.Width / 2), right.Height)),
        "top-bottom" => new Raster<byte>(left.Width, 2 * left.Height, 3, [.. left.Samples, .. right.Samples]),
        "anaglyph" => Anaglyph(left, right),
        "left" => left,
        _ => right,
    };

    private static Raster<byte> Beside(Raster<byte> left, Raster<byte> right)
    {
        var both = new Raster<byte>(left.Width + right.Width, left.Height, 3);
        for (var y = 0; y < left.Height; y++)
        {
            left.Row(y).CopyTo(both.Row(y));
            right.Row(y).CopyTo(both.Row(y)[(3 * left.Width)..]);
        }

        return both;
    }

    private static Raster<byte> Anaglyph(Raster<byte> left, Raster<byte> right)
    {
        var mixed = new Raster<byte>(left.Width, left.Height, 3);
        Parallel.For(0, left.Height, y =>
        {
            ReadOnlySpan<byte> a = left.Row(y), b = right.Row(y);
            var row = mixed.Row(y);
            for (var i = 0; i < row.Length; i += 3)
                for (var c = 0; c < 3; c++)
                {
                    var m = Dubois[c];
                    var value = (m[0] * a[i]) + (m[1] * a[i + 1]) + (m[2] * a[i + 2]) + (m[3] * b[i]) + (m[4] * b[i + 1]) + (m[5] * b[i + 2]);
                    row[i + c] = (byte)Math.Clamp(value + 0.5f, 0, 255);
                }
        });
        return mixed;
    }
}
