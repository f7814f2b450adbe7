using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Nodes.Preprocess.Masks;
using Depth3D.Pipeline;

namespace Depth3D.Nodes.Preprocess.Tests.Models;

public sealed class ModelMasksTests : IDisposable
{
    private const int Width = 64, Height = 32;
    private readonly string _folder = Directory.CreateTempSubdirectory("depth3d-masks-").FullName;

    /// <summary>A red block on the left, a smaller one on the right; frame 2 shows none of them.</summary>
    private static Raster<byte> Blocks(int frame)
    {
        var rgb = new Raster<byte>(Width, Height, 3);
        if (frame == 2) return rgb;
        for (var y = 8; y < 24; y++)
        {
            for (var x = 4; x < 20; x++) rgb[x, y] = 255;
            for (var x = 50; x < 56; x++) rgb[x, y] = 255;
        }

        return rgb;
    }

    private ModelRun Run(Func<MasksOptions, MasksOptions> change, int frames = 5)
    {
        var run = ModelRun.Create(frames, Width, Height, Blocks).WithStillFlow();
        File.WriteAllBytes(Path.Combine(_folder, "m.onnx"), ModelFiles.RedIsCar(Width, Height));
        run.Options = run.Options with { Masks = change(new MasksOptions { Method = $"onnx:{Path.Combine(_folder, "m.onnx")}", Classes = ["car"] }) };
        return run;
    }

    private static int Area(Raster<byte> mask) => mask.Samples.Count(v => v == 255);

    [Fact]
    public async Task The_chosen_class_is_masked_and_followed_through_a_frame_that_missed_it()
    {
        using var run = Run(o => o);
        await run.Execute(new MasksStage());
        for (var i = 0; i < 5; i++) Assert.Equal(22 * 16, Area(run.Mask(i)));
        var info = StageJson.Read<MasksInfo>(run.PathOf(Stages.Masks, Artifacts.MasksIndex));
        Assert.Equal(5, info.MovingShare.Count);
        Assert.All(info.MovingShare, share => Assert.Equal(22.0 * 16 / (Width * Height), share, 1e-9));
        Assert.Contains("classes car", info.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_following_a_missed_frame_stays_empty()
    {
        using var run = Run(o => o with { Follow = false });
        await run.Execute(new MasksStage());
        Assert.Equal(0, Area(run.Mask(2)));
        Assert.Equal(22 * 16, Area(run.Mask(1)));
    }

    [Fact]
    public async Task The_rule_in_the_options_chooses_the_regions()
    {
        using (var largest = Run(o => o with { LargestOnly = true }, 2))
        {
            await largest.Execute(new MasksStage());
            Assert.Equal(16 * 16, Area(largest.Mask(0)));
        }

        using (var right = Run(o => o with { Region = [0.6, 0, 0.4, 1] }, 2))
        {
            await right.Execute(new MasksStage());
            Assert.Equal(6 * 16, Area(right.Mask(0)));
        }

        using var persons = Run(o => o with { Classes = ["person"] }, 2);
        await persons.Execute(new MasksStage());
        Assert.Equal(0, Area(persons.Mask(0)));
        Assert.NotEmpty(StageJson.Read<MasksInfo>(persons.PathOf(Stages.Masks, Artifacts.MasksIndex)).Warnings);
    }

    [Fact]
    public async Task Long_clips_are_cut_into_chunks_without_a_seam()
    {
        using var run = Run(o => o, 70);
        Assert.Equal(2, new MasksStage().Plan(new StagePlanContext(run.Options, run)).Count);
        await run.Execute(new MasksStage());
        Assert.All(Enumerable.Range(0, 70), i => Assert.Equal(22 * 16, Area(run.Mask(i))));
        Assert.Equal(70, StageJson.Read<MasksInfo>(run.PathOf(Stages.Masks, Artifacts.MasksIndex)).MovingShare.Count);
    }

    [Fact]
    public async Task Bad_models_and_classes_fail_with_nothing_written()
    {
        using var run = Run(o => o with { Classes = ["unicorn"] });
        Assert.Contains("unicorn", (await Assert.ThrowsAsync<Depth3DException>(() => run.Execute(new MasksStage()))).What, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(_folder, "m.onnx"), "garbage");
        Assert.Contains("not an ONNX model", (await Assert.ThrowsAsync<Depth3DException>(() => run.Execute(new MasksStage()))).What, StringComparison.Ordinal);
        File.WriteAllBytes(Path.Combine(_folder, "m.onnx"), ModelFiles.Disparity());
        Assert.Contains("is needed", (await Assert.ThrowsAsync<Depth3DException>(() => run.Execute(new MasksStage()))).What, StringComparison.Ordinal);
        Assert.False(run.Exists(Stages.Masks, Artifacts.Mask(0)));
    }

    private ModelRun Given(int count, int width, int height, string prefix = "m")
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "given")).FullName;
        for (var i = 0; i < count; i++)
        {
            var mask = new Raster<byte>(width, height, 3);
            for (var y = 0; y < height / 2; y++)
                for (var x = 0; x < width * (i + 1) / 16; x++) mask[x, y] = 128; // DAVIS's dark red
            ImageFile.WritePng(Path.Combine(folder, $"{prefix}{i:000}.png"), mask);
        }

        var run = ModelRun.Create(4, Width, Height, Blocks, sourceWidth: 128, sourceHeight: 64);
        run.Options = run.Options with { Masks = new MasksOptions { Method = $"dir:{folder}" } };
        return run;
    }

    [Theory]
    [InlineData(4, Width, Height, 1)]
    [InlineData(4, 128, 64, 1)]
    [InlineData(8, Width, Height, 2)]
    public async Task Given_masks_are_taken_at_working_or_source_size_per_frame_or_per_source_frame(int count, int width, int height, int step)
    {
        using var run = Given(count, width, height);
        await run.Execute(new MasksStage());
        for (var i = 0; i < 4; i++) Assert.Equal(Width * ((i * step) + 1) / 16 * Height / 2, Area(run.Mask(i)));
    }

    [Theory]
    [InlineData(3, Width, Height, "3 masks for 4 frames")]
    [InlineData(5, Width, Height, "5 masks for 4 frames")]
    [InlineData(0, Width, Height, "0 masks for 4 frames")]
    [InlineData(4, Width + 2, Height, "66x32 pixels; expected 64x32")]
    public async Task Given_masks_of_the_wrong_count_or_size_are_refused(int count, int width, int height, string expected)
    {
        using var run = Given(count, width, height);
        var error = await Assert.ThrowsAsync<Depth3DException>(() => run.Execute(new MasksStage()));
        Assert.Contains(expected, error.What, StringComparison.Ordinal);
        Assert.Equal(FailureKind.BadInput, error.Kind);
        Assert.False(run.Exists(Stages.Masks, Artifacts.Mask(0)));
    }

    [Fact]
    public async Task A_missing_folder_and_a_mask_that_is_no_picture_are_refused()
    {
        using var run = Given(4, Width, Height);
        File.WriteAllText(Path.Combine(_folder, "given", "m002.png"), "no picture");
        Assert.Equal(FailureKind.BadInput, (await Assert.ThrowsAsync<Depth3DException>(() => run.Execute(new MasksStage()))).Kind);
        run.Options = run.Options with { Masks = new MasksOptions { Method = "dir:/nowhere" } };
        Assert.Equal("/nowhere", (await Assert.ThrowsAsync<Depth3DException>(() => run.Execute(new MasksStage()))).Where);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
