using Depth3D.Native;

namespace Depth3D.Imaging.Tests.Video;

/// <summary>Clips made by ffmpeg for one test.</summary>
internal static class Clips
{
    public static async Task<string> Make(string path, params string[] arguments)
    {
        var result = await ExternalProcess.RunAsync("ffmpeg", ["-y", "-loglevel", "error", .. arguments, "file:" + path], CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.OutputTail);
        return path;
    }

    /// <summary>Frames whose top left quarter is bright, so that a turn can be seen; brightness grows with time.</summary>
    public static async Task<string> Plain(string path, int width = 96, int height = 64, int frames = 12, double fps = 24)
    {
        await using var writer = VideoWriter.Open(path, width, height, fps);
        for (var i = 0; i < frames; i++) writer.Write(Frame(width, height, i));
        await writer.FinishAsync();
        return path;
    }

    public static Raster<byte> Frame(int width, int height, int index)
    {
        var frame = new Raster<byte>(width, height, 3);
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                for (var c = 0; c < 3; c++)
                    frame[x, y, c] = (byte)((x < width / 2 && y < height / 2 ? 150 : 40) + (5 * index) + (c == 0 ? 40 : 0));
        return frame;
    }
}
