using System.Text.Json;
using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Evaluation;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Nodes.Render.Tests;

public sealed class DepthStageTests : IDisposable
{
    private readonly TruthInputs _inputs = new();

    public void Dispose() => _inputs.Dispose();

    [Fact]
    public async Task Every_frame_has_every_format_and_the_sidecar_is_there_once()
    {
        var names = (await _inputs.Run(new DepthStage())).Select(f => f.Name).ToArray();
        for (var i = 0; i < TruthInputs.Frames; i++)
        {
            string[] expected =
                [Artifacts.DepthNpz(i), Artifacts.DepthExr(i), Artifacts.DepthPng16(i), Artifacts.DepthColour(i), Artifacts.PriorColour(i)];
            Assert.All(expected, name => Assert.Contains(name, names));
        }

        Assert.Equal((5 * TruthInputs.Frames) + 1, names.Length);
    }

    [Fact]
    public async Task Npz_holds_depth_and_cameras_that_agree()
    {
        await _inputs.Run(new DepthStage());
        var arrays = Npz.Read(_inputs.PathOf(Stages.Depth, Artifacts.DepthNpz(3)));
        Assert.Equal(["K", "cam_c2w", "cam_from_world", "depth", "depth_prior", "frame", "timestamp_seconds"], arrays.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Npy.Read(_inputs.PathOf(Stages.Train, Artifacts.Refined(3))).As<float>().ToArray(), arrays["depth"].As<float>().ToArray());
        Assert.Equal(3, arrays["frame"].As<int>()[0]);
        var scene = TruthScene.Courtyard(TruthInputs.Frames);
        Assert.Equal(scene.Intrinsics(TruthInputs.Width, TruthInputs.Height).Fx, arrays["K"].As<double>()[0]);
        Assert.Equal(scene.CamFromWorld(3).Translation.Y, arrays["cam_from_world"].As<double>()[7]);
        Assert.Equal(scene.CamFromWorld(3).Center.X, arrays["cam_c2w"].As<double>()[3], 1e-12);
    }

    [Fact]
    public async Task The_depth_files_can_be_measured()
    {
        await _inputs.Run(new DepthStage());
        var folder = DepthFolder.Open(Path.GetDirectoryName(_inputs.PathOf(Stages.Depth, Artifacts.DepthNpz(0)))!, "depth_");
        Assert.Equal(TruthInputs.Frames, folder.Count);
        Assert.Equal(TruthInputs.Width, folder.Read(4).Width);
    }

    [Fact]
    public async Task Exr_states_unit_axes_cameras_and_frame()
    {
        await _inputs.Run(new DepthStage());
        var exr = Exr.Read(_inputs.PathOf(Stages.Depth, Artifacts.DepthExr(2)));
        Assert.Equal(Npy.Read(_inputs.PathOf(Stages.Train, Artifacts.Refined(2))).As<float>().ToArray(), exr["Z"].Samples);
        Assert.Contains("not metres", exr.Texts["unit"]);
        Assert.Contains("OpenCV", exr.Texts["axes"]);
        Assert.Equal("yard.mp4", exr.Texts["clip"]);
        Assert.Equal(2, exr.Numbers["frame"][0]);
        Assert.Equal(16, exr.Numbers["cam_from_world"].Length);
        Assert.Equal(9, exr.Numbers["K"].Length);
    }

    [Fact]
    public async Task Codes_of_the_png_are_turned_back_into_depth_by_the_sidecar()
    {
        await _inputs.Run(new DepthStage());
        using var sidecar = JsonDocument.Parse(File.ReadAllText(_inputs.PathOf(Stages.Depth, Artifacts.DepthSidecar)));
        var near = sidecar.RootElement.GetProperty("png16_near_depth").GetDouble();
        var far = sidecar.RootElement.GetProperty("png16_far_depth").GetDouble();
        Assert.Equal((2.5, 17.0), (near, far));
        for (var f = 0; f < TruthInputs.Frames; f++)
        {
            var codes = ImageFile.ReadGray16(_inputs.PathOf(Stages.Depth, Artifacts.DepthPng16(f)));
            var truth = Npy.Read(_inputs.PathOf(Stages.Train, Artifacts.Refined(f))).As<float>();
            for (var i = 0; i < truth.Length; i++)
            {
                var depth = 1 / ((codes.Samples[i] / 65535.0 * ((1 / near) - (1 / far))) + (1 / far));
                Assert.Equal(1, depth / truth[i], 1e-4);
            }
        }
    }

