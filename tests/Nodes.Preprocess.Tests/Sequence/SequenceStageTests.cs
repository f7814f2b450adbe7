using System.Security.Cryptography;
using Depth3D.Imaging;
using Depth3D.Nodes.Preprocess.Sequence;
using Depth3D.Nodes.Preprocess.Tests.Models;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Nodes.Preprocess.Tests.Sequence;

public class SequenceStageTests
{
    private const int Frames = 12;
    private const int Width = 64;
    private const int Height = 48;
    private const double PlaneDepth = 2;
    private const double Scale = 3.7;

    /// <summary>This camera looks the other way: no sparse point lies before it.</summary>
    private const int LooksBack = 7;

    [Fact]
    public async Task The_factor_between_cameras_and_prior_comes_from_sparse_points_and_frames_without_points_do_not_vote()
    {
        using var clip = Clip(CameraMotion.Parallax).WithPoints(PlaneDepth);
        var (info, cameras) = await Run(clip);
        Assert.Equal(SequenceScale.SparsePoints, info.ScaleMethod);
        Assert.Equal(Scale, info.Scale, 1e-4);
        Assert.Equal(0, info.ScaleSpread, 1e-4);
        Assert.Equal(Frames - 1, info.ScaleFrames);
        Assert.Equal(Scale * Pose(3).Translation.X, cameras.Frames[3].CamFromWorld.Translation.X, 1e-4);
        Assert.Empty(info.Warnings);
    }

    [Fact]
    public async Task Where_no_frame_has_points_or_parallax_the_factor_is_one_and_said_to_be_unknown()
    {
        using var clip = Clip(CameraMotion.Parallax);
        Npz.Write(clip.Path(Stages.Cameras, Artifacts.SparsePointArray), ("xyz", NpyArray.From<double>([], 0, 3)));
        var (info, cameras) = await Run(clip);
        Assert.Equal((1.0, 0.0, SequenceScale.None, 0), (info.Scale, info.ScaleSpread, info.ScaleMethod, info.ScaleFrames));
        Assert.All(cameras.Frames, f => Assert.True(double.IsFinite(f.CamFromWorld.Translation.Length)));
        Assert.Contains("unit", Assert.Single(info.Warnings));
    }

    [Theory]
    [InlineData(CameraMotion.RotationOnly)]
    [InlineData(CameraMotion.Static)]
    public async Task A_camera_that_does_not_travel_has_factor_one_whatever_points_say(CameraMotion motion)
    {
        using var clip = Clip(motion).WithPoints(PlaneDepth);
        var (info, _) = await Run(clip);
        Assert.Equal((1.0, SequenceScale.None, motion), (info.Scale, info.ScaleMethod, info.Motion));
        Assert.Contains("does not translate", Assert.Single(info.Warnings));
    }

    [Fact]
    public async Task Every_input_is_listed_with_its_hash()
    {
        using var clip = Clip(CameraMotion.Parallax).WithPoints(PlaneDepth);
        var (info, _) = await Run(clip);
        Assert.Equal(["cameras", "flow", "frames", "masks", "prior"], info.Inputs.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Frames, info.Inputs["prior"].Count);
        var prior = info.Inputs["prior"].Single(f => f.Name == Artifacts.Prior(5));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(clip.PathOf(Stages.Prior, Artifacts.Prior(5))))), prior.Sha256);
        Assert.Contains(info.Inputs["cameras"], f => f.Name == Artifacts.SparsePointArray);
    }

    [Fact]
    public async Task Held_out_pairs_are_not_trained_on_and_neighbours_are_never_held_out()
    {
        using var clip = Clip(CameraMotion.Parallax).WithPoints(PlaneDepth);
        var (info, _) = await Run(clip);
        Assert.Equal((Frames - 1) + (Frames - 2) + (Frames - 4), info.Pairs.Count);
        Assert.All(info.Pairs, p => Assert.Equal(p.Frame2 - p.Frame1, p.Gap));
        var heldOut = info.Pairs.Where(p => p.HeldOut).Select(p => (p.Frame1, p.Frame2)).ToHashSet();
        var trained = info.Pairs.Where(p => !p.HeldOut).Select(p => (p.Frame1, p.Frame2)).ToHashSet();
        Assert.InRange(heldOut.Count, 1, 6);
        Assert.Equal(info.Pairs.Count, heldOut.Count + trained.Count);
        Assert.DoesNotContain(heldOut, p => trained.Contains(p));
        Assert.DoesNotContain(heldOut, p => p.Frame2 - p.Frame1 == 1);
        Assert.All(info.Pairs, p => Assert.Equal((Width * Height, Width * Height, 0), (p.Valid12, p.Static12, p.Moving12)));
    }

    private static ModelRun Clip(CameraMotion motion)
    {
        var clip = ModelRun.Create(Frames, Width, Height, _ => new Raster<byte>(Width, Height, 3));
        clip.Options = clip.Options with { Flow = new FlowOptions { Gaps = [1, 2, 4] } };
        clip.WithStillFlow().WithEmptyMasks().WithCameras(motion, Pose, Width);
        var depth = new Raster<float>(Width, Height);
        Array.Fill(depth.Samples, (float)(Scale * PlaneDepth));
        for (var i = 0; i < Frames; i++) Npy.Write(clip.Path(Stages.Prior, Artifacts.Prior(i)), depth);
        return clip;
    }

    private static RigidTransform Pose(int frame) => new(
        frame == LooksBack ? new Mat3(-1, 0, 0, 0, 1, 0, 0, 0, -1) : Mat3.Identity, new Vec3(-0.02 * frame, 0, 0));

    private static async Task<(SequenceInfo Info, CameraTrack Cameras)> Run(ModelRun clip)
    {
        await clip.Execute(new SequenceStage());
        return (StageJson.Read<SequenceInfo>(clip.PathOf(Stages.Sequence, Artifacts.Sequence)),
            CameraTrack.Load(clip.PathOf(Stages.Sequence, Artifacts.ScaledCameras)));
    }
}
