using System.Globalization;
using Depth3D.Browser.Fixtures;
using Depth3D.Reconstruction.Loops.Model;
using Depth3D.Rendering.Loops.Packages;
using Depth3D.Viewer;

namespace Depth3D.Bench.LoopViewer;

/// <summary>Has the page draw a loop as fast as it can, waiting for every picture to be finished.</summary>
internal sealed class PageBench(int width, int height, int pictures) : IAsyncDisposable
{
    private const int Rounds = 3;
    private static readonly string[] Views = ["{ x: 0, y: 0, z: 0 }", "{ x: 9, y: -9, z: 0 }", "{ x: 0, y: 0, z: 9 }"];

    private readonly string _folder = Directory.CreateTempSubdirectory("depth3d-loop-bench-").FullName;
    private ChromiumPage _page = null!;

    public async Task StartAsync()
    {
        _page = await ChromiumPage.OpenAsync(new Uri("about:blank"), webGl: true).ConfigureAwait(false);
        await _page.ResizeAsync(width, height, phone: false).ConfigureAwait(false);
    }

    /// <returns>Milliseconds a picture from the middle, from the box's corner, and from as near as the box allows.</returns>
    public async Task<double[]> MeasureAsync(MultiTileVideo video)
    {
        var package = Path.Combine(_folder, Guid.NewGuid().ToString("n"));
        await MtvPackageWriter.WriteAsync(package, video, new MtvPackageOptions()).ConfigureAwait(false);
        await using var server = await ViewerServer.StartAsync(new ViewerSetup { Name = "bench", LoopFolder = package }, CancellationToken.None).ConfigureAwait(false);
        await _page.GoAsync(new Uri("about:blank")).ConfigureAwait(false);
        await _page.GoAsync(new Uri(server.Address + "?embed&paused")).ConfigureAwait(false);
        await _page.UntilAsync("window.loop?.ready === true").ConfigureAwait(false);
        var best = Views.Select(_ => double.PositiveInfinity).ToArray();
        for (var round = 0; round < Rounds; round++)
            for (var i = 0; i < Views.Length; i++)
            {
                await _page.EvaluateAsync($"(loop.setView({Views[i]}), 1)").ConfigureAwait(false);
                best[i] = Math.Min(best[i], double.Parse(await _page.EvaluateAsync($"loop.measure({pictures})").ConfigureAwait(false), CultureInfo.InvariantCulture));
            }

        return best;
    }

    public async ValueTask DisposeAsync()
    {
        if (_page is not null) await _page.DisposeAsync().ConfigureAwait(false);
        Directory.Delete(_folder, recursive: true);
    }
}
