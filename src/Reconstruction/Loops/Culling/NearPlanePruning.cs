using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Reconstruction.Loops.Culling;

/// <summary>
/// Takes out what only one view put before the scene: near planes gather what views do not agree on (spec 8, 10.1.5), because what lies close to one camera
/// is out of the others' sight. What stands there must show in at least two views.
/// </summary>
public static class NearPlanePruning
{
    /// <summary>A weight that can be seen: one of 50 grey levels of 255 changes by one.</summary>
    private const float Visible = 0.02f;

    /// <summary>Share of the planes, nearest first, that are looked at. Farther ones may well be seen by one view alone, at the border.</summary>
    private const double NearShare = 1.0 / 3;

    /// <param name="contributions">Of the same loop in all views of the source.</param>
    /// <param name="leastViews">Views that must see a tile; a source of fewer views is not pruned.</param>
    /// <returns>Labels with the pruned tiles empty, and how many they are.</returns>
    public static (TileLabel[] Labels, int Removed) Prune(MultiTileVideo video, TileContributions contributions, int leastViews = 2)
    {
        ArgumentNullException.ThrowIfNull(video);
        ArgumentNullException.ThrowIfNull(contributions);
        var labels = video.Tiles.Labels();
        var removed = 0;
        if (contributions.Views <= leastViews) return (labels, removed);
        var nearTiles = (int)(video.Geometry.Planes * NearShare) * video.Geometry.TilesY * video.Geometry.TilesX;
        for (var tile = 0; tile < nearTiles; tile++)
        {
            if (labels[tile] == TileLabel.Empty || contributions.Support(tile, Visible) is var support && (support == 0 || support >= leastViews)) continue;
            labels[tile] = TileLabel.Empty;
            removed++;
        }

        return (labels, removed);
    }
}