    [Fact]
    public async Task Equal_depth_has_one_colour_in_all_frames_and_tasks()
    {
        var flat = new float[TruthInputs.Width * TruthInputs.Height];
        for (var f = 0; f < TruthInputs.Frames; f++)
        {
            Array.Fill(flat, 5 + f);
            flat[0] = 6.25f;
            Npy.Write(_inputs.New(Stages.Train, Artifacts.Refined(f)), flat, TruthInputs.Height, TruthInputs.Width);
        }

        await _inputs.Run(new DepthStage());
        var colours = Enumerable.Range(0, TruthInputs.Frames)
            .Select(f => ImageFile.ReadRgb(_inputs.PathOf(Stages.Depth, Artifacts.DepthColour(f)))).ToArray();
        Assert.Single(colours.Select(c => (c[0, 0, 0], c[0, 0, 1], c[0, 0, 2])).Distinct());
        Assert.Equal(TruthInputs.Frames, colours.Select(c => (c[9, 9, 0], c[9, 9, 1], c[9, 9, 2])).Distinct().Count());
    }

    [Fact]
    public async Task Without_a_range_from_training_the_range_is_still_the_clips()
    {
        using var inputs = new TruthInputs(0, 0);
        await inputs.Run(new DepthStage());
        using var sidecar = JsonDocument.Parse(File.ReadAllText(inputs.PathOf(Stages.Depth, Artifacts.DepthSidecar)));
        Assert.InRange(sidecar.RootElement.GetProperty("png16_near_depth").GetDouble(), 2, 3.5);
        Assert.InRange(sidecar.RootElement.GetProperty("png16_far_depth").GetDouble(), 13, 20);
    }

    [Fact]
    public async Task Running_again_leaves_the_same_bytes()
    {
        var first = await _inputs.Run(new DepthStage());
        Assert.Equal(first, await _inputs.Run(new DepthStage()));
    }

    [Fact]
    public async Task Chunks_of_another_size_leave_the_same_bytes()
    {
        var first = await _inputs.Run(new DepthStage());
        using var whole = new TruthInputs { Options = new() { SourcePath = "/clip.mp4", Frames = new FramesOptions { ChunkFrames = 100 } } };
        Assert.Equal(first, await whole.Run(new DepthStage()));
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    public async Task Depth_that_is_not_positive_is_refused(float bad)
    {
        var depth = Enumerable.Repeat(5f, TruthInputs.Width * TruthInputs.Height).ToArray();
        depth[77] = bad;
        var path = _inputs.New(Stages.Train, Artifacts.Refined(1));
        Npy.Write(path, depth, TruthInputs.Height, TruthInputs.Width);
        Assert.Contains(path, (await Assert.ThrowsAsync<Depth3DException>(() => _inputs.Run(new DepthStage()))).Message);
    }

    [Fact]
    public async Task Depth_of_another_size_or_type_is_refused()
    {
        Npy.Write(_inputs.New(Stages.Train, Artifacts.Refined(1)), new float[12], 3, 4);
        Assert.Contains("128x72", (await Assert.ThrowsAsync<Depth3DException>(() => _inputs.Run(new DepthStage()))).Message);
        Npy.Write(_inputs.New(Stages.Train, Artifacts.Refined(1)), new double[12], 3, 4);
        Assert.Contains("f32", (await Assert.ThrowsAsync<Depth3DException>(() => _inputs.Run(new DepthStage()))).Message);
    }

    [Fact]
    public async Task An_unknown_colour_map_is_refused()
    {
        using var inputs = new TruthInputs { Options = new() { SourcePath = "/clip.mp4", Output = new OutputOptions { ColourMap = "pink" } } };
        Assert.Equal(FailureKind.Usage, (await Assert.ThrowsAsync<Depth3DException>(() => inputs.Run(new DepthStage()))).Kind);
    }

    [Fact]
    public async Task Cancelling_ends_the_task() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _inputs.Run(new DepthStage(), new CancellationToken(true)));
}
