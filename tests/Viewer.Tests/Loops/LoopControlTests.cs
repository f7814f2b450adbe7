using System.Globalization;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Viewer.Tests.Loops;

/// <summary>Bounds of the eye, fingers and keys, and what the page says of bad packages.</summary>
public sealed class LoopControlTests(SharedPage shared) : LoopPageTest(shared)
{
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
    public async Task Lost_graphics_memory_is_said()
    {
        await OpenAsync("index.html");
        await Page.EvaluateAsync("(loop.drawing.gl.getExtension('WEBGL_lose_context').loseContext(), 1)");
        await Page.UntilAsync("document.querySelector('#message p').textContent.includes('graphics memory') && !document.querySelector('#message button').hidden");
        await Page.EvaluateAsync("(document.querySelector('#message button').click(), 1)");
        await Page.UntilAsync("window.loop?.ready === true && document.querySelector('#message').hidden");
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
        var scene = !HasBrowser ? "" : File.ReadAllText(Path.Combine(Folder, "scene.json"));
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
        Skip.If(!HasBrowser, "Chromium is needed");
        Loop.WritePackage(Folder);
        if (content is null) File.Delete(Path.Combine(Folder, name));
        else File.WriteAllText(Path.Combine(Folder, name), content);
        await GoAsync(new Uri(Address));
        await Page.UntilAsync("document.body?.dataset.state === 'failed'");
        Assert.Contains(said, await Page.EvaluateAsync("document.querySelector('#message p').textContent"), StringComparison.Ordinal);
    }
}
