using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Nodes.Render.Windows;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Windows;
using Depth3D.Reconstruction.Cameras;

namespace Depth3D.Nodes.Render.Tests.Windows;

public sealed class JoiningTests
{
    /// <summary>The second of three windows is a hundredth too deep: its scale takes that up, and what is left is nothing.</summary>
    private const double Accurate = 1e-4;

    [Fact]
    public async Task WindowsInUnitsAndWorldsOfTheirOwnBecomeOneClip()
    {
        using var inputs = new LongTruthInputs();
        await inputs.RunAsync(new AlignStage());
        await inputs.RunAsync(new MergeStage());
        var clip = JoinedReader.Of(inputs);
        for (var f = 0; f < inputs.Scene.FrameCount; f++)
        {
            Assert.InRange(LogDifference(inputs.Truth[f], clip.PathOf(Stages.Train, Artifacts.Refined(f))), 0, Accurate);
            Assert.InRange(LogDifference(inputs.Truth[f], clip.PathOf(Stages.Prior, Artifacts.Prior(f))), 0, Accurate);
        }

        var cameras = CameraArtifacts.Read(clip, Stages.Sequence, Artifacts.ScaledCameras, inputs.Scene.FrameCount);
        var truth = inputs.Scene.Cameras(LongTruthInputs.Width, LongTruthInputs.Height);
        for (var f = 0; f < inputs.Scene.FrameCount; f++)
        {
            // Its unit is as much too large as its depth is too deep.
            var off = (cameras.Frames[f].CamFromWorld.Center - truth.Frames[f].CamFromWorld.Center).Length;
            Assert.InRange(off, 0, 2 * LongTruthInputs.Error * truth.Frames[f].CamFromWorld.Center.Length);
        }
    }

    [Fact]
    public async Task TheSeamsAreMeasured()
    {
        using var inputs = new LongTruthInputs();
        await inputs.RunAsync(new AlignStage());
        var alignment = StageJson.Read<WindowAlignments>(inputs.PathOf(Stages.Align, Artifacts.Alignment));
        Assert.Equal(WindowAlignments.ByOverlap, alignment.Method);
        Assert.Equal(inputs.Windows.Items.Count - 1, alignment.Seams.Count);
        for (var w = 1; w < inputs.Windows.Items.Count; w++)
        {
            var expected = LongTruthInputs.Place(w).Scale * (w % 2 == 0 ? 1 : Math.Exp(-LongTruthInputs.Error));
            Assert.Equal(expected, alignment.Placements[w].Scale, 4);
            var seam = alignment.Seams[w - 1];
            Assert.InRange(seam.Residual.Before, 0.15, 0.5);
            Assert.InRange(seam.Residual.Mean, 0, Accurate);
            Assert.InRange(seam.RotationDegrees, 0, 1e-4);
            Assert.InRange(seam.PositionShare, 0, 1e-3);
        }
    }

    [Fact]
    public async Task WithoutParallaxAShiftOfInverseDepthIsJoinedToo()
    {
        using var inputs = new LongTruthInputs(CameraMotion.RotationOnly, inverseShift: 0.02);
        await inputs.RunAsync(new AlignStage());
        await inputs.RunAsync(new MergeStage());
        for (var f = 0; f < inputs.Scene.FrameCount; f++) Assert.InRange(LogDifference(inputs.Truth[f], inputs.PathOf(Stages.Merge, Artifacts.Refined(f))), 0, 0.002);
    }

    [Fact]
    public async Task AChunkRunAgainIsTheSameAndChangesNothingElse()
    {
        using var inputs = new LongTruthInputs();
        await inputs.RunAsync(new AlignStage());
        await inputs.RunAsync(new MergeStage());
        var before = Bytes(inputs);
        await inputs.RunAsync(new MergeStage(), 2);
        Assert.Equal(before, Bytes(inputs));
    }

