using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Reconstruction.Cameras.Bundle;

/// <summary>
/// Compares inverse depths from flow inside the first half of a clip with those of the same places from flow inside the second. The halves share no
/// picture, so noise that a bundle adjustment took for parallax is another in each.
/// </summary>
internal static class HalvesTest
{
    private const int Step = 6;

    /// <returns>Rank correlation over all places seen in both halves; 0 where there are none.</returns>
    public static double RankCorrelation(FlowCameras cameras, IReadOnlyList<DirectedFlow[]> flowsFrom, Func<int, int, int, bool> isStatic)
    {
        var places = Places(cameras, flowsFrom, isStatic);
        return Correlation(Ranks([.. places.Select(p => p.First)]), Ranks([.. places.Select(p => p.Second)]));
    }

    /// <summary>Where flow over the middle of the clip joins a point of the first half to one of the second.</summary>
    private static List<(double First, double Second)> Places(FlowCameras cameras, IReadOnlyList<DirectedFlow[]> flowsFrom, Func<int, int, int, bool> isStatic)
    {
        var (k, half) = (cameras.Intrinsics, flowsFrom.Count / 2);
        var (first, firstDepths) = Half(cameras, flowsFrom, isStatic, f => f < half);
        var (second, secondDepths) = Half(cameras, flowsFrom, isStatic, f => f >= half);
        (int, int, int) Cell(int frame, double x, double y) => (frame, (int)(x / Step), (int)(y / Step));
        var cells = Enumerable.Range(0, second.Count).ToDictionary(n => Cell(second[n].Frame, PixelX(second[n]), PixelY(second[n])));
        var places = new List<(double, double)>();
        for (var n = 0; n < first.Count; n++)
        {
            if (flowsFrom[first[n].Frame].LastOrDefault() is not { } flow || flow.To < half
                || !flow.TryTarget((int)Math.Round(PixelX(first[n])), (int)Math.Round(PixelY(first[n])), out var x, out var y)
                || !cells.TryGetValue(Cell(flow.To, x, y), out var m)) continue;
            places.Add((firstDepths[n], secondDepths[m]));
        }

        return places;

        double PixelX(FlowPoint p) => p.X + k.Cx;

        double PixelY(FlowPoint p) => (p.Y * (k.Fy / k.Fx)) + k.Cy;
    }

    private static (List<FlowPoint> Points, double[] InverseDepths) Half(FlowCameras cameras, IReadOnlyList<DirectedFlow[]> flowsFrom,
        Func<int, int, int, bool> isStatic, Func<int, bool> isIn)
    {
        DirectedFlow[][] inside = [.. flowsFrom.Select(flows => flows.Where(f => isIn(f.From) && isIn(f.To)).ToArray())];
        var points = FlowPoints.Gather(cameras.Intrinsics, inside, isStatic, Step);
        return (points, FlowTriangulation.InverseDepths(points, new BundleState(cameras.Intrinsics.Fx, [.. cameras.CamFromWorld], [])));
    }

    private static double[] Ranks(double[] values)
    {
        var order = Enumerable.Range(0, values.Length).OrderBy(i => values[i]).ToArray();
        var ranks = new double[values.Length];
        for (var i = 0; i < order.Length; i++) ranks[order[i]] = i;
        return ranks;
    }

    private static double Correlation(double[] a, double[] b)
    {
        if (a.Length == 0) return 0;
        double meanA = a.Average(), meanB = b.Average(), ab = 0, aa = 0, bb = 0;
        for (var i = 0; i < a.Length; i++)
        {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }

        return aa > 0 && bb > 0 ? ab / Math.Sqrt(aa * bb) : 0;
    }
}
