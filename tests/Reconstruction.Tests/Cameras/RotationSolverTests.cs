using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Cameras.Rotation;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Reconstruction.Tests.Cameras;

public sealed class RotationSolverTests
{
    private const int Width = 128, Height = 80, Frames = 17;

    [Theory]
    [InlineData(TruthCameraMotion.Arc, CameraMotion.Parallax)]
    [InlineData(TruthCameraMotion.RotationOnly, CameraMotion.RotationOnly)]
    [InlineData(TruthCameraMotion.Static, CameraMotion.Static)]
    public void MotionIsRecognisedFromFlow(TruthCameraMotion motion, CameraMotion expected)
    {
        var pairs = Pairs(TruthScene.Courtyard(Frames, motion), noisePixels: 0.1, withMasks: true);
        Assert.Equal(expected, RotationSolver.Find(pairs, Width, null).Motion);
    }

    [Fact]
    public void ATurningCameraIsSolvedWithItsFocalLength()
    {
        var scene = TruthScene.Courtyard(Frames, TruthCameraMotion.RotationOnly);
        var pairs = Pairs(scene, noisePixels: 0.1, withMasks: false);
        var track = RotationSolver.Solve(RotationSolver.Find(pairs, Width, null), pairs, Frames, (256, 160), Width, Height);
        var errors = CameraError.Compare(track, scene.Cameras(256, 160));
        Assert.Equal(CameraMotion.RotationOnly, track.Motion);
        Assert.All(track.Frames, f => Assert.Equal(Vec3.Zero, f.CamFromWorld.Translation));
        Assert.InRange(errors.FocalRatio, 0.93, 1.07);
        Assert.InRange(errors.RotationMaxDegrees, 0, 0.5);
        Assert.Contains("rotation-only camera", track.Verdict, StringComparison.Ordinal);
        Assert.Contains("cannot be triangulated", track.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void AKnownFocalLengthIsKept()
    {
        var scene = TruthScene.Courtyard(Frames, TruthCameraMotion.RotationOnly);
        var pairs = Pairs(scene, noisePixels: 0.1, withMasks: true);
        var focal = scene.Intrinsics(Width, Height).Fx;
        var track = RotationSolver.Solve(RotationSolver.Find(pairs, Width, focal), pairs, Frames, (256, 160), Width, Height);
        Assert.Equal(2 * focal, track.Intrinsics.Fx, 1e-9);
    }

    [Fact]
    public void WithoutFlowNothingIsClaimed()
    {
        var finding = RotationSolver.Find([], Width, null);
        Assert.Equal(CameraMotion.Parallax, finding.Motion);
        Assert.Equal(0, finding.FollowingShare);
    }

    private static List<FlowCorrespondences> Pairs(TruthScene scene, double noisePixels, bool withMasks)
    {
        var random = new Random(3);
        var pairs = new List<FlowCorrespondences>();
        foreach (var gap in (int[])[1, 4, 8])
        {
            for (var i = 0; i + gap < Frames; i++)
            {
                var field = TruthFlow.Between(scene, i, i + gap, Width, Height);
                for (var k = 0; k < field.Flow.Samples.Length; k++)
                    field.Flow.Samples[k] += (float)(noisePixels * ((2 * random.NextDouble()) - 1));
                Raster<byte>? moving = null;
                if (withMasks) moving = TruthRenderer.Render(scene, i, Width, Height).MovingMask;
                pairs.Add(FlowCorrespondences.From(i, i + gap, field.Flow, field.Visible, moving, 5));
            }
        }

        return pairs;
    }
}
