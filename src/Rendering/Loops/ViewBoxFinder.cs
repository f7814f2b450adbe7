using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Rendering.Loops;

/// <summary>
/// How far viewers may move before the picture shows where nothing is (spec 9.9): the box grows axis by axis until coverage is below 0.98 for more than 2 %
/// of the pixels at a corner. What is uncovered from the reference camera already does not count against a corner; a texel that moves counts with its
/// least alpha over the loop, so that the box holds for every frame.
/// </summary>
public static class ViewBoxFinder
{
    private const double Step = 0.01, Covered = 0.98, MostUncovered = 0.02;

    /// <summary>Holes that count are larger than a pixel of this size of picture.</summary>
    private const int Width = 160;

    /// <param name="most">Half-extent that is not exceeded: how far the scene itself was made to be seen from.</param>
    public static ViewBox Find(MultiTileVideo video, Vec3 most)
    {
        ArgumentNullException.ThrowIfNull(video);
        var renderer = new LoopRenderer(LeastCovering(video));
        var camera = video.Geometry.Reference.ScaledTo(Math.Min(Width, video.Geometry.Reference.Width), Height(video.Geometry.Reference));
        var allowed = Uncovered(renderer, camera, RigidTransform.Identity) + MostUncovered;
        if (Holds(video.View with { Extent = most })) return video.View with { Extent = most };
        double[] extent = [0, 0, 0], limit = [most.X, most.Y, most.Z];
        var growing = new[] { true, true, true };
        while (growing.Any(g => g))
        {
            for (var axis = 0; axis < 3; axis++)
            {
                if (!growing[axis]) continue;
                var before = extent[axis];
                extent[axis] = Math.Min(limit[axis], before + Step);
                var box = video.View with { Extent = new Vec3(extent[0], extent[1], extent[2]) };
                growing[axis] = extent[axis] > before && Holds(box);
                if (!growing[axis]) extent[axis] = before;
            }
        }

        return video.View with { Extent = new Vec3(extent[0], extent[1], extent[2]) };

        bool Holds(ViewBox box) =>
            ViewBoxCamera.Corners(box.Extent).All(corner => Uncovered(renderer, camera, ViewBoxCamera.CamFromReference(box, corner)) <= allowed);
    }

    private static int Height(Intrinsics reference) => Math.Max(1, reference.Height * Math.Min(Width, reference.Width) / reference.Width);

    private static double Uncovered(LoopRenderer renderer, Intrinsics camera, RigidTransform camFromReference)
    {
        var picture = renderer.Render(camera, camFromReference, 0).Rgba;
        var count = 0;
        for (var i = 3; i < picture.Samples.Length; i += 4)
            if (picture.Samples[i] < Covered) count++;
        return (double)count / picture.PixelCount;
    }

    /// <summary>The loop as one frame in which every texel has the least alpha it ever has.</summary>
    private static MultiTileVideo LeastCovering(MultiTileVideo video)
    {
        if (video.Tiles.DynamicSlots == 0) return video;
        var builder = new MultiTileVideoBuilder(video.Geometry, Array.ConvertAll(video.Tiles.Labels(), label => label == TileLabel.Empty ? label : TileLabel.Static), 1);
        var table = video.Tiles;
        for (var tile = 0; tile < table.Entries.Length; tile++)
        {
            var entry = table.Entries[tile];
            if (entry == TileTable.Empty) continue;
            var to = builder.Tile(tile / (table.TilesY * table.TilesX), tile / table.TilesX % table.TilesY, tile % table.TilesX, 0);
            video.Tile(entry, 0).CopyTo(to);
            for (var frame = 1; frame < (table.IsDynamic(entry) ? video.Frames : 1); frame++)
            {
                var texels = video.Tile(entry, frame);
                for (var i = 3; i < to.Length; i += 4) to[i] = Math.Min(to[i], texels[i]);
            }
        }

        return builder.Build(video.FramesPerSecond, video.View);
    }
}
