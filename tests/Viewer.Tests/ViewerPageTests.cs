using System.Globalization;
using Depth3D.Browser.Fixtures;
using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Rendering.Splatting;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Viewer.Tests;

/// <summary>The page as a person sees it, in a real browser without a screen, against our own renderer's picture from where the page says it looks.</summary>
public sealed class ViewerPageTests : IAsyncLifetime
{
    /// <summary>Names files that the tests leave their pictures in.</summary>
    private const string PictureVariable = "DEPTH3D_VIEWER_PICTURE";

    private const int Frames = 12;
    private static readonly TruthSceneClip Clip = new(TruthScene.Named("courtyard", Frames), 320, 180);

    private readonly string _folder = Directory.CreateTempSubdirectory("depth3d-page-").FullName;
    private ViewerServer? _server;
    private ChromiumPage? _page;

    private ChromiumPage Page => _page!;

    public async Task InitializeAsync()
    {
        if (ChromiumPage.Program is null) return;
        _server = await ViewerServer.StartAsync(new ViewerSetup { Name = "clip", Clip = Clip, RunFolder = _folder }, CancellationToken.None);
        _page = await ChromiumPage.OpenAsync(new Uri(_server.Address + "#paused"), webGl: true);
        await Page.UntilAsync("document.body?.dataset.frame === '0'");
    }

