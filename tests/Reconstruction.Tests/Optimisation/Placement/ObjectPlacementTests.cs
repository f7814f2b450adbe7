using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Optimisation;
using Depth3D.Reconstruction.Optimisation.Placement;

namespace Depth3D.Reconstruction.Tests.Optimisation.Placement;

public sealed class ObjectPlacementTests
{
    private const int Width = 64, Height = 48;

    [Fact]
    public void ThingsStayTwoWhileOnePassesBeforeTheOther()
    {
        // A wide one stands, a narrow one passes before it from left to right.
        var clip = Clip(16, (f, x, y) => Inside(x, y, 4 + (3 * f), 20, 8, 12) ? 3 : Inside(x, y, 24, 10, 18, 24) ? 0 : null);
        var objects = MovingObjects.Find(clip);
        Assert.Equal(2, objects.Count);
        for (var f = 0; f < 16; f++)
        {
            var front = objects.Labels[f][(26 * Width) + Math.Min(Width - 1, 4 + (3 * f) + 4)];
            var rear = objects.Labels[f][(12 * Width) + 30];
            Assert.True(front > 0 && rear > 0 && front != rear, $"frame {f}: {front} and {rear}");
        }
    }

    [Fact]
    public void TheAirborneBallMovesTowardsItsDepthAndTheWalkerToHis()
    {
        // Static depth exact, the walker's 2 % and the ball's 65 % too far; the camera goes along an arc.
        var clip = TruthClip.Make(24, new PriorError(0, 0.06, 0, [0, 0.02, 0.5]));
        var placement = new ObjectPlacement(clip.Clip);
        var shifts = placement.Find((f, i) => clip.Clip.LogPriorDepth[f][i]);
        var placed = PlacedPrior.Make(clip.Clip, placement, shifts);
        Assert.Equal(2, placement.Objects);
        Assert.True(Error(clip, clip.Prior, 2) > 0.45, "the ball starts far off");
        var depth = placed.LogDepth.Select(l => Array.ConvertAll(l, v => (float)(Math.Exp(v) * clip.Clip.DepthUnit))).ToArray();
        Assert.InRange(Error(clip, depth, 1), -0.06, 0.06);
        Assert.InRange(Error(clip, depth, 2), -0.2, 0.2);
    }

    [Theory]
    [InlineData(CameraMotion.RotationOnly, -0.01, 0.02)]
    [InlineData(CameraMotion.Parallax, 0.2, 0.26)]
    public void WhatLeansBackOnlyByThePriorIsSetUpright(CameraMotion motion, double least, double most)
    {
        // By the prior it recedes from its foot on row 39 to its head on row 16 by a quarter.
        double Lean(int row) => 0.25 * (39 - row) / 24;
        var clip = Clip(4, (f, x, y) => Inside(x, y, 10 + f, 16, 30, 24) ? 1 : null, y => (float)(2 * Math.Exp(Lean(y))), motion);
        var placement = new ObjectPlacement(clip);
        var placed = PlacedPrior.Make(clip, placement, [new double[4]]).LogDepth[1];
        Assert.InRange(placed[(16 * Width) + 25] - placed[(39 * Width) + 25], least, most);
        Assert.InRange(placed[(28 * Width) + 25] - clip.LogPriorDepth[1][(28 * Width) + 25], -0.02, 0.02);
    }

    /// <summary>Median log ratio of depth over truth on one body.</summary>
    private static double Error(TruthClip clip, float[][] depth, int body)
    {
        var logs = new List<double>();
        for (var f = 0; f < depth.Length; f++)
        {
            for (var i = 0; i < depth[f].Length; i++)
                if (clip.Bodies[f][i] == body) logs.Add(Math.Log(depth[f][i] / clip.Depth[f][i]));
        }

        logs.Sort();
        return logs[logs.Count / 2];
    }

    private static bool Inside(int x, int y, int left, int top, int width, int height) =>
        x >= left && x < left + width && y >= top && y < top + height;

    /// <param name="speed">Pixels a frame to the right of what is at a pixel of a frame; null where nothing moves.</param>
    /// <param name="depthOfRow">By the prior.</param>
    private static TrainingClip Clip(int frames, Func<int, int, int, int?> speed, Func<int, float>? depthOfRow = null, CameraMotion motion = CameraMotion.Static)
    {
        var moving = new bool[frames][];
        var flows = new List<(DirectedFlow, bool)>();
        for (var f = 0; f < frames; f++)
        {
            var at = Enumerable.Range(0, Width * Height).Select(i => speed(f, i % Width, i / Width)).ToArray();
            moving[f] = Array.ConvertAll(at, s => s is not null);
            foreach (var to in new[] { f - 1, f + 1 }.Where(t => t >= 0 && t < frames))
            {
                var flow = at.SelectMany(s => new[] { (float)((s ?? 0) * (to - f)), 0f }).ToArray();
                var seen = at.Select((s, i) => i % Width + ((s ?? 0) * (to - f)) is >= 0 and < Width and var x && speed(to, x, i / Width) == s ? (byte)1 : (byte)0);
                flows.Add((new DirectedFlow(f, to, Width, Height, flow, [.. seen]), false));
            }
        }

        var cameras = new CameraTrack(Intrinsics.Centered(60, 60, Width, Height),
            [.. Enumerable.Repeat(new FrameCamera(RigidTransform.Identity), frames)], motion, "test", "test");
        float[][] depth = [.. Enumerable.Range(0, frames).Select(_ => Enumerable.Range(0, Width * Height).Select(i => depthOfRow?.Invoke(i / Width) ?? 2f).ToArray())];
        return TrainingClip.Create(cameras, Width, Height, depth, moving, flows);
    }
}
