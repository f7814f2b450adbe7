using System.Globalization;
using Depth3D.Browser.Fixtures;
using Depth3D.Imaging;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Viewer.Loops;

namespace Depth3D.Viewer.Tests.Loops;

/// <summary>The loop's page in a real browser without a screen, on a host of plain files.</summary>
public abstract class LoopPageTest(SharedPage shared) : IClassFixture<SharedPage>, IAsyncLifetime
{
    private protected const int Width = 320, Height = 200;

    /// <summary>Names files that the tests leave their pictures in.</summary>
    private const string PictureVariable = "DEPTH3D_VIEWER_PICTURE";

    private protected static readonly HandMadeLoop Loop = new();

    private StaticHost? _host;

    /// <summary>Where the package and the page lie.</summary>
    private protected string Folder { get; } = Directory.CreateTempSubdirectory("depth3d-loop-page-").FullName;

    private protected string Address => _host!.Address;

    private protected bool HasBrowser => shared.Page is not null;

    private protected ChromiumPage Page => shared.Page!;

    public async Task InitializeAsync()
    {
        if (shared.Page is null) return;
        Loop.WritePackage(Folder);
        LoopViewerPage.Write(Folder);
        _host = await StaticHost.StartAsync(Folder);
        await Page.ResizeAsync(Width, Height, phone: false);
    }

    public async Task DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private protected async Task GoAsync(Uri address)
    {
        await Page.GoAsync(new Uri("about:blank"));
        await Page.GoAsync(address);
    }

    private protected async Task OpenAsync(string address)
    {
        Skip.If(shared.Page is null, "Chromium is needed");
        await GoAsync(new Uri(Address + address));
        await Page.UntilAsync("window.loop?.ready === true || document.body?.dataset.state === 'failed'");
        Assert.NotEqual("failed", await Page.EvaluateAsync("document.body.dataset.state"));
    }

    private protected async Task CompareAsync(int frame, double leastDecibels, string name)
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
    private protected async Task<Raster<byte>> ShotAsync(string name)
    {
        await Page.EvaluateAsync("document.querySelector('#hint').style.display = 'none'");
        await SettledEyeAsync();
        var path = Path.Combine(Folder, "shot.png");
        await File.WriteAllBytesAsync(path, await Page.ScreenshotAsync(captureAll: false));
        if (Environment.GetEnvironmentVariable(PictureVariable) is { Length: > 0 } prefix) File.Copy(path, $"{prefix}-loop-{string.Concat(name.Where(char.IsLetterOrDigit))}.png", overwrite: true);
        return ImageFile.ReadRgb(path);
    }

    private protected async Task<double[]> NumbersAsync(string name) =>
        [.. (await Page.EvaluateAsync($"document.body.dataset.{name}")).Split(' ').Select(v => double.Parse(v, CultureInfo.InvariantCulture))];

    private protected async Task<RigidTransform> SettledEyeAsync()
    {
        await Page.UntilAsync("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(!loop.dirty))))");
        return await EyeAsync();
    }

    private protected async Task<RigidTransform> EyeAsync()
    {
        var n = await NumbersAsync("eye");
        return new(new Mat3(n[0], n[1], n[2], n[4], n[5], n[6], n[8], n[9], n[10]), new(n[3], n[7], n[11]));
    }

    private protected static double Decibels(Raster<byte> a, Raster<byte> b)
    {
        double sum = 0;
        for (var i = 0; i < a.Samples.Length; i++) sum += Math.Pow(a.Samples[i] - b.Samples[i], 2);
        return 10 * Math.Log10(255 * 255 / (sum / a.Samples.Length));
    }
}
