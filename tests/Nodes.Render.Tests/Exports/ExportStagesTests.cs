using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Nodes.Render.Exports;
using Depth3D.Nodes.Render.Exports.Clouds;
using Depth3D.Pipeline;

namespace Depth3D.Nodes.Render.Tests.Exports;

public sealed class ExportStagesTests
{
    private static readonly ExportFramesStage FramesStage = new();
    private static readonly ExportClipStage ClipStage = new();

    [Fact]
    public async Task Chunks_of_another_size_and_another_run_leave_the_same_bytes()
    {
        var options = ExportedRun.Options("exr", "ply-merged", "gltf", "colmap", "nuke", "hevc10", "ffv1", "prores");
        using var some = TruthInputs.ForExports(options);
        using var whole = TruthInputs.ForExports(options with { Frames = new FramesOptions { ChunkFrames = 100 } });
        Assert.Equal(await some.Run(FramesStage), await whole.Run(FramesStage));
        Assert.Equal(await some.Run(ClipStage), await whole.Run(ClipStage));
    }

    [Fact]
    public void Formats_without_files_of_frames_or_of_the_clip_have_no_tasks_for_them()
    {
        using var inputs = TruthInputs.ForExports(ExportedRun.Options("nuke"));
        Assert.Empty(FramesStage.Plan(new StagePlanContext(inputs.Options, inputs)));
        Assert.Single(ClipStage.Plan(new StagePlanContext(inputs.Options, inputs)));
        Assert.Empty(ClipStage.Plan(new StagePlanContext(ExportedRun.Options("exr"), inputs)));
        Assert.Equal(3, FramesStage.Plan(new StagePlanContext(ExportedRun.Options("exr"), inputs)).Count);
    }

    [Fact]
    public async Task Where_everything_moves_the_standing_cloud_is_empty_and_every_format_is_written()
    {
        using var inputs = TruthInputs.ForExports(ExportedRun.Options("ply-merged", "gltf", "colmap", "blender", "nerfstudio"));
        var all = new Raster<byte>(TruthInputs.Width, TruthInputs.Height);
        all.Samples.AsSpan().Fill(255);
        for (var i = 0; i < TruthInputs.Frames; i++) ImageFile.WritePng(inputs.New(Stages.Masks, Artifacts.Mask(i)), all);
        await inputs.Run(FramesStage);
        await inputs.Run(ClipStage);
        Assert.Equal(0, Ply.Read(inputs.PathOf(Stages.ExportClip, "ply-merged/static.ply")).Count);
        Assert.NotEqual(0, Ply.Read(inputs.PathOf(Stages.ExportFrames, "ply-merged/moving_00000.ply")).Count);
        Assert.True(inputs.Exists(Stages.ExportClip, "gltf/scene.glb"));
    }

    [Fact]
    public async Task Where_nothing_moves_the_moving_clouds_are_empty()
    {
        using var inputs = TruthInputs.ForExports(ExportedRun.Options("ply-merged", "gltf"));
        for (var i = 0; i < TruthInputs.Frames; i++) File.Delete(inputs.PathOf(Stages.Masks, Artifacts.Mask(i)));
        await inputs.Run(FramesStage);
        await inputs.Run(ClipStage);
        Assert.Equal(0, Ply.Read(inputs.PathOf(Stages.ExportFrames, "ply-merged/moving_00003.ply")).Count);
        Assert.InRange(Ply.Read(inputs.PathOf(Stages.ExportClip, "ply-merged/static.ply")).Count, 5000, TruthInputs.Frames * TruthInputs.Width * TruthInputs.Height);
    }

    [Fact]
    public async Task Without_flow_the_header_says_that_motion_is_missing()
    {
        using var inputs = TruthInputs.ForExports(ExportedRun.Options("exr"));
        File.Delete(inputs.PathOf(Stages.Flow, Artifacts.Flow(1, 2)));
        await inputs.Run(FramesStage);
        var without = Exr.Read(inputs.PathOf(Stages.ExportFrames, "exr/depth_00001.exr"));
        Assert.Contains("none", without.Texts["motion"]);
        Assert.All(without["motion.valid"].Samples, v => Assert.Equal(0, v));
        var with = Exr.Read(inputs.PathOf(Stages.ExportFrames, "exr/depth_00002.exr"));
        Assert.Contains("u right, v down", with.Texts["motion"]);
        Assert.InRange(with["motion.valid"].Samples.Average(), 0.8, 1);
        Assert.Equal(ExportedRun.Scale, with.Numbers["scale"][0], 1e-6);
        Assert.StartsWith("metre", with.Texts["unit"]);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(-1)]
    public async Task Depth_that_is_no_depth_is_refused_by_name(float bad)
    {
        using var inputs = TruthInputs.ForExports(ExportedRun.Options("exr"));
        var depth = Enumerable.Repeat(5f, TruthInputs.Width * TruthInputs.Height).ToArray();
        depth[99] = bad;
        Npy.Write(inputs.New(Stages.Train, Artifacts.Refined(2)), depth, TruthInputs.Height, TruthInputs.Width);
        Assert.Contains(Artifacts.Refined(2), (await Assert.ThrowsAsync<Depth3DException>(() => inputs.Run(FramesStage))).Message);
    }

