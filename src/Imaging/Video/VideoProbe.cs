using System.Globalization;
using System.Text;
using System.Text.Json;
using Depth3D.Messages;
using Depth3D.Native;

namespace Depth3D.Imaging;

/// <summary>Asks ffprobe what a file holds, allowing it to open that file only: no playlists, no other protocols.</summary>
internal static class VideoProbe
{
    /// <summary>Containers that hold pictures themselves. The same list guards OpenCV's decoder in native/cv/core.cpp.</summary>
    public const string Containers = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,flv,asf,ogg,"
        + "mxf,gif,yuv4mpegpipe,h264,hevc,m4v,dv,ivf,nut,rm,wtv,gxf,swf,apng,mjpeg";

    private const double MaxFramesPerSecond = 1000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <param name="alias">What ffprobe opens.</param>
    /// <param name="path">What the user named, for messages.</param>
    public static VideoInfo Run(string alias, string path)
    {
        var (code, text) = Ask(alias, path, "format=format_name,duration:stream=codec_type,codec_name,width,height,avg_frame_rate,r_frame_rate,nb_frames,"
            + "sample_aspect_ratio:stream_disposition=attached_pic:stream_side_data=rotation:stream_tags=rotate");
        if (code != 0) throw NoVideo(path);
        try
        {
            using var json = JsonDocument.Parse(text);
            return Parse(json.RootElement, path);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw NoVideo(path, e);
        }
    }

    /// <summary>Presentation times of the first video stream's packets, ascending, in seconds; empty when there are none.</summary>
    public static double[] PacketTimes(string alias)
    {
        var (code, text) = Ask(alias, alias, "packet=pts_time,flags", "-select_streams", "v:0");
        if (code != 0) return [];
        using var json = JsonDocument.Parse(text);
        if (!json.RootElement.TryGetProperty("packets", out var packets)) return [];
        var times = packets.EnumerateArray()
            .Where(packet => !Text(packet, "flags").Contains('D', StringComparison.Ordinal)) // cut off by an edit list
            .Select(packet => double.TryParse(Text(packet, "pts_time"), CultureInfo.InvariantCulture, out var time) ? time : double.NaN)
            .Where(double.IsFinite).ToArray();
        Array.Sort(times);
        return times;
    }

    /// <summary>Packets of the first video stream that are really in the file.</summary>
    public static long CountPackets(string alias)
    {
        var (code, text) = Ask(alias, alias, "packet=size", "-select_streams", "v:0");
        if (code != 0) return 0;
        using var json = JsonDocument.Parse(text);
        return json.RootElement.TryGetProperty("packets", out var packets) ? packets.GetArrayLength() : 0;
    }

    private static (int Code, string Text) Ask(string alias, string path, string entries, params string[] more)
    {
        using var timeout = new CancellationTokenSource(Limit);
        var text = new StringBuilder();
        try
        {
            // Standard error is silent at this log level, so the lines are those of the answer, in order.
            var result = ExternalProcess.RunAsync("ffprobe",
                ["-v", "quiet", "-protocol_whitelist", "file", "-format_whitelist", Containers, .. more, "-show_entries", entries, "-of", "json",
                    "file:" + alias], timeout.Token, line => text.Append(line).Append('\n')).GetAwaiter().GetResult();
            return (result.ExitCode, text.ToString());
        }
        catch (OperationCanceledException)
        {
            throw new Depth3DException($"ffprobe did not answer within {Limit.TotalSeconds:0} s", path, "the file is damaged; convert it with ffmpeg");
        }
    }

    private static VideoInfo Parse(JsonElement root, string path)
    {
        var streams = root.GetProperty("streams").EnumerateArray().ToArray();
        var container = Text(root.GetProperty("format"), "format_name");
        var pictures = streams.Where(s => Text(s, "codec_type") == "video" && !IsCover(s)).ToArray();
        if (pictures.Length == 0)
        {
            throw streams.Length == 0
                ? NoVideo(path)
                : new Depth3DException($"no moving pictures, only {string.Join(", ", streams.Select(s => Text(s, "codec_type")).Distinct())}", path,
                    "give a video file or a folder of images");
        }

        var stream = pictures[0];
        int width = Int(stream, "width"), height = Int(stream, "height");
        if (width <= 0 || height <= 0) throw NoVideo(path);
        ImageLimits.Check(width, height, path);
        var rotation = Rotation(stream);
        if (rotation is 90 or 270) (width, height) = (height, width);
        double average = Ratio(Text(stream, "avg_frame_rate"), '/'), nominal = Ratio(Text(stream, "r_frame_rate"), '/');
        var rate = Sane(average) ? average : Sane(nominal) ? nominal : 0;
        var aspect = Ratio(Text(stream, "sample_aspect_ratio"), ':');
        _ = long.TryParse(Text(stream, "nb_frames"), NumberStyles.None, CultureInfo.InvariantCulture, out var count);
        return new VideoInfo(width, height, rate, count, rotation, Sane(average) && Sane(nominal) && Math.Abs((nominal / average) - 1) > 0.01,
            aspect is > 0.05 and < 20 ? aspect : 1, Text(stream, "codec_name"), container,
            double.TryParse(Text(root.GetProperty("format"), "duration"), CultureInfo.InvariantCulture, out var duration) && duration > 0 ? duration : 0);
    }

    private static bool IsCover(JsonElement stream) =>
        stream.TryGetProperty("disposition", out var disposition) && Int(disposition, "attached_pic") == 1;

    /// <summary>Clockwise. The side data counts the other way round; the tag is what older files and programs have.</summary>
    private static int Rotation(JsonElement stream)
    {
        double clockwise = 0;
        if (stream.TryGetProperty("tags", out var tags) && double.TryParse(Text(tags, "rotate"), CultureInfo.InvariantCulture, out var tag)) clockwise = tag;
        if (stream.TryGetProperty("side_data_list", out var list))
        {
            foreach (var item in list.EnumerateArray())
                if (item.TryGetProperty("rotation", out var value) && value.TryGetDouble(out var degrees)) clockwise = -degrees;
        }

        if (!double.IsFinite(clockwise)) return 0;
        var turns = (int)Math.Round(Math.IEEERemainder(clockwise, 360) / 90);
        return ((turns + 4) % 4) * 90;
    }

    private static bool Sane(double rate) => rate is > 0 and <= MaxFramesPerSecond;

    private static double Ratio(string text, char separator)
    {
        var parts = text.Split(separator);
        return parts.Length == 2 && double.TryParse(parts[0], CultureInfo.InvariantCulture, out var a)
            && double.TryParse(parts[1], CultureInfo.InvariantCulture, out var b) && b != 0 ? a / b : 0;
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static int Int(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.TryGetInt32(out var number) ? number : 0;

    private static Depth3DException NoVideo(string path, Exception? inner = null) => new(
        "no readable video: truncated, damaged, or another kind of file (playlists and network addresses are not opened)", path,
        "check that it plays; convert it with: ffmpeg -i INPUT -c:v libx264 OUTPUT.mp4", inner: inner);
}
