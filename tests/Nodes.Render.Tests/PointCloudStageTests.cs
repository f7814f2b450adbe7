using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Nodes.Render.Tests;

public sealed class PointCloudStageTests : IDisposable
{
    private readonly TruthInputs _inputs = new();

    public void Dispose() => _inputs.Dispose();

    [Fact]
    public async Task Every_frame_has_a_ply_with_nearly_all_of_its_pixels_and_a_view()
    {
        var names = (await _inputs.Run(new PointCloudStage())).Select(f => f.Name).ToArray();
        Assert.Equal(2 * TruthInputs.Frames, names.Length);
        for (var i = 0; i < TruthInputs.Frames; i++)
        {
            var cloud = Ply.Read(_inputs.PathOf(Stages.PointCloud, Artifacts.Cloud(i)));
            Assert.InRange(cloud.Count, 0.93 * TruthInputs.Width * TruthInputs.Height, TruthInputs.Width * TruthInputs.Height);
            Assert.Equal(cloud.Xyz.Length, cloud.Rgb.Length);
            Assert.Equal((TruthInputs.Width, TruthInputs.Height), ImageFile.ReadSize(_inputs.PathOf(Stages.PointCloud, Artifacts.View(i))));
        }
    }

    [Fact]
    public async Task Points_are_in_the_world_and_the_comments_say_so()
    {
        await _inputs.Run(new PointCloudStage());
        var cloud = Ply.Read(_inputs.PathOf(Stages.PointCloud, Artifacts.Cloud(4)));
        // The courtyard's ground is y = 0 in the world, its rear wall z = 11.
        var y = Enumerable.Range(0, cloud.Count).Max(i => cloud.Xyz[(3 * i) + 1]);
        var z = Enumerable.Range(0, cloud.Count).Max(i => cloud.Xyz[(3 * i) + 2]);
        Assert.Equal(0, y, 1e-4);
        Assert.Equal(11, z, 1e-3);
        Assert.Contains(cloud.Comments, c => c.Contains("not metres", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Along_the_source_path_the_view_is_the_frame()
    {
        using var inputs = new TruthInputs { Options = new() { SourcePath = "/clip.mp4", Output = new OutputOptions { CameraPath = "source" } } };
        await inputs.Run(new PointCloudStage());
        var view = ImageFile.ReadRgb(inputs.PathOf(Stages.PointCloud, Artifacts.View(1)));
        var frame = ImageFile.ReadRgb(inputs.PathOf(Stages.Frames, Artifacts.Frame(1)));
        var difference = view.Samples.Zip(frame.Samples, (a, b) => Math.Abs(a - b)).Average();
        Assert.True(difference < 12, $"mean difference {difference:F1} grey levels");
    }

    [Fact]
    public async Task No_ply_is_written_when_none_is_wanted()
    {
        using var inputs = new TruthInputs { Options = new() { SourcePath = "/clip.mp4", Output = new OutputOptions { Ply = false } } };
        Assert.All(await inputs.Run(new PointCloudStage()), f => Assert.EndsWith(".png", f.Name));
    }

    [Fact]
    public async Task Running_again_leaves_the_same_bytes()
    {
        var first = await _inputs.Run(new PointCloudStage());
        Assert.Equal(first, await _inputs.Run(new PointCloudStage()));
    }

    [Fact]
    public async Task Cameras_for_another_number_of_frames_are_refused()
    {
        TruthScene.Courtyard(3).Cameras(TruthInputs.Width, TruthInputs.Height).Save(_inputs.New(Stages.Sequence, Artifacts.ScaledCameras));
        await Assert.ThrowsAsync<Depth3DException>(() => _inputs.Run(new PointCloudStage()));
    }

    [Fact]
    public async Task An_unknown_path_is_refused()
    {
        using var inputs = new TruthInputs { Options = new() { SourcePath = "/clip.mp4", Output = new OutputOptions { CameraPath = "zigzag" } } };
        Assert.Equal(FailureKind.Usage, (await Assert.ThrowsAsync<Depth3DException>(() => inputs.Run(new PointCloudStage()))).Kind);
    }
}
