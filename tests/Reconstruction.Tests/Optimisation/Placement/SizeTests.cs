using Depth3D.Reconstruction.Optimisation;
using Depth3D.Reconstruction.Optimisation.Placement;

namespace Depth3D.Reconstruction.Tests.Optimisation.Placement;

public sealed class SizeTests
{
    [Fact]
    public void TurningAboutTheUprightAxisDoesNotChangeTheStretch()
    {
        // Comes nearer by a tenth while its face turns away: widths shrink by a fifth, and shear with height.
        var points = Grid((x, y) => (50 + (0.8 * 1.1 * x), 40 + (1.1 * y) + (0.05 * x)));
        Assert.Equal(Math.Log(1.1), AffineMotion.UprightLogStretch(points), 6);
    }

    [Fact]
    public void AQuarterOfStrayPointsDoesNotChangeTheStretch()
    {
        var points = Grid((x, y) => (1.05 * x, 1.05 * y));
        for (var i = 0; i < points.Length; i += 4) points[i] = points[i] with { X2 = points[i].X + 7, Y2 = points[i].Y - 3 };
        Assert.Equal(Math.Log(1.05), AffineMotion.UprightLogStretch(points), 3);
    }

    [Fact]
    public void PointsOnALineTellNothing()
    {
        PointMotion[] line = [.. Enumerable.Range(0, 30).Select(i => new PointMotion(i, 2 * i, i, 2 * i))];
        Assert.True(double.IsNaN(AffineMotion.UprightLogStretch(line)));
    }

    [Fact]
    public void ChainedChangesGiveSizesOfEveryFrameSeen()
    {
        int[] seen = [0, 1, 2, 4, 5, 6, 7, 9];
        var truth = new double[10];
        for (var f = 0; f < truth.Length; f++) truth[f] = 0.3 * Math.Sin(f / 3.0);
        var links = new List<SizeLink>();
        foreach (var a in seen)
        {
            foreach (var b in seen.Where(b => b > a && b - a <= 4)) links.Add(new SizeLink(a, b, truth[b] - truth[a], 1.0 / (b - a)));
        }

        links.Add(new SizeLink(1, 5, 3, 1)); // a wild one
        var sizes = SizeChain.Solve(seen, links, truth.Length);
        Assert.True(double.IsNaN(sizes[3]) && double.IsNaN(sizes[8]));
        foreach (var f in seen) Assert.Equal(truth[f] - truth[0], sizes[f] - sizes[0], 6);
        Assert.Equal(0, seen.Average(f => sizes[f]), 9);
    }

    private static PointMotion[] Grid(Func<double, double, (double X, double Y)> to) =>
        [.. Enumerable.Range(0, 200).Select(i => (X: (double)(i % 20), Y: (double)(i / 20))).Select(p =>
        {
            var (x, y) = to(p.X, p.Y);
            return new PointMotion(p.X, p.Y, x, y);
        })];
}
