using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Depth3D.Messages;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Viewer.Tests;

/// <summary>What the server gives, and what it must refuse.</summary>
public sealed class ViewerServerTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("depth3d-view-").FullName;
    private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false });
    private ViewerServer _server = null!;

    private string Run => Path.Combine(_folder, "run");

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(Run, "video"));
        Directory.CreateDirectory(Path.Combine(Run, ".depth3d"));
        await File.WriteAllTextAsync(Path.Combine(Run, "video", "depth.mp4"), "0123456789");
        await File.WriteAllTextAsync(Path.Combine(Run, ".depth3d", "journal.db"), "hidden");
        await File.WriteAllTextAsync(Path.Combine(_folder, "secret.txt"), "secret");
        File.CreateSymbolicLink(Path.Combine(Run, "linked.txt"), Path.Combine(_folder, "secret.txt"));
        Directory.CreateSymbolicLink(Path.Combine(Run, "up"), _folder);
        var clip = new TruthSceneClip(TruthScene.Named("courtyard", 4), 64, 36);
        _server = await ViewerServer.StartAsync(new ViewerSetup { Name = "clip", Clip = clip, RunFolder = Run }, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Gives_page_clip_cameras_and_frames()
    {
        Assert.Contains("viewer.js", await _http.GetStringAsync(At("")), StringComparison.Ordinal);
        var clip = await _http.GetFromJsonAsync<JsonElement>(At("clip.json"));
        Assert.Equal(("courtyard", 4, 64, 36), (clip.GetProperty("name").GetString(), clip.GetProperty("frameCount").GetInt32(),
            clip.GetProperty("width").GetInt32(), clip.GetProperty("height").GetInt32()));
        Assert.Equal(4 * 12 * 4, (await _http.GetByteArrayAsync(At("cameras.bin"))).Length);
        Assert.Equal(clip.GetProperty("frameBytes").GetInt32(), (await _http.GetByteArrayAsync(At("frames/3"))).Length);
        Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync(At("frames/4"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync(At("frames/-1"))).StatusCode);
    }

    [Fact]
    public async Task Serves_scripts_of_its_own_only()
    {
        using var answer = await _http.GetAsync(At(""));
        Assert.StartsWith("default-src 'none'; script-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.DoesNotContain("://", (await answer.Content.ReadAsStringAsync()).Replace("http://www.w3.org", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_nobody_without_the_token()
    {
        var address = new Uri(_server.Address);
        Assert.Equal("127.0.0.1", address.Host);
        var root = new Uri($"http://127.0.0.1:{address.Port}/");
        foreach (var path in (string[])["", "clip.json", "0123456789abcdef0123456789abcdef/clip.json", address.AbsolutePath.Trim('/').ToUpperInvariant() + "/clip.json", "/clip.json"])
            Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync(root + path)).StatusCode);
        await using var other = await ViewerServer.StartAsync(new ViewerSetup { Name = "clip", Clip = new TruthSceneClip(TruthScene.Named("boxes", 2), 32, 18) }, CancellationToken.None);
        Assert.NotEqual(address.AbsolutePath, new Uri(other.Address).AbsolutePath);
    }

    [Theory]
    [InlineData("attacker.example")]
    [InlineData("127.0.0.1.attacker.example")]
    [InlineData("10.0.0.7:8080")]
    public async Task Answers_no_other_hosts_name(string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, At("clip.json")) { Headers = { Host = host } };
        Assert.Equal(HttpStatusCode.NotFound, (await _http.SendAsync(request)).StatusCode);
        using var tunnel = new HttpRequestMessage(HttpMethod.Get, At("clip.json")) { Headers = { Host = "localhost:4000" } };
        Assert.Equal(HttpStatusCode.OK, (await _http.SendAsync(tunnel)).StatusCode);
    }

    [Fact]
    public async Task Is_only_read()
    {
        foreach (var method in (HttpMethod[])[HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete])
        {
            using var request = new HttpRequestMessage(method, At("clip.json"));
            Assert.Equal(HttpStatusCode.MethodNotAllowed, (await _http.SendAsync(request)).StatusCode);
        }
    }

    [Theory]
    [InlineData("files/.depth3d/journal.db")]
    [InlineData("files/../secret.txt")]
    [InlineData("files/..%2fsecret.txt")]
    [InlineData("files/video/..%2f..%2fsecret.txt")]
    [InlineData("files/%2e%2e/secret.txt")]
    [InlineData("files/..%5csecret.txt")]
    [InlineData("files/linked.txt")]
    [InlineData("files/up/secret.txt")]
    [InlineData("files//etc/passwd")]
    [InlineData("files/%2fetc%2fpasswd")]
    [InlineData("files/video")]
    [InlineData("files/nothing.txt")]
    public async Task Gives_only_files_of_the_run(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync(new Uri(_server.Address + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }))).StatusCode);

    [Fact]
    public async Task Gives_videos_in_parts()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, At("files/video/depth.mp4")) { Headers = { Range = new(2, 4) } };
        using var answer = await _http.SendAsync(request);
        Assert.Equal((HttpStatusCode.PartialContent, "234", "video/mp4"),
            (answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public async Task Says_which_file_of_a_frame_is_damaged()
    {
        await using var server = await ViewerServer.StartAsync(
            new ViewerSetup { Name = "clip", Clip = new DamagedClip(new TruthSceneClip(TruthScene.Named("boxes", 3), 32, 18), frame: 1) }, CancellationToken.None);
        using var answer = await _http.GetAsync(server.Address + "frames/1");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("refined_00001.npy", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await _http.GetAsync(server.Address + "frames/2")).StatusCode);
    }

    [Fact]
    public async Task Says_that_a_port_is_taken()
    {
        var setup = new ViewerSetup { Name = "clip", Clip = new TruthSceneClip(TruthScene.Named("boxes", 2), 32, 18), Port = new Uri(_server.Address).Port };
        var e = await Assert.ThrowsAsync<Depth3DException>(() => ViewerServer.StartAsync(setup, CancellationToken.None));
        Assert.Equal(ExitCode.Usage, e.ExitCode);
    }

    private Uri At(string path) => new(_server.Address + path);
}
