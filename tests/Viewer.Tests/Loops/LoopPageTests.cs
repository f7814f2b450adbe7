using System.Globalization;
using Depth3D.Browser.Fixtures;
using Depth3D.Imaging;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Model;
using Depth3D.Rendering.Loops;
using Depth3D.Rendering.Loops.Packages;
using Depth3D.Viewer.Loops;

namespace Depth3D.Viewer.Tests.Loops;

/// <summary>The loop's page in a real browser without a screen, on a host of plain files, against what every ray must show.</summary>
public sealed class LoopPageTests(SharedPage shared) : IClassFixture<SharedPage>, IAsyncLifetime
{
    private const int Width = 320, Height = 200;

    /// <summary>Names files that the tests leave their pictures in.</summary>
    private const string PictureVariable = "DEPTH3D_VIEWER_PICTURE";

    private static readonly HandMadeLoop Loop = new();

    private readonly string _folder = Directory.CreateTempSubdirectory("depth3d-loop-page-").FullName;
    private StaticHost? _host;

    private ChromiumPage Page => shared.Page!;

    public async Task InitializeAsync()
    {
        if (shared.Page is null) return;
        Loop.WritePackage(_folder);
        LoopViewerPage.Write(_folder);
        _host = await StaticHost.StartAsync(_folder);
        await Page.ResizeAsync(Width, Height, phone: false);
    }