    [Fact]
    public async Task Flow_of_another_size_is_refused_by_name()
    {
        using var inputs = TruthInputs.ForExports(ExportedRun.Options("exr"));
        Npz.Write(inputs.New(Stages.Flow, Artifacts.Flow(0, 1)), ("flow_1_2", NpyArray.From(new float[8], 2, 2, 2)), ("valid_1", NpyArray.From(new byte[4], 2, 2)));
        Assert.Contains(Artifacts.Flow(0, 1), (await Assert.ThrowsAsync<Depth3DException>(() => inputs.Run(FramesStage))).Message);
    }

    [Theory]
    [InlineData("pink", 1, "")]
    [InlineData("exr,exr", 1, "")]
    [InlineData("", 1, "")]
    [InlineData("exr", 0, "")]
    [InlineData("exr", -2, "")]
    [InlineData("exr", double.NaN, "")]
    [InlineData("exr", double.PositiveInfinity, "")]
    [InlineData("exr", 1, "metre\nkm")]
    public void Formats_scales_and_units_that_make_no_sense_are_refused(string formats, double scale, string unit)
    {
        var options = new ExportOptions { Formats = formats.Split(',', StringSplitOptions.RemoveEmptyEntries), Scale = scale, Unit = unit };
        Assert.Equal(FailureKind.Usage, Assert.Throws<Depth3DException>(() => ExportFormats.Check(options)).Kind);
    }

    [Fact]
    public void Confidence_is_high_where_frames_agree_and_low_where_one_does_not()
    {
        using var inputs = TruthInputs.ForExports(ExportedRun.Options("exr"));
        var good = Standing(ExportScene.Open(inputs, inputs.Options), 2);
        var depth = Npy.Read(inputs.PathOf(Stages.Train, Artifacts.Refined(2))).As<float>().ToArray();
        Npy.Write(inputs.New(Stages.Train, Artifacts.Refined(2)), Array.ConvertAll(depth, d => d * 1.2f), TruthInputs.Height, TruthInputs.Width);
        var bad = Standing(ExportScene.Open(inputs, inputs.Options), 2);
        Assert.InRange(good, 0.95, 1);
        Assert.InRange(bad, 0, 0.2);
    }

    [Fact]
    public void Cubes_are_averages_and_grow_when_there_are_too_many()
    {
        var cloud = new ExportCloud([0.1f, 0.1f, 0.1f, 0.3f, 0.1f, 0.1f, 5, 5, 5, -7, 0, 0], [10, 0, 0, 20, 0, 0, 1, 2, 3, 4, 5, 6], [1, 0.5f, 1, 1]);
        var fine = new VoxelGrid(1, 10);
        var coarse = new VoxelGrid(1, 2);
        for (var i = 0; i < cloud.Count; i++)
        {
            fine.Add(cloud, i);
            coarse.Add(cloud, i);
        }

        var means = fine.Means();
        Assert.Equal(3, means.Count);
        Assert.Equal([-7f, 0, 0, 0.2f, 0.1f, 0.1f, 5, 5, 5], means.Xyz);
        Assert.Equal([4, 5, 6, 15, 0, 0, 1, 2, 3], means.Rgb);
        Assert.Equal(0.75f, means.Confidence[1]);
        Assert.Equal(2, coarse.Means().Count);
        Assert.Equal(8, coarse.Side);
    }

    private static double Standing(ExportScene scene, int frame)
    {
        var confidence = scene.Confidence(frame);
        var moving = scene.Moving(frame);
        return confidence.Samples.Where((_, i) => moving.Samples[i] == 0).Order().Skip(confidence.PixelCount / 5).Average();
    }
}
