using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Nodes.Render.Tests;

/// <summary>A run as a scene: what its stages left, and words for what cannot be.</summary>
public sealed class RunSceneTests : IDisposable
{
    private readonly TruthInputs _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public void It_shows_what_the_stages_left()
    {
        var mask = new Raster<byte>(TruthInputs.Width, TruthInputs.Height);
        mask.Samples[5] = 255;
        ImageFile.WritePng(_run.New(Stages.Masks, Artifacts.Mask(2)), mask);
        var scene = RunScene.Open(_run);
        Assert.Equal(("yard.mp4", TruthInputs.Frames, 24.0), (scene.Name, scene.FrameCount, scene.FramesPerSecond));
        Assert.Equal((TruthInputs.Width, TruthInputs.Height), (scene.Intrinsics.Width, scene.Intrinsics.Height));
        Assert.Equal(ImageFile.ReadRgb(_run.PathOf(Stages.Frames, Artifacts.Frame(3))).Samples, scene.Rgb(3).Samples);
        Assert.Equal(Npy.Read(_run.PathOf(Stages.Train, Artifacts.Refined(3))).As<float>(), scene.Depth(3).Samples);
        Assert.Equal(mask.Samples, scene.Moving(2).Samples);
        Assert.DoesNotContain((byte)255, scene.Moving(1).Samples);
        Assert.InRange(scene.DepthRange.Median, scene.DepthRange.Near, scene.DepthRange.Far);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(0f)]
    [InlineData(-1f)]
    public void Depth_that_is_no_distance_names_its_file(float wrong)
    {
        var path = _run.PathOf(Stages.Train, Artifacts.Refined(1));
        var depth = Npy.Read(path).ToRaster<float>();
        depth.Samples[77] = wrong;
        Npy.Write(path, depth);
        var error = Assert.Throws<Depth3DException>(() => RunScene.Open(_run).Depth(1));
        Assert.Equal((path, FailureKind.Storage), (error.Where, error.Kind));
    }

    [Fact]
    public void A_rotation_that_bends_is_refused_with_its_frame()
    {
        Change(track => track with
        {
            Frames = [.. track.Frames.Select((f, i) => i != 4 ? f : f with { CamFromWorld = f.CamFromWorld with { Rotation = Bent(f.CamFromWorld.Rotation) } })],
        });
        var error = Assert.Throws<Depth3DException>(() => RunScene.Open(_run));
        Assert.Equal("camera of frame 4", error.Where);
        Assert.Contains("orthonormal", error.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lens_that_nobody_builds_is_refused()
    {
        Change(track => track with { Intrinsics = track.Intrinsics with { Fx = 1e7, Fy = 1e7 } });
        Assert.Contains("focal length", Assert.Throws<Depth3DException>(() => RunScene.Open(_run)).What, StringComparison.Ordinal);
    }

    /// <summary>Its determinant stays 1, so that only a check of every axis finds it.</summary>
    private static Mat3 Bent(Mat3 r) => r * new Mat3(1, 0.01, 0, 0, 1, 0, 0, 0, 1);

    private void Change(Func<CameraTrack, CameraTrack> change)
    {
        var path = _run.PathOf(Stages.Sequence, Artifacts.ScaledCameras);
        change(CameraTrack.Load(path)).Save(path);
    }
}
