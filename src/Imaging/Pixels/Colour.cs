using Depth3D.Imaging.Interop;

namespace Depth3D.Imaging;

/// <summary>Conversions between colour spaces and quarter turns.</summary>
public static unsafe class Colour
{
    /// <summary>Luma of RGB: 0.299 R + 0.587 G + 0.114 B.</summary>
    public static Raster<byte> ToGray(Raster<byte> rgb) => Gray(rgb);

    public static Raster<float> ToGray(Raster<float> rgb) => Gray(rgb);

    /// <summary>Bytes as floats times <paramref name="scale"/>; 1/255 gives [0, 1].</summary>
    public static Raster<float> ToFloat(Raster<byte> image, float scale = 1)
    {
        var result = new Raster<float>(image.Width, image.Height, image.Channels);
        for (var i = 0; i < result.Samples.Length; i++) result.Samples[i] = image.Samples[i] * scale;
        return result;
    }

    /// <summary>Floats times <paramref name="scale"/>, rounded to nearest and clamped to [0, 255]; NaN becomes 0.</summary>
    public static Raster<byte> ToByte(Raster<float> image, float scale = 1)
    {
        var result = new Raster<byte>(image.Width, image.Height, image.Channels);
        for (var i = 0; i < result.Samples.Length; i++)
        {
            var value = image.Samples[i] * scale;
            result.Samples[i] = value > 0 ? (byte)Math.Min(255, value + 0.5f) : (byte)0;
        }

        return result;
    }

    /// <summary>Repeats a grey picture into R, G and B.</summary>
    public static Raster<byte> GrayToRgb(Raster<byte> gray)
    {
        CvCall.Channels(gray, 1, "grey picture");
        var result = new Raster<byte>(gray.Width, gray.Height, 3);
        for (var i = 0; i < gray.Samples.Length; i++) result.Samples.AsSpan(i * 3, 3).Fill(gray.Samples[i]);
        return result;
    }

    /// <summary>Turned clockwise by 0, 90, 180 or 270 degrees.</summary>
    public static Raster<T> Rotate<T>(Raster<T> image, int clockwiseDegrees) where T : unmanaged
    {
        var turns = (((clockwiseDegrees / 90) % 4) + 4) % 4;
        if (turns == 0) return image;
        var result = turns == 2
            ? new Raster<T>(image.Width, image.Height, image.Channels)
            : new Raster<T>(image.Height, image.Width, image.Channels);
        fixed (T* from = image.Samples)
        fixed (T* to = result.Samples)
            CvCall.Check(Cv.d3cv_rotate(from, image.Width, image.Height, CvCall.Depth<T>(), image.Channels, turns, to), "rotate");
        return result;
    }

    private static Raster<T> Gray<T>(Raster<T> rgb) where T : unmanaged
    {
        if (rgb.Channels == 1) return rgb;
        CvCall.Channels(rgb, 3, "colour picture");
        var result = new Raster<T>(rgb.Width, rgb.Height);
        fixed (T* from = rgb.Samples)
        fixed (T* to = result.Samples)
            CvCall.Check(Cv.d3cv_rgb_to_gray(from, rgb.Width, rgb.Height, CvCall.Depth<T>(), to), "grey conversion");
        return result;
    }
}
