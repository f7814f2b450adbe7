using Depth3D.Cluster.Fixtures;
using Depth3D.Seed.Http;

namespace Depth3D.Seed.Tests;

public sealed class LossSeriesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_clip_shows_every_loss_over_all_chunks()
    {
        var series = LossSeries.Of([File("losses_000.csv", 0), File("losses_001.csv", 2), File("progress_000.json", 0)]);
        Assert.Equal(["flow", "total"], series.Select(s => s.Name));
        Assert.Equal([0, 1, 2, 3], series[1].Points.Select(p => p[0]));
    }

    [Fact]
    public void A_clip_in_windows_shows_the_sum_of_each()
    {
        var series = LossSeries.Of([File("w000_losses_000.csv", 0), File("w001_losses_000.csv", 0), File("w001_losses_001.csv", 2)]);
        Assert.Equal(["w000", "w001"], series.Select(s => s.Name));
        Assert.Equal([2, 4], series.Select(s => s.Points.Count));
        Assert.Equal([1.5, 1.25], series[0].Points.Select(p => p[1]));
    }

    private (string Name, string Path) File(string name, int step)
    {
        var path = _folder.At(name);
        System.IO.File.WriteAllText(path, FormattableString.Invariant($"step,phase,total,flow\n{step},joint,1.5,0.5\n{step + 1},joint,1.25,0.25\n"));
        return (name, path);
    }
}