    public async Task DisposeAsync()
    {
        if (_page is not null) await _page.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [SkippableFact]
    public async Task Shows_what_the_renderer_shows_at_three_moments_and_from_aside()
    {
        Skip.If(_page is null, "Chromium is needed");
        foreach (var frame in (int[])[0, 6, 11])
        {
            await SeekAsync(frame);
            var eye = await EyeAsync();
            Assert.True((eye.Center - Clip.CamFromWorld(frame).Center).Length < 1e-4);
            await CompareAsync(frame, eye, $"frame-{frame}");
        }

        await Page.KeyAsync("r");
        await Page.UntilAsync("document.body.dataset.view === 'free'");
        await SettleAsync();
        var aside = await EyeAsync();
        Assert.True((aside.Center - Clip.CamFromWorld(11).Center).Length > 0.3);
        await CompareAsync(11, aside, "overview");
    }

    [SkippableFact]
    public async Task Depth_colours_masks_and_pictures_show_what_they_say()
    {
        Skip.If(_page is null, "Chromium is needed");
        await SeekAsync(6);
        var all = await ShotAsync("all");
        await Page.KeyAsync("d");
        var range = Clip.DepthRange;
        var expected = ColourMap.Turbo.Apply(Inverse(Clip.Frame(6).Depth), (float)(1 / (range.Far * 1.15)), (float)(1.15 / range.Near));
        Structure.AssertAlike(expected, Structure.Fit(await ShotAsync("depth"), Clip.Intrinsics), mostDifference: 12, leastCorrelation: 0.8);

        await Page.KeyAsync("d");
        await Page.EvaluateAsync("document.querySelector('[name=moving][value=static]').click()");
        var still = await ShotAsync("static");
        await Page.EvaluateAsync("document.querySelector('[name=moving][value=only]').click()");
        var only = await ShotAsync("only");
        var moving = Clip.Frame(6).MovingMask.Samples.Count(m => m > 0) / (double)Clip.Frame(6).MovingMask.PixelCount;
        Assert.InRange(Covered(only), 0.6 * moving, 1.4 * moving);
        Assert.InRange(Covered(all) - Covered(still), 0.5 * moving, 1.2 * moving);

        await Page.KeyAsync("s");
        await Page.UntilAsync("document.querySelector('#pictures').hidden === false");
        await SettleAsync();
        Assert.Equal(Hex(Clip.Frame(6).Rgb, 100, 90), await PixelAsync("source", 100, 90));
        Assert.Equal(Hex(expected, 100, 90), await PixelAsync("depth", 100, 90));
        await ShotAsync("pictures");
    }

    [SkippableFact]
    public async Task Plays_loops_stops_and_steps()
    {
        Skip.If(_page is null, "Chromium is needed");
        await Page.KeyAsync("ArrowRight");
        await Page.UntilAsync("document.body.dataset.frame === '1'");
        await Page.KeyAsync("Home");
        await Page.KeyAsync("ArrowLeft");
        await Page.UntilAsync("document.body.dataset.frame === '11'");
        await Page.EvaluateAsync("(window.seen = new Set(), new MutationObserver(() => window.seen.add(document.body.dataset.frame)).observe(document.body, { attributeFilter: ['data-frame'] }), 1)");
        await Page.KeyAsync(" ");
        await Page.UntilAsync("document.body.dataset.state === 'playing'");
        await Page.UntilAsync("window.seen.size >= 8 && window.seen.has('0')");
        await Page.KeyAsync(" ");
        await Page.UntilAsync("document.body.dataset.state === 'paused'");
        Assert.Equal("true", await Page.EvaluateAsync("document.querySelector('#play').getAttribute('aria-label') === 'Play'"));
        Assert.Equal("true", await Page.EvaluateAsync("document.querySelector('#where').textContent.endsWith('s')"));
    }

    [SkippableFact]
    public async Task Fits_a_telephone_and_follows_fingers()
    {
        Skip.If(_page is null, "Chromium is needed");
        await Page.ResizeAsync(390, 844, phone: true);
        await Page.UntilAsync("innerWidth === 390 && document.querySelector('#cloud').clientWidth === 390");
        await SettleAsync();
        Assert.Equal("true", await Page.EvaluateAsync("document.documentElement.scrollWidth <= 390"));
        Assert.Equal("true", await Page.EvaluateAsync("['play', 'scrub', 'more'].every(i => (r => r.width > 0 && r.right <= 390 && r.bottom <= 844 && r.height >= 40)(document.getElementById(i).getBoundingClientRect()))"));
        await ShotAsync("phone");
        var before = await EyeAsync();
        await Page.TouchAsync([(200, 300)], [(220, 300)], [(260, 310)], [(300, 320)]);
        await Page.UntilAsync("document.body.dataset.view === 'free'");
        await SettleAsync();
        var turned = await EyeAsync();
        Assert.True((turned.Center - before.Center).Length > 0.1, "one finger turns the view");
        await Page.TouchAsync([(150, 400), (250, 400)], [(130, 400), (270, 400)], [(80, 400), (320, 400)]);
        await SettleAsync();
        Assert.True(((await EyeAsync()).Center - turned.Center).Length > 0.1, "two fingers come nearer");
        await Page.EvaluateAsync("document.querySelector('#more').click()");
        await Page.EvaluateAsync("document.querySelector('#side').click()");
        await SettleAsync();
        Assert.Equal("true", await Page.EvaluateAsync("document.documentElement.scrollWidth <= 390 && document.querySelector('#cloud').clientHeight > 200"));
        await ShotAsync("phone-settings");
        await Page.EvaluateAsync("document.querySelector('#camera').click()");
        await Page.UntilAsync("document.body.dataset.view === 'source'");
    }

    [SkippableFact]
    public async Task Keeps_to_its_memory_and_still_plays()
    {
        Skip.If(_page is null, "Chromium is needed");
        await Page.GoAsync(new Uri("about:blank"));
        await Page.GoAsync(new Uri(_server!.Address + "#memory=2"));
        await Page.UntilAsync("Number(document.body?.dataset.drawn ?? 0) > 20");
        var most = long.Parse(await Page.EvaluateAsync("document.body.dataset.memory"), CultureInfo.InvariantCulture);
        Assert.InRange(most, 1, 2 << 20);
    }

    [SkippableFact]
    public async Task Says_what_is_wrong_and_goes_on()
    {
        Skip.If(_page is null, "Chromium is needed");
        await using var server = await ViewerServer.StartAsync(new ViewerSetup { Name = "clip", Clip = new DamagedClip(Clip, frame: 2) }, CancellationToken.None);
        await Page.GoAsync(new Uri(server.Address + "#paused&frame=2"));
        await Page.UntilAsync("document.querySelector('#message p')?.textContent.includes('refined_00002.npy')");
        Assert.Equal("true", await Page.EvaluateAsync("document.querySelector('#gallery').hidden"));
        await Page.KeyAsync("ArrowRight");
        await Page.UntilAsync("document.body.dataset.frame === '3' && document.querySelector('#message').hidden");
    }

    [SkippableFact]
    public async Task The_first_frame_is_there_within_three_seconds()
    {
        Skip.If(_page is null, "Chromium is needed");
        var clip = new TruthSceneClip(TruthScene.Named("courtyard", 2), 640, 360);
        Assert.True(clip.DepthRange.Near > 0); // rendered now: what is measured is the viewer
        await using var server = await ViewerServer.StartAsync(new ViewerSetup { Name = "clip", Clip = clip }, CancellationToken.None);
        var times = new List<int>();
        for (var attempt = 0; attempt < 3 && !times.Exists(t => t < 3000); attempt++)
        {
            await Page.GoAsync(new Uri("about:blank"));
            await Page.GoAsync(new Uri(server.Address));
            await Page.UntilAsync("document.body?.dataset.firstFrame > 0");
            times.Add(int.Parse(await Page.EvaluateAsync("document.body.dataset.firstFrame"), CultureInfo.InvariantCulture));
        }

        Assert.True(times.Min() < 3000, $"first frames after {string.Join(", ", times)} ms");
    }

    private static double Covered(Raster<byte> canvas) => Structure.Covered(Structure.Fit(canvas, Clip.Intrinsics));

    private async Task SeekAsync(int frame)
    {
        await Page.EvaluateAsync($"(s => (s.value = {frame}, s.dispatchEvent(new Event('input'))))(document.querySelector('#scrub'))");
        await Page.UntilAsync($"document.body.dataset.frame === '{frame}'");
    }

    /// <summary>Until two pictures of the screen have passed without a drawing.</summary>
    private Task SettleAsync() => Page.UntilAsync(
        "new Promise(done => { let before = document.body.dataset.drawn, still = 0; const look = () => { still = document.body.dataset.drawn === before ? still + 1 : 0; before = document.body.dataset.drawn; if (still > 4) done(true); else requestAnimationFrame(look); }; requestAnimationFrame(look); })");

    private async Task<RigidTransform> EyeAsync()
    {
        var n = (await Page.EvaluateAsync("document.body.dataset.eye")).Split(' ').Select(v => double.Parse(v, CultureInfo.InvariantCulture)).ToArray();
        return new(new Mat3(n[0], n[1], n[2], n[4], n[5], n[6], n[8], n[9], n[10]), new(n[3], n[7], n[11]));
    }

    private async Task CompareAsync(int frame, RigidTransform eye, string name)
    {
        var seen = Structure.Fit(await ShotAsync(name), Clip.Intrinsics);
        var depth = Clip.Frame(frame).Depth;
        var cloud = CloudFromDepth.Make(Clip.Frame(frame).Rgb, depth, Clip.Intrinsics, Clip.CamFromWorld(frame), DepthEdges.OnSurface(depth));
        var view = Clip.Intrinsics.ScaledTo(seen.Width, seen.Height);
        var expected = SplatRenderer.Render(cloud, view, eye, new SplatOptions { MaxSizePixels = 96 });
        if (Environment.GetEnvironmentVariable(PictureVariable) is { Length: > 0 } prefix) ImageFile.WritePng($"{prefix}-{name}-expected.png", expected);
        Assert.InRange(Structure.Covered(seen), Structure.Covered(expected) - 0.03, Structure.Covered(expected) + 0.03);
        Structure.AssertAlike(expected, seen, mostDifference: 12, leastCorrelation: 0.8);
    }

    /// <summary>A picture of the cloud's canvas, as it is on the screen.</summary>
    private async Task<Raster<byte>> ShotAsync(string name)
    {
        await SettleAsync();
        await Page.EvaluateAsync("document.querySelector('#hint').style.display = 'none'");
        var path = Path.Combine(_folder, "shot.png");
        await File.WriteAllBytesAsync(path, await Page.ScreenshotAsync(captureAll: false));
        if (Environment.GetEnvironmentVariable(PictureVariable) is { Length: > 0 } prefix) File.Copy(path, $"{prefix}-{name}.png", overwrite: true);
        var at = (await Page.EvaluateAsync("(r => [r.left, r.top, r.width, r.height].map(Math.round).join(' '))(document.querySelector('#cloud').getBoundingClientRect())"))
            .Split(' ').Select(v => int.Parse(v, CultureInfo.InvariantCulture)).ToArray();
        return Structure.Crop(ImageFile.ReadRgb(path), at[0], at[1], at[2], at[3]);
    }

    private Task<string> PixelAsync(string canvas, int x, int y) =>
        Page.EvaluateAsync($"[...document.querySelector('#{canvas}').getContext('2d').getImageData({x}, {y}, 1, 1).data.slice(0, 3)].join(' ')");

    private static string Hex(Raster<byte> rgb, int x, int y) => $"{rgb[x, y, 0]} {rgb[x, y, 1]} {rgb[x, y, 2]}";

    private static Raster<float> Inverse(Raster<float> depth) => new(depth.Width, depth.Height, 1, [.. depth.Samples.Select(z => 1 / z)]);
}
