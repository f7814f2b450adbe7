using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Cameras.Bundle;
using Depth3D.Reconstruction.Tests.Optimisation;

namespace Depth3D.Reconstruction.Tests.Cameras;

public sealed class FlowCameraSolverTests
{
    [Theory]
    [InlineData(false, 0.02)]
    [InlineData(true, 1e-9)]
    public void NoisyFlowAloneGivesTheCameras(bool focalKnown, double focalError)
    {
        var truth = TruthClip.Make(16, PriorError.Noisy, flowNoise: 0.1);
        var found = Solve(truth, focalKnown)!;
        var track = new CameraTrack(found.Intrinsics, [.. found.CamFromWorld.Select(c => new FrameCamera(c))], CameraMotion.Parallax, "flow", "");
        var errors = CameraError.Compare(track, truth.Cameras);
        Assert.InRange(errors.PositionShare!.Value, 0, 0.005);
        Assert.InRange(errors.RotationMaxDegrees, 0, 0.1);
        Assert.InRange(errors.FocalRatio, 1 - focalError, 1 + focalError);
        Assert.Empty(found.Quality.Failures(1));
        Assert.True(found.Points.Count > 1000);
        Assert.InRange(found.Points.Average(p => p.ErrorPixels), 0, 0.3);
    }

    [Fact]
    public void FlowThatLeavesFramesOutSolvesNothing()
    {
        var truth = TruthClip.Make(4, PriorError.Noisy);
        Assert.Null(FlowCameraSolver.Solve(truth.Clip.Intrinsics, false, truth.Clip.FlowsFrom, (_, _, _) => false, null, CancellationToken.None));
    }

    private static FlowCameras? Solve(TruthClip truth, bool focalKnown) => FlowCameraSolver.Solve(truth.Clip.Intrinsics, focalKnown,
        truth.Clip.FlowsFrom, (f, x, y) => !truth.Moving[f][(y * TruthClip.Width) + x], null, CancellationToken.None);
}
