using System.Diagnostics;
using Depth3D.Messages;

namespace Depth3D.Imaging.Tests.Video;

/// <summary>Files that pretend to be video, or try to make the decoder open something else.</summary>
public sealed class VideoSecurityTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n")]
    [InlineData("a.mp4", "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/hostname\n#EXT-X-ENDLIST\n")]
    [InlineData("a.ffconcat", "ffconcat version 1.0\nfile 'clip.mp4'\n")]
    [InlineData("a.sdp", "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 9 RTP/AVP 96\na=rtpmap:96 H264/90000\n")]
    [InlineData("a.svg", "<svg xmlns='http://www.w3.org/2000/svg'><image href='http://127.0.0.1:9/x'/></svg>")]
    [InlineData("a.mpd", "<?xml version='1.0'?><MPD xmlns='urn:mpeg:dash:schema:mpd:2011'><Period><BaseURL>http://127.0.0.1:9/</BaseURL></Period></MPD>")]
    [InlineData("a.txt", "words and words and words, enough of them to probe for a format that draws text on a screen")]
    public async Task Nothing_else_is_opened(string name, string content)
    {
        await Clips.Plain(_folder["clip.mp4"], frames: 2);
        File.WriteAllText(_folder[name], content);
        Assert.Throws<Depth3DException>(() => VideoReader.Open(_folder[name]));
    }

    [Theory]
    [InlineData("http://127.0.0.1:9/a.mp4")]
    [InlineData("concat:a.mp4|b.mp4")]
    [InlineData("pipe:0")]
    [InlineData("/dev/zero")]
    [InlineData("/dev/stdin")]
    [InlineData("")]
    public void Only_files_are_opened(string path) => Assert.Throws<Depth3DException>(() => VideoReader.Open(path));

    [Fact]
    public void A_folder_is_no_video() => Assert.Contains("folder", Assert.Throws<Depth3DException>(() => VideoReader.Open(_folder.Root)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Pipes_are_refused_without_waiting_for_a_writer()
    {
        using var made = Process.Start("mkfifo", [_folder["pipe.mp4"]]);
        await made.WaitForExitAsync();
        Assert.Contains("pipe", Assert.Throws<Depth3DException>(() => VideoReader.Open(_folder["pipe.mp4"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sound_with_a_cover_picture_is_no_video()
    {
        ImageFile.WritePng(_folder["cover.png"], Pictures.Rgb(64, 64));
        await Clips.Make(_folder["a.mp3"], "-f", "lavfi", "-i", "sine=duration=1", "-i", _folder["cover.png"], "-map", "0", "-map", "1", "-c:v", "png",
            "-disposition:v", "attached_pic", "-id3v2_version", "3");
        Assert.Throws<Depth3DException>(() => VideoReader.Open(_folder["a.mp3"]));
        await Clips.Make(_folder["a.m4a"], "-f", "lavfi", "-i", "sine=duration=1", "-c:a", "aac");
        Assert.Contains("audio", Assert.Throws<Depth3DException>(() => VideoReader.Open(_folder["a.m4a"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Truncated_files_are_refused_or_end_early()
    {
        var bytes = File.ReadAllBytes(await Clips.Plain(_folder["whole.mp4"], 160, 96, 24));
        for (var length = 1; length < bytes.Length; length += Math.Max(512, bytes.Length / 8))
        {
            File.WriteAllBytes(_folder["a.mp4"], bytes[..length]);
            try
            {
                using var reader = VideoReader.Open(_folder["a.mp4"]);
                while (reader.TryRead(out _, out _))
                {
                }

                Assert.InRange(reader.Position, 0, 24);
            }
            catch (Depth3DException e)
            {
                Assert.NotNull(e.Where);
            }
        }
    }

    [Fact]
    public async Task Damaged_headers_are_refused_or_harmless()
    {
        var bytes = File.ReadAllBytes(await Clips.Plain(_folder["whole.mp4"], frames: 4));
        var random = new Random(7);
        for (var round = 0; round < 12; round++)
        {
            var copy = (byte[])bytes.Clone();
            for (var k = 0; k < 20; k++) copy[random.Next(Math.Min(1200, copy.Length))] = (byte)random.Next(256);
            File.WriteAllBytes(_folder["a.mp4"], copy);
            try
            {
                using var reader = VideoReader.Open(_folder["a.mp4"]);
                for (var i = 0; i < 10 && reader.TryRead(out _, out _); i++)
                {
                }
            }
            catch (Depth3DException e)
            {
                Assert.NotNull(e.Where);
            }
        }
    }

    [Fact]
    public async Task A_failure_closes_the_file()
    {
        var path = _folder["a.mp4"];
        File.WriteAllText(path, "no video");
        var open = OpenFiles(path);
        for (var i = 0; i < 3; i++) Assert.Throws<Depth3DException>(() => VideoReader.Open(path));
        await Clips.Plain(_folder["b.mp4"], frames: 2);
        for (var i = 0; i < 3; i++)
        {
            using var reader = VideoReader.Open(_folder["b.mp4"]);
            reader.TryRead(out _, out _);
        }

        Assert.Equal((0, 0, 0), (open, OpenFiles(path), OpenFiles(_folder["b.mp4"])));
    }

    private static int OpenFiles(string path) => Directory.GetFileSystemEntries("/proc/self/fd").Count(fd =>
    {
        try
        {
            return new FileInfo(fd).LinkTarget == path;
        }
        catch (IOException)
        {
            return false;
        }
    });
}
