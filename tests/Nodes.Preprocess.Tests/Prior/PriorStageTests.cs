using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Nodes.Preprocess.Flow;
using Depth3D.Nodes.Preprocess.Prior;
using Depth3D.Nodes.Preprocess.Tests.Flow;
using Depth3D.Nodes.Preprocess.Tests.Models;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Nodes.Preprocess.Tests.Prior;

public class PriorStageTests
{
    [Fact]
    public async Task With_parallax_auto_triangulates_and_repeats_to_the_byte()
    {
        using var clip = MovingTexture.Truth(10, TruthCameraMotion.Arc, masks: true);
        await clip.Execute(new FlowStage());
        await clip.Execute(new PriorStage());
        var info = StageJson.Read<PriorInfo>(clip.PathOf(Stages.Prior, Artifacts.PriorIndex));
        Assert.Equal("geometric", info.Method);
        Assert.Contains("the camera travels", info.Reason);
        Assert.All(clip.Prior(4).Samples, z => Assert.True(z > 0 && float.IsFinite(z)));
        var before = File.ReadAllBytes(clip.PathOf(Stages.Prior, Artifacts.Prior(4)));
        await clip.Execute(new PriorStage());
        Assert.Equal(before, File.ReadAllBytes(clip.PathOf(Stages.Prior, Artifacts.Prior(4))));
    }

    [Theory]
    [InlineData(CameraMotion.Static, "stands still")]
    [InlineData(CameraMotion.RotationOnly, "only turns")]
    public async Task Without_parallax_auto_guesses_a_layout_and_names_the_command_that_adds_a_model(CameraMotion motion, string says)
    {
        using var clip = MovingTexture.Truth(3, TruthCameraMotion.Static, masks: true).WithMotion(motion);
        await clip.Execute(new FlowStage());
        await clip.Execute(new PriorStage());
        var info = StageJson.Read<PriorInfo>(clip.PathOf(Stages.Prior, Artifacts.PriorIndex));
        Assert.Equal("layout", info.Method);
        Assert.Contains(says, info.Reason);
        var warning = Assert.Single(info.Warnings);
        Assert.Contains(says, warning);
        Assert.Contains("depth3d model add NAME FILE.onnx", warning);
        Assert.Contains("--prior onnx:NAME", warning);
        Assert.All(clip.Prior(1).Samples, z => Assert.InRange(z, 1f, 20f));
    }

    [Fact]
    public async Task Geometric_without_parallax_is_refused_with_the_ways_out()
    {
        using var clip = MovingTexture.Truth(3, TruthCameraMotion.Static, masks: true).WithMotion(CameraMotion.Static);
        clip.Options = clip.Options with { Prior = new PriorOptions { Method = "geometric" } };
        var e = await Assert.ThrowsAsync<Depth3DException>(() => clip.Execute(new PriorStage()));
        Assert.Contains("--prior layout", e.Message);
        Assert.Contains("depth3d model add", e.Message);
    }

    [Fact]
    public async Task Given_depth_maps_are_resized_in_disparity_and_checked()
    {
        using var clip = MovingTexture.Truth(2, TruthCameraMotion.Arc, masks: true);
        var folder = Directory.CreateTempSubdirectory("depth3d-prior-").FullName;
        try
        {
            var depth = new Raster<float>(128, 72);
            Array.Fill(depth.Samples, 2.5f);
            Npy.Write(Path.Combine(folder, "a.npy"), depth);
            clip.Options = clip.Options with { Prior = new PriorOptions { Method = $"dir:{folder}" } };
            Assert.Contains("1 NPY depth maps for 2 frames", await Refusal(clip));
            Npy.Write(Path.Combine(folder, "b.npy"), depth);
            await clip.Execute(new PriorStage());
            Assert.Equal((256, 144), (clip.Prior(1).Width, clip.Prior(1).Height));
            Assert.All(clip.Prior(1).Samples, z => Assert.Equal(2.5f, z, 1e-4f));
            foreach (var bad in (float[])[0, -1, float.NaN, float.PositiveInfinity])
            {
                depth[3, 5] = bad;
                Npy.Write(Path.Combine(folder, "b.npy"), depth);
                Assert.Contains($"depth {bad} at pixel (3, 5) of frame 1; expected finite and above 0", await Refusal(clip));
            }

            Npy.Write(Path.Combine(folder, "b.npy"), new Raster<float>(72, 72, 1, [.. Enumerable.Repeat(1f, 72 * 72)]));
            Assert.Contains("another aspect", await Refusal(clip));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        clip.Options = clip.Options with { Prior = new PriorOptions { Method = $"dir:{folder}" } };
        Assert.Contains("does not exist", await Refusal(clip));
    }

    [Fact]
    public void Unknown_methods_are_refused_with_the_known_ones()
    {
        using var clip = MovingTexture.Clip(2);
        clip.Options = clip.Options with { Prior = new PriorOptions { Method = "guess" } };
        var e = Assert.Throws<Depth3DException>(() => new PriorStage().Plan(new StagePlanContext(clip.Options, clip)));
        Assert.Contains("auto, geometric, layout, onnx:NAME, torchscript:NAME or dir:PATH", e.Message);
    }

    private static async Task<string> Refusal(ModelRun clip) =>
        (await Assert.ThrowsAsync<Depth3DException>(() => clip.Execute(new PriorStage()))).Message;
}