    public async Task DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("&limits=40,4")] // atlases split over pages, frames over arrays
    public async Task Shows_what_every_ray_must_show_from_three_places_at_three_times(string limits)
    {
        await OpenAsync("index.html?embed&paused" + limits);
        foreach (var view in (string[])["{}", "{ x: 0.15, y: -0.08, z: 0.05 }", "{ x: -0.1, y: 0.1, z: -0.08 }"])
            foreach (var frame in (int[])[0, 2, 5])
            {
                await Page.EvaluateAsync($"(loop.setView({{ x: 0, y: 0, z: 0 }}), loop.setView({view}), loop.setTime({frame}), 1)");
                await CompareAsync(frame, leastDecibels: 45, $"{view}-{frame}{limits}");
            }
    }

    [SkippableFact]
    public async Task Shows_a_written_package_as_the_offline_renderer_shows_the_loop()
    {
        Skip.If(shared.Page is null, "Chromium is needed");
        var video = Loop.ToVideo();
        await MtvPackageWriter.WriteAsync(_folder, video, new MtvPackageOptions());
        await OpenAsync("index.html?embed&paused");
        var renderer = new LoopRenderer(video);
        foreach (var view in (string[])["{}", "{ x: 0.12, y: 0.1, z: 0.08 }", "{ x: -0.16, y: -0.05, z: -0.06 }"])
            foreach (var frame in (int[])[1, 3, HandMadeLoop.Frames + 4])
            {
                await Page.EvaluateAsync($"(loop.setView({{ x: 0, y: 0, z: 0 }}), loop.setView({view}), loop.setTime({frame}), 1)");
                var seen = await ShotAsync($"written-{view}-{frame}");
                var lens = await NumbersAsync("lens");
                var expected = renderer.Render(new(lens[0], lens[1], lens[2] - 0.5, lens[3] - 0.5, Width, Height), await EyeAsync(), frame).ToRgb();
                Assert.True(Decibels(expected, seen) >= 45, $"{view} {frame}: {Decibels(expected, seen):0.0} dB");
            }
    }

    [SkippableFact]
    public async Task A_loop_of_one_frame_is_a_picture_to_look_around_in()
    {
        Skip.If(shared.Page is null, "Chromium is needed");
        var video = Loop.ToVideo();
        var labels = video.Tiles.Entries.ToArray().Select(e => e == TileTable.Empty ? TileLabel.Empty : TileLabel.Static).ToArray();
        var still = new MultiTileVideoBuilder(video.Geometry, labels, 1);
        for (var at = 0; at < labels.Length; at++)
            if (labels[at] == TileLabel.Static)
                video.Tile(video.Tiles.Entries[at], 0).CopyTo(still.Tile(at / (HandMadeLoop.TilesX * HandMadeLoop.TilesY), at / HandMadeLoop.TilesX % HandMadeLoop.TilesY, at % HandMadeLoop.TilesX, 0));
        await MtvPackageWriter.WriteAsync(_folder, still.Build(25, video.View), new MtvPackageOptions());
        await OpenAsync("index.html?embed&t=7&x=0.1");
        await CompareAsync(0, leastDecibels: 45, "one");
        Assert.Equal("paused true", await Page.EvaluateAsync("`${document.body.dataset.state} ${document.querySelector('#play').disabled}`"));
    }

    [SkippableFact]
    public async Task Lost_graphics_memory_is_said()
    {
        await OpenAsync("index.html");
        await Page.EvaluateAsync("(loop.drawing.gl.getExtension('WEBGL_lose_context').loseContext(), 1)");
        await Page.UntilAsync("document.querySelector('#message p').textContent.includes('graphics memory') && !document.querySelector('#message button').hidden");
        await Page.EvaluateAsync("(document.querySelector('#message button').click(), 1)");
        await Page.UntilAsync("window.loop?.ready === true && document.querySelector('#message').hidden");
    }

    [SkippableFact]
    public async Task Straight_alpha_shows_the_same()
    {
        Loop.WritePackage(_folder, "straight");
        await OpenAsync("index.html?embed&paused&x=0.1");
        await CompareAsync(0, leastDecibels: 40, "straight");
    }

    [SkippableFact]
    public async Task Frame_T_is_frame_0_and_time_runs_both_ways()
    {
        await OpenAsync("index.html?embed&paused");
        var first = await ShotAsync("first");
        foreach (var same in (int[])[HandMadeLoop.Frames, -HandMadeLoop.Frames, 1000 * HandMadeLoop.Frames])
        {
            await Page.EvaluateAsync($"(loop.setTime(3), loop.setTime({same}), 1)");
            Assert.Equal(first.Samples, (await ShotAsync("same")).Samples);
        }

        await Page.EvaluateAsync("(loop.setTime(-1), 1)");
        await CompareAsync(HandMadeLoop.Frames - 1, leastDecibels: 45, "last");
        foreach (var (rate, next) in ((int, int)[])[(1, 1), (-1, HandMadeLoop.Frames - 1)])
        {
            await Page.EvaluateAsync("(loop.setTime(0), window.seen = [], new MutationObserver(() => { const f = Number(document.body.dataset.frame); if (f !== seen.at(-1)) seen.push(f); }).observe(document.body, { attributeFilter: ['data-frame'] }), 1)");
            await Page.EvaluateAsync($"(loop.play({rate}), 1)");
            await Page.UntilAsync($"seen.length > {HandMadeLoop.Frames}");
            await Page.EvaluateAsync("(loop.pause(), 1)");
            var steps = (await Page.EvaluateAsync("seen.slice(1).map((f, i) => (f - seen[i] + 6) % 6).join(' ')")).Split(' ').Select(int.Parse).ToArray();
            Assert.True(steps.Count(s => s == next) > steps.Length / 2, $"rate {rate}: {string.Join(' ', steps)}");
        }
    }

    [SkippableFact]
    public async Task The_eye_stays_in_its_box_and_in_the_picture()
    {
        await OpenAsync("index.html?embed&paused&t=2&y=-9");
        Assert.Equal("2 -0.1", await Page.EvaluateAsync("`${loop.clock.time} ${loop.eye.view.y}`"));
        Assert.Equal("0.16 0.1 -0.08", await Page.EvaluateAsync("(v => `${v.x} ${v.y} ${v.z}`)(loop.setView({ x: 5, y: 7, z: -3 }))"));
        var eye = await SettledEyeAsync();
        Assert.True((eye.Center - new Vec3(0.16, 0.1, -0.08)).Length < 1e-9);
        var looked = eye.Apply(new Vec3(0, 0, HandMadeLoop.LookAt));
        Assert.True(Math.Abs(looked.X) + Math.Abs(looked.Y) < 1e-9, "what it looks at stays in the middle");
        Assert.Equal("0 0", await Page.EvaluateAsync("(v => `${v.yaw} ${v.pitch}`)(loop.setView({ yaw: 50, pitch: -50 }))"));

        // A window half as wide as the picture sees it turned as far as its border.
        await Page.ResizeAsync(Width / 2, Height, phone: false);
        await Page.UntilAsync($"loop.canvas.width === {Width / 2}");
        var most = (Math.Atan(32 / HandMadeLoop.Focal) - Math.Atan(16 / HandMadeLoop.Focal)) * 180 / Math.PI;
        Assert.Equal(most, double.Parse(await Page.EvaluateAsync("loop.setView({ x: 0, y: 0, z: 0, yaw: 50 }).yaw"), CultureInfo.InvariantCulture), 9);
        var forward = (await SettledEyeAsync()).Rotation;
        Assert.Equal(Math.Tan(most * Math.PI / 180), forward.M20 / forward.M22, 9);
    }

    [SkippableFact]
    public async Task Fits_a_telephone_and_follows_fingers()
    {
        await OpenAsync("index.html?paused");
        await Page.ResizeAsync(390, 844, phone: true);
        await Page.UntilAsync("innerWidth === 390 && loop.canvas.clientWidth === 390");
        Assert.Equal("true", await Page.EvaluateAsync("document.documentElement.scrollWidth <= 390"));
        Assert.Equal("true", await Page.EvaluateAsync("['play', 'scrub', 'more'].every(i => (r => r.width > 0 && r.right <= 390 && r.bottom <= 844 && r.height >= 40)(document.getElementById(i).getBoundingClientRect()))"));
        await ShotAsync("phone");
        await Page.TouchAsync([(200, 300)], [(180, 300)], [(140, 290)], [(20, 280)]);
        await Page.UntilAsync("loop.eye.view.x > 0.09 && loop.eye.view.yaw > 3 && loop.eye.view.y > 0");
        Assert.Equal("true", await Page.EvaluateAsync("loop.eye.view.x <= loop.eye.box[0] && document.querySelector('#hint').classList.contains('gone')"));
        await Page.TouchAsync([(150, 400), (250, 400)], [(130, 400), (270, 400)], [(20, 400), (380, 400)]);
        await Page.UntilAsync("loop.eye.view.z > 0.07 && loop.eye.view.zoom > 1");
        await Page.EvaluateAsync("document.querySelector('#more').click()");
        await Page.EvaluateAsync("document.querySelector('#layers').click()");
        await Page.UntilAsync("loop.eye.apart === 1");
        Assert.Equal("true", await Page.EvaluateAsync("document.documentElement.scrollWidth <= 390 && loop.canvas.clientHeight > 200"));
        await ShotAsync("phone-layers");
    }

    [SkippableFact]
    public async Task Keys_do_what_buttons_do()
    {
        await OpenAsync("index.html?paused");
        await Page.ResizeAsync(1000, 700, phone: false);
        await ShotAsync("window");
        await Page.KeyAsync("ArrowLeft");
        await Page.UntilAsync("document.body.dataset.frame === '5' && document.querySelector('#where').textContent === '5 / 5 · 0.40 s'");
        await Page.KeyAsync(" ");
        await Page.UntilAsync("document.body.dataset.state === 'playing'");
        await Page.KeyAsync("b");
        await Page.KeyAsync("[");
        await Page.UntilAsync("loop.clock.rate === -0.5 && document.querySelector('#reverse').getAttribute('aria-pressed') === 'true'");
        await Page.KeyAsync(" ");
        await Page.KeyAsync("d");
        await Page.UntilAsync("Math.abs(loop.eye.view.x - 0.032) < 1e-9 && document.body.dataset.state === 'paused'");
        await Page.KeyAsync("l");
        await Page.UntilAsync("loop.eye.apart === 1 && document.querySelector('#layers').getAttribute('aria-pressed') === 'true'");
        await ShotAsync("layers");
        await Page.KeyAsync("l");
        await Page.KeyAsync("w");
        await Page.UntilAsync("loop.eye.apart === 0 && loop.eye.scale * 64 <= loop.canvas.width + 1e-6 && loop.eye.scale * 40 <= loop.canvas.height + 1e-6");
        await Page.KeyAsync("o");
        await Page.UntilAsync("loop.sway && Math.abs(loop.eye.view.y) > 0.01");
        await Page.KeyAsync("o");
        await Page.KeyAsync("r");
        await Page.UntilAsync("loop.eye.view.x === 0 && loop.eye.view.y === 0");
    }

    [SkippableFact]
    public async Task One_file_opens_from_a_disk()
    {
        Skip.If(shared.Page is null, "Chromium is needed");
        var file = Path.Combine(_folder, EnclosedLoopPage.FileName);
        Assert.True(EnclosedLoopPage.Write(_folder, file));
        var alone = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "elsewhere")).FullName, "a loop.html");
        File.Move(file, alone);
        await GoAsync(new Uri(new Uri(alone).AbsoluteUri + "?embed&paused&t=4&x=-0.1"));
        await Page.UntilAsync("window.loop?.ready === true");
        await CompareAsync(4, leastDecibels: 45, "file");

        await GoAsync(new Uri(Path.Combine(_folder, "index.html")));
        await Page.UntilAsync("document.querySelector('#message p')?.textContent.includes('loop.html')");
    }

    [SkippableFact]
    public async Task What_is_wrong_with_a_package_is_said()
    {
        foreach (var (name, content, said) in ((string, string?, string)[])
        [
            ("tiles.bin", null, "tiles.bin: the server answers 404"),
            ("tiles.bin", "12345678123", "tiles: length"),
            ("tiles.bin", "12345678", "tiles: record 0"),
            ("static.png", "no picture", "static.png is damaged"),
            ("dynamic/0003.png", null, "dynamic/0003.png: the server answers 404"),
            ("scene.json", "{", "scene.json is damaged"),
            ("scene.json", "{ \"format\": \"mtv/2\" }", "format is \"mtv/2\""),
        ]) await AssertSaidAsync(name, content, said);
    }

    [SkippableFact]
    public async Task What_cannot_be_in_a_scene_is_refused()
    {
        var scene = shared.Page is null ? "" : File.ReadAllText(Path.Combine(_folder, "scene.json"));
        foreach (var (written, instead, said) in ((string, string, string)[])
        [
            ("\"tiles.bin\"", "\"../tiles.bin\"", "names a file that cannot be"),
            ("\"static.png\"", "\"https://example.org/static.png\"", "names a file that cannot be"),
            ($"\"frames\":{HandMadeLoop.Frames}", "\"frames\":1e9", "frames"),
            ("\"payload\":8", "\"payload\":0", "tile"),
            ("[1,1.3", "[1.4,1.3", "planes"),
        ])
        {
            if (scene.Length > 0) Assert.Contains(written, scene, StringComparison.Ordinal);
            await AssertSaidAsync("scene.json", scene.Replace(written, instead, StringComparison.Ordinal), said);
        }
    }

    private async Task AssertSaidAsync(string name, string? content, string said)
    {
        Skip.If(shared.Page is null, "Chromium is needed");
        Loop.WritePackage(_folder);
        if (content is null) File.Delete(Path.Combine(_folder, name));
        else File.WriteAllText(Path.Combine(_folder, name), content);
        await GoAsync(new Uri(_host!.Address));
        await Page.UntilAsync("document.body?.dataset.state === 'failed'");
        Assert.Contains(said, await Page.EvaluateAsync("document.querySelector('#message p').textContent"), StringComparison.Ordinal);
    }

    private async Task GoAsync(Uri address)
    {
        await Page.GoAsync(new Uri("about:blank"));
        await Page.GoAsync(address);
    }

    private async Task OpenAsync(string address)
    {
        Skip.If(shared.Page is null, "Chromium is needed");
        await GoAsync(new Uri(_host!.Address + address));
        await Page.UntilAsync("window.loop?.ready === true || document.body?.dataset.state === 'failed'");
        Assert.NotEqual("failed", await Page.EvaluateAsync("document.body.dataset.state"));
    }

    private async Task CompareAsync(int frame, double leastDecibels, string name)
    {
        var seen = await ShotAsync(name);
        var lens = await NumbersAsync("lens");
        Assert.Equal((Width, Height), (seen.Width, seen.Height));
        var expected = LoopReference.Render(Loop, lens, Width, Height, await EyeAsync(), frame);
        if (Environment.GetEnvironmentVariable(PictureVariable) is { Length: > 0 } prefix) ImageFile.WritePng($"{prefix}-expected.png", expected);
        var decibels = Decibels(expected, seen);
        Assert.True(decibels >= leastDecibels, $"{name}: {decibels:0.0} dB");
    }

    /// <summary>What is on the screen once nothing is left to draw.</summary>
    private async Task<Raster<byte>> ShotAsync(string name)
    {
        await Page.EvaluateAsync("document.querySelector('#hint').style.display = 'none'");
        await SettledEyeAsync();
        var path = Path.Combine(_folder, "shot.png");
        await File.WriteAllBytesAsync(path, await Page.ScreenshotAsync(captureAll: false));
        if (Environment.GetEnvironmentVariable(PictureVariable) is { Length: > 0 } prefix) File.Copy(path, $"{prefix}-loop-{string.Concat(name.Where(char.IsLetterOrDigit))}.png", overwrite: true);
        return ImageFile.ReadRgb(path);
    }

    private async Task<double[]> NumbersAsync(string name) =>
        [.. (await Page.EvaluateAsync($"document.body.dataset.{name}")).Split(' ').Select(v => double.Parse(v, CultureInfo.InvariantCulture))];

    private async Task<RigidTransform> SettledEyeAsync()
    {
        await Page.UntilAsync("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(!loop.dirty))))");
        return await EyeAsync();
    }

    private async Task<RigidTransform> EyeAsync()
    {
        var n = await NumbersAsync("eye");
        return new(new Mat3(n[0], n[1], n[2], n[4], n[5], n[6], n[8], n[9], n[10]), new(n[3], n[7], n[11]));
    }

    private static double Decibels(Raster<byte> a, Raster<byte> b)
    {
        double sum = 0;
        for (var i = 0; i < a.Samples.Length; i++) sum += Math.Pow(a.Samples[i] - b.Samples[i], 2);
        return 10 * Math.Log10(255 * 255 / (sum / a.Samples.Length));
    }
}
