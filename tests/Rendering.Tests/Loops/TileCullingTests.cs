using Depth3D.Reconstruction.Loops.Culling;
using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Rendering.Tests.Loops;

/// <summary>Culling, checked with pictures drawn before and after.</summary>
public class TileCullingTests
{
    private static readonly LoopView[] Views =
    [
        new(0, RandomLoops.Camera, RandomLoops.Pose(0, 0, 0)),
        new(1, RandomLoops.Camera, RandomLoops.Pose(0.2, 0.05, 0, yaw: -0.05)),
        new(2, RandomLoops.Camera, RandomLoops.Pose(-0.15, -0.1, 0.1)),
    ];

    [Theory]
    [InlineData(2.0 / 255)]
    [InlineData(0.05)]
    [InlineData(0.3)]
    public void NoColourChangesByMoreThanTheBudget(double budget)
    {
        var video = Faint(RandomLoops.Make(RandomLoops.Geometry(planes: 8), kept: 0.7, seed: 4));
        var result = TileCulling.Cull(video, Views, budget);
        var culled = TileSelection.Keep(video, result.Labels);
        Assert.True(result.WithinBudget > 0);
        Assert.InRange(result.Bound, 0, budget + 1e-6);
        var largest = LargestChange(video, culled);
        Assert.InRange(largest, 0, result.Bound + 1e-6);
        Assert.True(largest > 0);
    }

    [Fact]
    public void TakingOutWhatAddsNothingChangesNothing()
    {
        var video = Faint(RandomLoops.Make(RandomLoops.Geometry(planes: 8), kept: 0.7, seed: 4), alphaOfOdd: 0);
        var result = TileCulling.Cull(video, Views, 0);
        Assert.True(result.Unseen > 0);
        Assert.Equal(0, result.WithinBudget);
        Assert.Equal(0, LargestChange(video, TileSelection.Keep(video, result.Labels)));
    }

    [Fact]
    public void SmallerTilesShowTheSame()
    {
        var video = RandomLoops.Make(RandomLoops.Geometry(planes: 3, tile: 16), kept: 0.5);
        var fine = TileSplit.Fine(video);
        Assert.Equal(TileSplit.FineSide, fine.Geometry.TileSize);
        Assert.Equal(video.Parameters, fine.Parameters);
        Assert.Equal(0, LargestChange(video, fine));
        Assert.Same(fine, TileSplit.Fine(fine));
    }

    [Fact]
    public void WhatOneViewAlonePutBeforeTheSceneIsPruned()
    {
        var video = RandomLoops.Make(RandomLoops.Geometry(planes: 6), kept: 1);
        var perPlane = video.Geometry.TilesX * video.Geometry.TilesY;
        var ahead = new LoopView(3, RandomLoops.Camera, RandomLoops.Pose(0, 0, 1.3));
        LoopView[] oneSeesNear = [Views[0], ahead, ahead], twoSeeNear = [Views[0], Views[1], ahead];
        var (labels, removed) = NearPlanePruning.Prune(video, TileContributions.Measure(video, oneSeesNear));
        Assert.InRange(removed, 1, 2 * perPlane);
        Assert.All(labels[(2 * perPlane)..], label => Assert.NotEqual(TileLabel.Empty, label));
        Assert.True(NearPlanePruning.Prune(video, TileContributions.Measure(video, twoSeeNear)).Removed < removed / 2);
        Assert.Equal(0, NearPlanePruning.Prune(video, TileContributions.Measure(video, oneSeesNear[..2])).Removed);
    }

    [Fact]
    public void ATileThatStandsStillHoldsItsMean()
    {
        var video = RandomLoops.Make(RandomLoops.Geometry(planes: 2), kept: 0.5);
        var still = TileSelection.Keep(video, Array.ConvertAll(video.Tiles.Labels(), label => label == TileLabel.Dynamic ? TileLabel.Static : label));
        Assert.Equal(0, still.Tiles.DynamicSlots);
        var tile = Array.IndexOf(video.Tiles.Labels(), TileLabel.Dynamic);
        var before = Enumerable.Range(0, video.Frames).Select(t => video.Tile(video.Tiles.Entries[tile], t).ToArray()).ToArray();
        var after = still.Tile(still.Tiles.Entries[tile], 0).ToArray();
        for (var i = 0; i < after.Length; i += 4)
        {
            Assert.Equal(before.Average(t => t[i + 3]), after[i + 3], 1e-6);
            Assert.Equal(before.Average(t => t[i] * t[i + 3]), after[i] * after[i + 3], 1e-6);
        }

        Assert.Throws<ArgumentException>(() => TileSelection.Keep(still, video.Tiles.Labels()));
    }

    /// <summary>Every other tile hardly covers anything.</summary>
    private static MultiTileVideo Faint(MultiTileVideo video, float alphaOfOdd = 0.003f)
    {
        for (var entry = 1; entry < video.Tiles.StaticSlots + video.Tiles.DynamicSlots; entry += 2)
            for (var frame = 0; frame < video.Frames; frame++)
            {
                var tile = video.Tile(entry, frame);
                for (var i = 3; i < tile.Length; i += 4) tile[i] = alphaOfOdd * (i % 8 == 3 ? 1 : 0.5f);
            }

        return video;
    }

    private static double LargestChange(MultiTileVideo before, MultiTileVideo after)
    {
        double largest = 0;
        foreach (var view in Views)
            for (var frame = 0; frame < before.Frames; frame++)
            {
                var a = ReferenceRenderer.Render(before, view.Intrinsics, view.CamFromReference, frame);
                var b = ReferenceRenderer.Render(after, view.Intrinsics, view.CamFromReference, frame);
                for (var i = 0; i < a.Length; i++) largest = Math.Max(largest, Math.Abs(a[i] - b[i]));
            }

        return largest;
    }
}
