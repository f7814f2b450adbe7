using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Model;
using Depth3D.Reconstruction.Loops.Single;
using Depth3D.Reconstruction.Loops.Views;

namespace Depth3D.Reconstruction.Tests.Loops.Single;

public sealed class LiftedLoopTests
{
    private const int Width = 48, Height = 32;
    private static readonly Intrinsics Camera = Intrinsics.Centered(48, 48, Width, Height);
    private static readonly SegmentSettings At25 = new() { FramesPerSecond = 25 };

    /// <summary>Check H5.</summary>
    [Fact]
    public void AStillClipBecomesOneFrameWithoutMovingTiles()
    {
        var clip = Clip(60, _ => 0);
        var cut = Cutter(clip).Cut(At25, null, "clip");

        var video = Lift(cut);

        Assert.Equal(LoopKind.Still, cut.Kind);
        Assert.Equal(1, video.Frames);
        Assert.Equal(0, video.Tiles.DynamicSlots);
        Assert.True(video.Tiles.StaticSlots > 0);
    }

    [Fact]
    public void FromTheReferenceCameraTheLiftedLoopShowsTheFramesAgain()
    {
        var cut = Cutter(Clip(90, t => 2 * Math.PI * t / 30)).Cut(At25, null, "clip");

        var video = Lift(cut);

        Assert.Equal(30, video.Frames);
        Assert.InRange(video.Tiles.DynamicSlots, 1, video.Geometry.TileCount / 3);
        for (var t = 0; t < 30; t += 7)
            for (var i = 0; i < Width * Height; i += 5)
                Assert.InRange(Seen(video, t, i % Width, i / Width) - cut.Frames[t][i % Width, i / Width], -LiftedLoop.VisibleChange, LiftedLoop.VisibleChange);
    }

    [Fact]
    public void AClipThatDoesNotRepeatIsRefusedWithItsScoreOrRunsBackAndForth()
    {
        var cutter = Cutter(Clip(90, t => 0.0009 * t * t));

        var refused = Assert.Throws<Depth3DException>(() => cutter.Cut(At25, null, "clip.mp4"));
        Assert.Contains("does not repeat", refused.Message, StringComparison.Ordinal);
        Assert.Contains("scores", refused.Message, StringComparison.Ordinal);
        var back = cutter.Cut(At25, LoopKind.PingPong, "clip.mp4");
        Assert.Equal((2 * back.Segment!.Period) - 2, back.Frames.Count);
        Assert.Single(cutter.Cut(At25, LoopKind.Still, "clip.mp4").Frames);
    }

    [Fact]
    public void AClipShorterThanTwiceTheLoopIsRefused()
    {
        var refused = Assert.Throws<Depth3DException>(() => Cutter(Clip(40, t => t)).Cut(At25 with { Period = 24 }, null, "clip.mp4"));
        Assert.Contains("needs a clip of 48", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatLiesBehindAnEdgeIsCarriedOnBelowIt()
    {
        var disparity = new Raster<float>(Width, Height);
        for (var i = 0; i < disparity.Samples.Length; i++) disparity.Samples[i] = i % Width < Width / 2 ? 1f : 0.25f;
        var geometry = PlaneLadder.Grid(Camera, PlaneLadder.UniformInDisparity(0.95, 4.2, 8), PlanePlacement.Border, 16);
        var plate = Clip(1, _ => 0)[0];

        var layers = SceneLayers.Of(geometry, disparity, plate);

        int left = (int)(geometry.Plane.Cx - Camera.Cx), top = (int)(geometry.Plane.Cy - Camera.Cy);
        Assert.Equal(0.25f, layers.Behind[left + (Width / 2) - 1, top + 10]);
        Assert.Equal(0f, layers.Behind[left + 4, top + 10]);
        Assert.Equal(0f, layers.Behind[left + (Width / 2) + 2, top + 10]);
    }

    /// <summary>Composite along the ray of a pixel, which meets every plane in the same texel.</summary>
    private static double Seen(MultiTileVideo video, int frame, int x, int y)
    {
        var geometry = video.Geometry;
        int a = x + (int)(geometry.Plane.Cx - Camera.Cx), b = y + (int)(geometry.Plane.Cy - Camera.Cy), size = geometry.TileSize;
        double light = 1, colour = 0;
        for (var k = 0; k < geometry.Planes; k++)
        {
            var entry = video.Tiles[k, b / size, a / size];
            if (entry == TileTable.Empty) continue;
            var isDynamic = video.Tiles.IsDynamic(entry);
            var tile = isDynamic ? ((entry - video.Tiles.StaticSlots) * video.Frames) + frame : entry;
            var texel = ((((tile * size) + (b % size)) * size) + (a % size)) * 4;
            var values = isDynamic ? video.DynamicTexels : video.StaticTexels;
            colour += light * values[texel + 3] * values[texel] * 255;
            light *= 1 - values[texel + 3];
        }

        Assert.Equal(0, light, 1e-6);
        return colour;
    }

    private static MultiTileVideo Lift(LoopCut cut)
    {
        var disparity = new Raster<float>(Width, Height);
        for (var i = 0; i < disparity.Samples.Length; i++) disparity.Samples[i] = 0.3f + (0.6f * (i / Width) / Height);
        var depth = new Raster<float>(Width, Height, 1, Array.ConvertAll(disparity.Samples, d => 1 / d));
        var geometry = PlanePlacement.Geometry(depth, Camera, 8, 16);
        var plate = FrameMedian.Of(cut.Frames);
        return LiftedLoop.Build(geometry, SceneLayers.Of(geometry, disparity, plate), cut.Frames, plate, [.. Enumerable.Repeat(true, Width * Height)], 25,
            new ViewBox(Vec3.Zero, new Vec3(0, 0, 2), new Vec3(0, -1, 0)));
    }

    private static LoopCutter Cutter(Raster<byte>[] clip)
    {
        var mask = LoopableMask.Of(clip);
        return new LoopCutter(clip, Where(mask, v => v != LoopableMask.Unchanging), Where(mask, v => v == LoopableMask.Unchanging));
    }

    private static Raster<byte> Where(Raster<byte> mask, Func<byte, bool> wanted) =>
        new(mask.Width, mask.Height, 1, Array.ConvertAll(mask.Samples, v => wanted(v) ? (byte)255 : (byte)0));

    /// <summary>A still wall with a window of ripples whose phase at frame t is given.</summary>
    private static Raster<byte>[] Clip(int frames, Func<int, double> phase) => [.. Enumerable.Range(0, frames).Select(t =>
    {
        var frame = new Raster<byte>(Width, Height, 3);
        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++)
                for (var c = 0; c < 3; c++)
                    frame[x, y, c] = (byte)(x is > 20 and < 40 && y is > 8 and < 22 ? 120 + (70 * Math.Sin((x / 3.0) + phase(t))) : 60 + x + y + (10 * c));
        return frame;
    })];
}
