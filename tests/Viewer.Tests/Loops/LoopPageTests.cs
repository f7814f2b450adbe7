using System.Globalization;
using Depth3D.Browser.Fixtures;
using Depth3D.Imaging;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Viewer.Loops;

namespace Depth3D.Viewer.Tests.Loops;

/// <summary>The loop's page in a real browser without a screen, on a host of plain files, against what every ray must show.</summary>
public sealed class LoopPageTests : IAsyncLifetime
{
    private const int Width = 320, Height = 200;

    /// <summary>Names files that the tests leave their pictures in.</summary>
    private const string PictureVariable = "DEPTH3D_VIEWER_PICTURE";

    private static readonly HandMadeLoop Loop = new();

    private readonly string _folder = Directory.CreateTempSubdirectory("depth3d-loop-page-").FullName;
    private StaticHost? _host;
    private ChromiumPage? _page;

    private ChromiumPage Page => _page!;

    public async Task InitializeAsync()
    {
        if (ChromiumPage.Program is null) return;
        Loop.WritePackage(_folder);
        LoopViewerPage.Write(_folder);
        _host = await StaticHost.StartAsync(_folder);
        _page = await ChromiumPage.OpenAsync(new Uri("about:blank"), webGl: true);
        await Page.ResizeAsync(Width, Height, phone: false);
    }

    public async Task DisposeAsync()
    {
        if (_page is not null) await _page.DisposeAsync();
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

    private async Task OpenAsync(string address)
    {
        Skip.If(_page is null, "Chromium is needed");
        await Page.GoAsync(new Uri(_host!.Address + address));
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
        await Page.UntilAsync("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(!loop.dirty))))");
        var path = Path.Combine(_folder, "shot.png");
        await File.WriteAllBytesAsync(path, await Page.ScreenshotAsync(captureAll: false));
        if (Environment.GetEnvironmentVariable(PictureVariable) is { Length: > 0 } prefix) File.Copy(path, $"{prefix}-loop-{string.Concat(name.Where(char.IsLetterOrDigit))}.png", overwrite: true);
        return ImageFile.ReadRgb(path);
    }

    private async Task<double[]> NumbersAsync(string name) =>
        [.. (await Page.EvaluateAsync($"document.body.dataset.{name}")).Split(' ').Select(v => double.Parse(v, CultureInfo.InvariantCulture))];

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
