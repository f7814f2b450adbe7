using System.Globalization;

namespace Depth3D.Imaging;

/// <summary>What ffmpeg is told for each <see cref="VideoCodec"/>: one encoder thread and nothing that depends on the time or the machine.</summary>
internal static class VideoEncoding
{
    /// <summary>Pictures are RGB; the matrix that players assume for pictures of this age is BT.709.</summary>
    private const string Matrix = "scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd+full_chroma_int";

    /// <summary>ProRes takes these from the frames and not from the encoder's settings.</summary>
    private const string TaggedMatrix = Matrix + ",setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709";

    private static readonly string[] Tags = ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"];

    /// <summary>ffmpeg's name of the frames that are piped to it.</summary>
    public static string InputFormat(VideoCodec codec) => codec switch
    {
        VideoCodec.ProRes4444Alpha => "rgba",
        VideoCodec.Ffv1Gray16 => "gray16le",
        VideoCodec.Hevc10Gray => "gray10le",
        _ => "rgb24",
    };

    public static int PixelBytes(VideoCodec codec) => InputFormat(codec) switch { "rgba" => 4, "rgb24" => 3, _ => 2 };

    public static IReadOnlyList<string> OutputArguments(VideoCodec codec, int quality)
    {
        var rate = quality.ToString(CultureInfo.InvariantCulture);
        return codec switch
        {
            VideoCodec.H264 =>
            [
                "-vf", Matrix, "-c:v", "libx264", "-preset", "veryfast", "-crf", rate, "-pix_fmt", "yuv420p", .. Tags, "-movflags", "+faststart", "-f", "mp4",
            ],
            VideoCodec.Vp9 =>
            [
                "-vf", Matrix, "-c:v", "libvpx-vp9", "-crf", Vp9Rate(quality), "-b:v", "0", "-deadline", "good", "-cpu-used", "4", "-row-mt", "0", "-pix_fmt", "yuv420p", .. Tags, "-f", "webm",
            ],
            VideoCodec.Gif => ["-vf", "split[a][b];[a]palettegen=stats_mode=full[p];[b][p]paletteuse=dither=sierra2_4a", "-c:v", "gif", "-loop", "0", "-f", "gif"],
            VideoCodec.Apng => ["-c:v", "apng", "-pix_fmt", "rgb24", "-plays", "0", "-f", "apng"],
            VideoCodec.ProRes4444 => ["-vf", TaggedMatrix, "-c:v", "prores_ks", "-profile:v", "4444", "-pix_fmt", "yuv444p10le", "-vendor", "apl0", .. Tags, "-f", "mov"],
            VideoCodec.ProRes4444Alpha =>
            [
                "-vf", TaggedMatrix, "-c:v", "prores_ks", "-profile:v", "4444", "-pix_fmt", "yuva444p10le", "-alpha_bits", "16", "-vendor", "apl0", .. Tags, "-f", "mov",
            ],
            VideoCodec.Ffv1 => ["-c:v", "ffv1", "-level", "3", "-g", "1", "-pix_fmt", "gbrp", "-f", "matroska"],
            VideoCodec.Ffv1Gray16 => ["-c:v", "ffv1", "-level", "3", "-g", "1", "-pix_fmt", "gray16le", "-color_range", "pc", "-f", "matroska"],
            VideoCodec.Hevc10Gray =>
            [
                "-vf", "scale=in_range=pc:out_range=pc", "-c:v", "libx265", "-preset", "fast", "-crf", rate, "-pix_fmt", "yuv420p10le", "-color_range", "pc",
                "-x265-params", "log-level=error:pools=none:frame-threads=1:info=0:range=full" + (quality == 0 ? ":lossless=1" : ""), "-tag:v", "hvc1", "-movflags", "+faststart", "-f", "mp4",
            ],
            _ => throw new ArgumentOutOfRangeException(nameof(codec), codec, "unknown codec"),
        };
    }

    /// <summary>VP9 counts to 63 where H.264 counts to 51.</summary>
    private static string Vp9Rate(int quality) => Math.Round(quality * 63 / 51.0).ToString(CultureInfo.InvariantCulture);
}
