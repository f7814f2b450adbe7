using Depth3D.Imaging;
using Depth3D.Viewer.Gallery;

namespace Depth3D.Viewer.Tests;

public sealed class GalleryTests : IDisposable
{
    private readonly string _run = Directory.CreateTempSubdirectory("depth3d-gallery-").FullName;

    public void Dispose() => Directory.Delete(_run, recursive: true);

    [Fact]
    public void Shows_videos_effects_exports_and_sequences()
    {
        Put("report.html", "video/depth.mp4", "effects/focus/focus.mp4", "effects/focus/focus.mov", "exports/exr/frame_00000.exr", "exports/exr/frame_00001.exr",
            ".depth3d/journal.db", "depth/depth.json", "other/notes.txt", "video/half.mp4.part");
        for (var i = 0; i < 5; i++) Picture($"masks/mask_0000{i}.png", 40, 30);
        Picture("effects/focus/contact.png", 1200, 300);
        var groups = RunContents.Scan(_run).Groups;
        Assert.Equal(["Reports", "Videos", "Effect focus", "Export exr", "Depth", "Masks", "other"], groups.Select(g => g.Title));
        Assert.Equal(["effects/focus/contact.png", "effects/focus/focus.mov", "effects/focus/focus.mp4"], groups[2].Files.Select(f => f.Name));
        Assert.Equal(new FileSet("exports/exr/frame_#.exr", "exports/exr/frame_00001.exr", 2, 14), Assert.Single(groups[3].Files));
        Assert.Equal(5, Assert.Single(groups[5].Files).Count);

        var page = File.ReadAllText(RunGallery.Write(_run, "a clip"));
        Assert.Contains("src=\"video/depth.mp4\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"effects/focus/focus.mov\"", page, StringComparison.Ordinal);
        Assert.Equal(2, page.Split("data:image/jpeg;base64,").Length - 1);
        foreach (var absent in (string[])["journal", ".part", "<script", "://", "gallery.html"]) Assert.DoesNotContain(absent, page, StringComparison.Ordinal);
        Assert.Equal(page, File.ReadAllText(RunGallery.Write(_run, "a clip")));
    }

    [Fact]
    public void Names_cannot_become_markup_or_leave_the_folder()
    {
        const string name = "effects/<img src=x onerror=alert(1)>/a#b?.mp4";
        Put(name);
        Directory.CreateSymbolicLink(Path.Combine(_run, "link"), "/etc");
        var page = new GalleryPage(RunContents.Scan(_run), "<b>\"clip\"</b>").Build();
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.Contains("a%23b%3F.mp4", page, StringComparison.Ordinal);
        Assert.DoesNotContain("passwd", page, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_folder_is_said_to_be_empty() =>
        Assert.Contains("no files yet", new GalleryPage(RunContents.Scan(_run), "clip").Build(), StringComparison.Ordinal);

    private void Put(params string[] names)
    {
        foreach (var name in names)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_run, name))!);
            File.WriteAllText(Path.Combine(_run, name), "content");
        }
    }

    private void Picture(string name, int width, int height)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_run, name))!);
        ImageFile.WritePng(Path.Combine(_run, name), new Raster<byte>(width, height, 3));
    }
}
