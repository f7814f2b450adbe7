using Depth3D.Messages;
using Depth3D.Reconstruction.Evaluation;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Rendering.Tests.TruthScenes;

public sealed class TruthFolderTests
{
    private const int Width = 64, Height = 36;

    [Fact]
    public void What_is_written_is_read_back()
    {
        using var folder = new TemporaryFolder();
        var scene = TruthScene.Courtyard(4);
        TruthFolder.Write(folder["truth"], scene, Width, Height, [1, 2]);
        var clip = TruthFolder.Load(folder["truth"]);
        var frame = TruthRenderer.Render(scene, 2, Width, Height);
        var flow = TruthFlow.Between(scene, 1, 3, Width, Height);

        Assert.Equal(4, clip.FrameCount);
        Assert.Equal(frame.Rgb.Samples, clip.Rgb(2).Samples);
        Assert.Equal(frame.Depth.Samples, clip.Depth(2).Samples);
        Assert.Equal(frame.MovingMask.Samples, clip.MovingMask(2).Samples);
        Assert.Equal(flow.Flow.Samples, clip.Flow(1, 3)!.Value.Flow12.Samples);
        Assert.Equal(scene.CamFromWorld(3), clip.Cameras.Frames[3].CamFromWorld);
        Assert.Null(clip.Flow(0, 3));
        Assert.Null(clip.MotionToNext(3));
    }

    [Fact]
    public void Depth_of_the_moved_point_follows_from_the_stored_files()
    {
        using var folder = new TemporaryFolder();
        var scene = TruthScene.Courtyard(3);
        TruthFolder.Write(folder["truth"], scene, Width, Height);
        var motion = TruthFolder.Load(folder["truth"]).MotionToNext(0)!;
        var exact = TruthFlow.Between(scene, 0, 1, Width, Height);
        for (var i = 0; i < exact.TargetDepth.Samples.Length; i++)
            Assert.InRange(motion.TargetDepth.Samples[i] - exact.TargetDepth.Samples[i], -1e-5, 1e-5);
    }

    [Fact]
    public void Two_folders_of_one_scene_hold_the_same_bytes_and_may_be_overwritten()
    {
        using var folder = new TemporaryFolder();
        TruthFolder.Write(folder["a"], TruthScene.Courtyard(2), Width, Height);
        TruthFolder.Write(folder["b"], TruthScene.Courtyard(5), Width, Height);
        TruthFolder.Write(folder["b"], TruthScene.Courtyard(2), Width, Height);
        var files = Directory.GetFiles(folder["a"], "*", SearchOption.AllDirectories);
        Assert.Equal(files.Length, Directory.GetFiles(folder["b"], "*", SearchOption.AllDirectories).Length);
        foreach (var file in files)
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(file.Replace(folder["a"], folder["b"], StringComparison.Ordinal)));
    }

    [Fact]
    public void Truth_measured_against_itself_is_without_error()
    {
        using var folder = new TemporaryFolder();
        TruthFolder.Write(folder["truth"], TruthScene.Courtyard(3), Width, Height);
        var clip = TruthFolder.Load(folder["truth"]);
        foreach (var row in new DepthEvaluator(clip).Evaluate("truth", clip.Depth))
        {
            Assert.InRange(row.AbsRel, 0, 1e-6);
            Assert.Equal(1, row.Delta1);
            // Interpolating between pixels is the only error left.
            Assert.InRange(row.Flicker, 0, 2e-3);
            Assert.True(row.Pixels > 0);
        }
    }

    [Fact]
    public void A_folder_with_other_things_is_not_touched()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["holiday.txt"], "x");
        var error = Assert.Throws<Depth3DException>(() => TruthFolder.Write(folder.Path, TruthScene.Courtyard(1), Width, Height));
        Assert.Equal(FailureKind.Storage, error.Kind);
        Assert.Equal([folder["holiday.txt"]], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_file_in_the_way_is_reported()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["out"], "x");
        Assert.Equal(FailureKind.Storage,
            Assert.Throws<Depth3DException>(() => TruthFolder.Write(folder["out"], TruthScene.Courtyard(1), Width, Height)).Kind);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"frames\": -1}")]
    [InlineData("[1]")]
    public void A_broken_truth_folder_is_refused(string? info)
    {
        using var folder = new TemporaryFolder();
        if (info is not null) File.WriteAllText(folder["truth.json"], info);
        Assert.Throws<Depth3DException>(() => TruthFolder.Load(folder.Path));
    }

    [Fact]
    public void Cancelling_leaves_a_folder_that_is_not_taken_for_complete()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<OperationCanceledException>(() =>
            TruthFolder.Write(folder["truth"], TruthScene.Courtyard(2), Width, Height, cancellation: new CancellationToken(true)));
        Assert.Throws<Depth3DException>(() => TruthFolder.Load(folder["truth"]));
    }
}
