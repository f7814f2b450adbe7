using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Cameras.Rotation;
using Depth3D.Reconstruction.Flow;
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

    [SkippableFact]
    public void BalloonIsNoTurn()
    {
        var clip = SharedData("clips/balloon1");
        Skip.If(clip is null, "clips/balloon1 is not there");
        var finding = RotationSolver.Find(RealPairs(i => Path.Combine(clip!, "images", $"{i:000}.png"), null, 12), 256, null);
        Assert.True(finding.Motion == CameraMotion.Parallax, finding.ToString());
        Assert.InRange(finding.FollowingShare, 0, 0.6);
    }

    [SkippableFact]
    public void CarShadowIsATurn()
    {
        // COLMAP explains this clip as an orbit of 46 degrees about points at one distance.
        var clip = SharedData("clips/car-shadow");
        Skip.If(clip is null, "clips/car-shadow is not there");
        const int count = 17, width = 256, height = 144;
        var pairs = RealPairs(i => Path.Combine(clip!, "images", $"{i:00000}.jpg"), i => Path.Combine(clip!, "masks", $"{i:00000}.png"), count);
        var finding = RotationSolver.Find(pairs, width, null);
        Assert.True(finding.Motion == CameraMotion.RotationOnly, finding.ToString());
        Assert.InRange(finding.Focal.Pixels / width, 0.6, 1.5);
        var track = RotationSolver.Solve(finding, pairs, count, (640, 360), width, height);
        Assert.InRange(Rotations.AngleBetween(track.Frames[0].CamFromWorld.Rotation, track.Frames[^1].CamFromWorld.Rotation), 0.1, 0.6);
    }

    private static List<FlowCorrespondences> RealPairs(Func<int, string> image, Func<int, string>? mask, int count)
    {
        const int width = 256, height = 144;
        using var flows = new ThreadLocal<DisFlow>(() => new DisFlow(DisPreset.Medium), trackAllValues: true);
        var chain = new FlowChain(new FlowChainSettings([1, 2, 4, 8], width, height, 1), (a, b, start) => flows.Value!.Compute(a, b, start));
        var pairs = new List<FlowCorrespondences>();
        chain.Run(0, count - 1, count, i => Resize.Area(Colour.ToGray(ImageFile.ReadRgb(image(i))), 640, 360), p => pairs.Add(FlowCorrespondences.From(
            p.Frame1, p.Frame2, p.Forward, p.ForwardValid, mask is null ? null : Resize.Area(ImageFile.ReadGray(mask(p.Frame1)), width, height), 6)),
            CancellationToken.None);
        foreach (var flow in flows.Values) flow.Dispose();
        return pairs;
    }

    internal static string? SharedData(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Depth3D.Cluster.sln"))) continue;
            var found = Path.Combine(folder.FullName, "..", "shared", "data", path);
            return Directory.Exists(found) ? found : null;
        }

        return null;
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
