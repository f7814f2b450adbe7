using System.Net;
using Depth3D.Rendering.TruthScenes;
using Depth3D.Viewer.Gallery;
using Depth3D.Viewer.Loops;

namespace Depth3D.Viewer.Tests.Loops;

/// <summary>What the server gives of a loop, on its own and beside a point cloud.</summary>
public sealed class LoopServerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("depth3d-loop-view-").FullName;
    private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false });

    private string Package => Path.Combine(_folder, "loop", "package");

    public LoopServerTests()
    {
        new HandMadeLoop().WritePackage(Package);
        LoopViewerPage.Write(Package);
        File.WriteAllText(Path.Combine(_folder, "secret.json"), "secret");
        File.CreateSymbolicLink(Path.Combine(Package, "linked.json"), Path.Combine(_folder, "secret.json"));
        File.WriteAllText(Path.Combine(Package, "index.html"), "<script>alert(1)</script>");
        File.WriteAllText(Path.Combine(Package, "other.js"), "alert(1)");
    }

    public void Dispose()
    {
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_loop_is_found_where_it_is_left()
    {
        var results = Path.Combine(_folder, "loop");
        Assert.Equal(new LoopResults(Package, results), LoopResults.Find(results));
        Assert.Equal(new LoopResults(Package, results), LoopResults.OfFinishedRun(_folder));
        Assert.Equal(new LoopResults(Package, null), LoopResults.Find(Package));
        Assert.Null(LoopResults.Find(_folder));
    }

    [Fact]
    public async Task Gives_its_own_page_and_the_packages_files_and_nothing_else()
    {
        await using var server = await ViewerServer.StartAsync(new ViewerSetup { Name = "loop", LoopFolder = Package, RunFolder = Path.Combine(_folder, "loop") }, CancellationToken.None);
        using var root = await _http.GetAsync(server.Address);
        Assert.Equal((HttpStatusCode.Redirect, "loop/"), (root.StatusCode, root.Headers.Location!.OriginalString));
        using var page = await _http.GetAsync(server.Address + "loop/");
        Assert.StartsWith("default-src 'none'; script-src 'self'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        var text = await page.Content.ReadAsStringAsync();
        Assert.Contains("id=\"picture\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Point cloud</a>", text, StringComparison.Ordinal);
        Assert.Equal(text, await _http.GetStringAsync(server.Address + "loop/index.html"));
        foreach (var name in (string[])["scene.json", "tiles.bin", "dynamic/0003.png", "viewer.js", "viewer.css"])
            Assert.Equal(HttpStatusCode.OK, (await _http.GetAsync(server.Address + "loop/" + name)).StatusCode);
        foreach (var name in (string[])["other.js", "linked.json", "nothing.png", "..%2f..%2fsecret.json", "clip.json"])
            Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync(server.Address + "loop/" + name)).StatusCode);
        Assert.Contains("href=\"loop/\"", await _http.GetStringAsync(server.Address + "gallery"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stands_beside_the_cloud_it_was_made_from()
    {
        var clip = new TruthSceneClip(TruthScene.Named("boxes", 2), 32, 18);
        await using var server = await ViewerServer.StartAsync(new ViewerSetup { Name = "boxes", Clip = clip, LoopFolder = Package }, CancellationToken.None);
        Assert.Contains("<a id=\"loop\" href=\"loop/\">", await _http.GetStringAsync(server.Address), StringComparison.Ordinal);
        Assert.Contains("<a href=\"../\">Point cloud</a>", await _http.GetStringAsync(server.Address + "loop/"), StringComparison.Ordinal);
        await using var without = await ViewerServer.StartAsync(new ViewerSetup { Name = "boxes", Clip = clip }, CancellationToken.None);
        Assert.Contains("<a hidden id=\"loop\"", await _http.GetStringAsync(without.Address), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync(without.Address + "loop/")).StatusCode);
    }

    [Fact]
    public void The_gallery_leads_to_the_page_that_opens_from_a_disk()
    {
        Assert.Contains("href=\"package/index.html\">Open the loop", GalleryOf(Path.Combine(_folder, "loop")), StringComparison.Ordinal);
        Assert.True(EnclosedLoopPage.Write(Package, Path.Combine(_folder, "loop", EnclosedLoopPage.FileName)));
        Assert.Contains("href=\"loop.html\">Open the loop", GalleryOf(Path.Combine(_folder, "loop")), StringComparison.Ordinal);
        Assert.Contains("href=\"loop/loop.html\">Open the loop", GalleryOf(_folder), StringComparison.Ordinal);
    }

    private static string GalleryOf(string folder) => File.ReadAllText(RunGallery.Write(folder, "a loop"));
}