    [Fact]
    public async Task AChunkTakesThePublishedAlignmentAlsoWhereAWindowHasChangedSince()
    {
        using var inputs = new LongTruthInputs();
        await inputs.RunAsync(new AlignStage());
        await inputs.RunAsync(new MergeStage());
        var published = await File.ReadAllBytesAsync(inputs.PathOf(Stages.Align, Artifacts.Alignment));
        var chunk = inputs.Windows.Items[2].End - 1;
        var before = await File.ReadAllBytesAsync(inputs.PathOf(Stages.Merge, Artifacts.Refined(chunk)));
        for (var i = 0; i < inputs.Windows.Items[1].Count; i++)
        {
            var path = inputs.PathOf(Stages.Train, inputs.Windows.Items[1].NameOf(Artifacts.Refined(i)));
            Npy.Write(path, Array.ConvertAll(Npy.Read(path).As<float>().ToArray(), z => z * 1.3f), LongTruthInputs.Height, LongTruthInputs.Width);
        }

        await inputs.RunAsync(new MergeStage());
        Assert.Equal(published, await File.ReadAllBytesAsync(inputs.PathOf(Stages.Align, Artifacts.Alignment)));
        Assert.Equal(before, await File.ReadAllBytesAsync(inputs.PathOf(Stages.Merge, Artifacts.Refined(chunk))));
        var changed = inputs.Windows.Items[1].First + (inputs.Windows.Items[1].Count / 2);
        Assert.InRange(LogDifference(inputs.Truth[changed], inputs.PathOf(Stages.Merge, Artifacts.Refined(changed))), 0.25, 0.27);
    }

    [Fact]
    public async Task WhatTheStagesSayOfTheClipIsJoinedUnderTheNamesOfAShortOne()
    {
        using var inputs = new LongTruthInputs();
        await inputs.RunAsync(new AlignStage());
        await inputs.RunAsync(new MergeStage());
        var clip = JoinedReader.Of(inputs);
        var train = StageJson.Read<TrainInfo>(clip.PathOf(Stages.Train, Artifacts.TrainIndex));
        Assert.Equal(10 * inputs.Windows.Items.Count, train.Steps);
        Assert.Equal(0.2, train.HeldOut.Published.FlowPixels, 6);
        Assert.InRange(train.NearDepth, 0.98, 1);
        Assert.InRange(train.FarDepth, 9, 9.1);
        var masks = StageJson.Read<MasksInfo>(clip.PathOf(Stages.Masks, Artifacts.MasksIndex));
        Assert.Equal(Enumerable.Range(0, inputs.Scene.FrameCount).Select(f => f / 100.0), masks.MovingShare);
        Assert.Equal(["window 0, frames 0-16: look here"], StageJson.Read<SequenceInfo>(clip.PathOf(Stages.Sequence, Artifacts.Sequence)).Warnings);
        Assert.Equal(inputs.Scene.FrameCount, clip.List(Stages.Masks).Count(f => f.Name.StartsWith("mask_", StringComparison.Ordinal)));
        Assert.Equal([Artifacts.Cameras], clip.List(Stages.Cameras).Select(f => f.Name));
        Assert.Contains(Artifacts.Prior(39), clip.List(Stages.Prior).Select(f => f.Name));
        Assert.False(clip.Exists(Stages.Train, Artifacts.RefinedCameras));
        Assert.All(Files(clip), name => Assert.True(File.Exists(clip.PathOf(name.Stage, name.Name)), name.Name));
    }

    [Fact]
    public void AClipThatIsOneWindowHasNoTasks()
    {
        using var inputs = new TruthInputs();
        var context = new StagePlanContext(inputs.Options, inputs);
        Assert.Empty(new AlignStage().Plan(context));
        Assert.Empty(new MergeStage().Plan(context));
        Assert.Same(inputs, JoinedReader.Of(inputs));
    }

    private static IEnumerable<(StageName Stage, string Name)> Files(IArtifactReader clip) =>
        new[] { Stages.Masks, Stages.Cameras, Stages.Prior, Stages.Sequence, Stages.Train }.SelectMany(s => clip.List(s).Select(f => (s, f.Name)));

    private static Dictionary<string, string> Bytes(LongTruthInputs inputs) => new[] { Stages.Align, Stages.Merge }.SelectMany(s => inputs.List(s).Select(f => (s, f.Name)))
        .ToDictionary(f => $"{f.s}/{f.Name}", f => Convert.ToBase64String(File.ReadAllBytes(inputs.PathOf(f.s, f.Name))));

    /// <summary>Mean over the picture.</summary>
    private static double LogDifference(Raster<float> truth, string path) =>
        truth.Samples.Zip(Npy.Read(path).As<float>().ToArray(), (a, b) => Math.Abs(Math.Log(a / b))).Average();
}
