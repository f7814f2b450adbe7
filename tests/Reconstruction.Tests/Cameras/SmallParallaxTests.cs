using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Cameras.Bundle;
using Depth3D.Reconstruction.Optimisation;
using Depth3D.Reconstruction.Tests.Optimisation;
using Depth3D.Rendering.TruthScenes;
using TruthClip = Depth3D.Reconstruction.Tests.Optimisation.TruthClip;

namespace Depth3D.Reconstruction.Tests.Cameras;

public sealed class SmallParallaxTests
{
    private const int Frames = 16, Width = TruthClip.Width, Height = TruthClip.Height;

    private static readonly Lazy<TruthClip> Turn = new(() => TruthClip.Make(Frames, PriorError.Noisy, TruthCameraMotion.RotationOnly, flowNoise: 0.05));

    [Theory]
    [InlineData(0.02, 0.02)]
    [InlineData(0.04, 0.05)]
    public void ASwayingCameraIsSolvedWithItsParallax(double noise, double positionError)
    {
        var truth = TruthClip.Make(Frames, PriorError.Noisy, TruthCameraMotion.Handheld, flowNoise: noise);
        var (found, why) = Find(truth, FlowsFrom(truth, f => f));
        Assert.True(found is not null, why);
        var track = new CameraTrack(found.Intrinsics, [.. found.CamFromWorld.Select(c => new FrameCamera(c))], CameraMotion.Parallax, "flow", "");
        var errors = CameraError.Compare(track, truth.Cameras);
        Assert.InRange(errors.PositionShare!.Value, 0, positionError);
        Assert.InRange(errors.RotationMaxDegrees, 0, 0.1);
        Assert.True(found.Points.Count > 500, $"{found.Points.Count} points");
        Assert.Contains("halves agree", why, StringComparison.Ordinal);
    }

    [Fact]
    public void NoiseOnATurnIsNoParallax()
    {
        var (found, why) = Find(Turn.Value, FlowsFrom(Turn.Value, f => f));
        Assert.Null(found);
        Assert.Contains("no small parallax", why, StringComparison.Ordinal);
        var evidence = Evidence(FlowsFrom(Turn.Value, f => f));
        Assert.False(evidence.Holds);
        Assert.InRange(evidence.LeftOver, 0.8, double.PositiveInfinity);
        Assert.InRange(evidence.Agreement, -0.3, 0.3);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(0.05)]
    public void WhatABentLensDoesToATurnIsNoParallax(double bend)
    {
        // Depths of such an orbit are a bowl over the picture, on which both halves agree: only what a lens can do by itself tells.
        var flows = FlowsFrom(Turn.Value, f => Bent(f, bend));
        var (found, why) = Find(Turn.Value, flows);
        Assert.True(found is null, why);
        Assert.InRange(Evidence(flows).LeftOver, 0.8, double.PositiveInfinity);
    }

    [Fact]
    public void AFewFramesAreNotEnough()
    {
        var (found, why) = SmallParallax.Find(Turn.Value.Clip.Intrinsics, [[], []], (_, _, _) => true, CancellationToken.None);
        Assert.Null(found);
        Assert.Contains("too few frames", why, StringComparison.Ordinal);
    }

    private static (FlowCameras? Cameras, string Why) Find(TruthClip truth, DirectedFlow[][] flows) =>
        SmallParallax.Find(truth.Clip.Intrinsics, flows, IsStatic(truth), CancellationToken.None);

    /// <summary>Of the turn, whatever the gates say.</summary>
    private static ParallaxEvidence Evidence(DirectedFlow[][] flows)
    {
        var isStatic = IsStatic(Turn.Value);
        var cameras = FlowCameraSolver.Solve(Turn.Value.Clip.Intrinsics, true, flows, isStatic, null, CancellationToken.None, smallParallax: true)!;
        return new ParallaxEvidence(SmallParallax.LeftOver(cameras, flows, isStatic), HalvesTest.RankCorrelation(cameras, flows, isStatic));
    }

    private static Func<int, int, int, bool> IsStatic(TruthClip truth) => (f, x, y) => !truth.Moving[f][(y * Width) + x];

    private static DirectedFlow[][] FlowsFrom(TruthClip truth, Func<DirectedFlow, DirectedFlow> change) =>
        [.. Enumerable.Range(0, Frames).Select(i => truth.Flows.Where(f => f.Flow.From == i).Select(f => change(f.Flow)).OrderBy(f => f.To).ToArray())];

    /// <summary>The flow as a lens shows it that puts what is at radius r (in focal lengths) at r (1 + bend r²).</summary>
    private static DirectedFlow Bent(DirectedFlow flow, double bend)
    {
        var k = Turn.Value.Clip.Intrinsics;
        (double X, double Y) Bend(double x, double y, double by)
        {
            double a = (x - k.Cx) / k.Fx, b = (y - k.Cy) / k.Fy, r = 1 + (by * ((a * a) + (b * b)));
            return (k.Cx + (k.Fx * a * r), k.Cy + (k.Fy * b * r));
        }

        var (bent, valid) = (new float[2 * Width * Height], new byte[Width * Height]);
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                // Flow hardly changes over what the rounding and the first-order inverse of the bend are off by.
                var straight = Bend(x, y, -bend);
                int px = (int)Math.Round(straight.X), py = (int)Math.Round(straight.Y), i = (y * Width) + x;
                if (px < 0 || py < 0 || px >= Width || py >= Height || !flow.TryTarget(px, py, out var tx, out var ty)) continue;
                var target = Bend(straight.X + tx - px, straight.Y + ty - py, bend);
                var from = Bend(straight.X, straight.Y, bend);
                (bent[2 * i], bent[(2 * i) + 1], valid[i]) = ((float)(target.X - from.X), (float)(target.Y - from.Y), 1);
            }
        }

        return new DirectedFlow(flow.From, flow.To, Width, Height, bent, valid);
    }
}
