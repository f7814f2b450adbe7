using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Reconstruction.Loops.Culling;

/// <summary>
/// Leaves out tiles without changing any colour of the views by more than a budget (spec 10.2). Taking tiles out changes a pixel by at most the sum of their
/// weights there before anything was taken out, per channel, for colours in 0..1: so tiles go one after another, least first, while that sum stays within
/// the budget in every pixel, and nothing has to be drawn again.
/// </summary>
public static class TileCulling
{
    /// <param name="views">Whose pictures are kept.</param>
    /// <param name="budget">Largest change of a colour, 0..1; 0 takes out only what adds nothing.</param>
    /// <param name="frames">Frames of the loop that count; null for all. One is enough where no alpha changes over the loop.</param>
    public static CullingResult Cull(MultiTileVideo video, IReadOnlyList<LoopView> views, double budget, IReadOnlyList<int>? frames = null)
    {
        ArgumentNullException.ThrowIfNull(video);
        if (!(budget >= 0 && budget <= 1)) throw new ArgumentOutOfRangeException(nameof(budget), budget, "0 to 1");
        var contributions = TileContributions.Measure(video, views, frames, (float)budget);
        var labels = video.Tiles.Labels();
        int unseen = 0, withinBudget = 0;
        for (var tile = 0; tile < labels.Length; tile++)
        {
            if (labels[tile] == TileLabel.Empty || contributions.Largest(tile) > 0) continue;
            labels[tile] = TileLabel.Empty;
            unseen++;
        }

        var spent = new float[views.Sum(view => view.Intrinsics.Width * view.Intrinsics.Height)];
        foreach (var (tile, weights) in Candidates(contributions, budget))
        {
            if (weights.Any(w => spent[w.Pixel] + w.Weight > budget)) continue;
            foreach (var w in weights) spent[w.Pixel] += w.Weight;
            labels[tile] = TileLabel.Empty;
            withinBudget++;
        }

        return new CullingResult(labels, unseen, withinBudget, spent.Length == 0 ? 0 : spent.Max());
    }

    /// <summary>Tiles that are nowhere heavier than the budget, least first.</summary>
    private static IEnumerable<(int Tile, PixelWeight[] Weights)> Candidates(TileContributions contributions, double budget) => contributions.Small
        .GroupBy(w => w.Tile)
        .Where(g => contributions.Largest(g.Key) <= budget)
        .OrderBy(g => contributions.Largest(g.Key)).ThenBy(g => g.Key)
        .Select(g => (g.Key, g.ToArray()));
}
