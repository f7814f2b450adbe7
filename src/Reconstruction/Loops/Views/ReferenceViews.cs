using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Reconstruction.Loops.Views;

/// <summary>The two views that get the loss with large patches: much of them loops, and they stand far apart (video-loop spec 10.5, point 2).</summary>
public static class ReferenceViews
{
    /// <param name="views">Those that are trained on.</param>
    /// <param name="loopableShares">Per view of <paramref name="views"/>.</param>
    /// <returns>Two indices, ascending; one where there is one view.</returns>
    public static IReadOnlyList<int> Choose(IReadOnlyList<LoopView> views, IReadOnlyList<double> loopableShares)
    {
        ArgumentNullException.ThrowIfNull(views);
        ArgumentNullException.ThrowIfNull(loopableShares);
        if (views.Count == 1) return [views[0].Index];
        var pairs = Enumerable.Range(0, views.Count).SelectMany(a => Enumerable.Range(a + 1, views.Count - a - 1).Select(b => (A: a, B: b))).ToArray();
        double farthest = Math.Max(pairs.Max(p => Distance(views, p)), 1e-12), most = Math.Max(loopableShares.Max(), 1e-12);
        var (first, second) = pairs.MaxBy(p => (Distance(views, p) / farthest) + ((loopableShares[p.A] + loopableShares[p.B]) / (2 * most)));
        return [.. new[] { views[first].Index, views[second].Index }.Order()];
    }

    private static double Distance(IReadOnlyList<LoopView> views, (int A, int B) pair) =>
        (views[pair.A].CamFromReference.Center - views[pair.B].CamFromReference.Center).Length;
}
