using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Depth3D.Imaging;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;
using Depth3D.Reconstruction.Loops.Model;
using Depth3D.Reconstruction.Loops.Training;

namespace Depth3D.Nodes.Trainer.Loops;

/// <summary>What stage 2 begins with: the loop of stage 1, the clips of the views that take part, and settings.</summary>
internal sealed record LoopTrainInputs(MultiTileVideo Begin, IReadOnlyList<LoopFootage> Footage, LoopSettings Settings, string Fingerprint)
{
    /// <summary>Whether there is anything to optimise, and if not why not.</summary>
    public static string? LeftAsItIs(DepthOptions options, IArtifactReader inputs)
    {
        var scene = StageJson.Read<LoopSceneInfo>(inputs.PathOf(LoopStages.Scene, LoopArtifacts.SceneIndex));
        if (scene.Frames == 1) return "nothing moves, so there is no loop to optimise";
        if (scene.IsPingPong) return "the loop runs back and forth; its way back is in no clip, so nothing is drawn to one";
        return LoopTrainProfile.Settings(options).Epochs == 0 ? "no passes were asked for; the loop is as stage 1 left it" : null;
    }

    /// <summary>Iterations of the levels, from the records alone.</summary>
    public static LoopChunkPlan Plan(DepthOptions options, IArtifactReader inputs)
    {
        var cameras = Cameras(inputs);
        var settings = LoopTrainProfile.Settings(options);
        var views = Taking(cameras);
        var size = views[0].Intrinsics;
        var levels = LoopSchedule.Levels(size.Width, size.Height, cameras.Geometry.TileSize, settings.SingleCamera, settings.WholePictures);
        return new LoopChunkPlan([.. levels.Select(l => settings.Epochs * views.Count * l.Patches.Count)], options.Train.ChunkSteps);
    }

    public static LoopTrainInputs Load(StageContext context, CancellationToken cancellation)
    {
        var cameras = Cameras(context.Inputs);
        var path = context.Inputs.PathOf(LoopStages.Scene, LoopArtifacts.Scene);
        var settings = LoopTrainProfile.Settings(context.Options);
        var footage = new List<LoopFootage>();
        foreach (var view in Taking(cameras))
        {
            cancellation.ThrowIfCancellationRequested();
            footage.Add(Filmed(context, view, cameras.ReferenceViews.Contains(view.Index)));
        }

        return new LoopTrainInputs(MtvFile.Load(path), footage, settings, Hash(path, context.Inputs.PathOf(LoopStages.Cameras, LoopArtifacts.Cameras), settings));
    }

    /// <summary>Views that are trained on: all but the one that is only measured against.</summary>
    private static List<LoopView> Taking(LoopCameras cameras) => [.. cameras.Views.Where(v => v.Index != cameras.HeldOutView)];

    private static LoopCameras Cameras(IArtifactReader inputs) => StageJson.Read<LoopCameras>(inputs.PathOf(LoopStages.Cameras, LoopArtifacts.Cameras));

    private static LoopFootage Filmed(StageContext context, LoopView view, bool leads)
    {
        var stage = LoopArtifacts.ViewsStage(context.Options.Loop!);
        var count = StageJson.Read<LoopViewInfo>(context.Inputs.PathOf(stage, LoopArtifacts.View(view.Index))).Frames;
        var frames = new Raster<byte>[count];
        var valid = new bool[]?[count];
        for (var t = 0; t < count; t++)
        {
            frames[t] = ImageFile.ReadRgb(context.Inputs.PathOf(stage, LoopArtifacts.ViewFrame(view.Index, t)));
            if ((frames[t].Width, frames[t].Height) != (view.Intrinsics.Width, view.Intrinsics.Height))
                throw DamagedArtifact.At(context.Inputs.PathOf(stage, LoopArtifacts.ViewFrame(view.Index, t)), $"is {frames[t].Width}x{frames[t].Height}; its camera is for {view.Intrinsics.Width}x{view.Intrinsics.Height}");
            if (LoopArtifacts.ValidPath(context.Inputs, context.Options.Loop!, view.Index, t) is { } path)
                valid[t] = Array.ConvertAll(ImageFile.ReadGray(path).Samples, v => v != 0);
        }

        var everywhere = Enumerable.Repeat(true, frames[0].PixelCount).ToArray();
        return new LoopFootage(view, frames, valid.All(v => v is null) ? null : [.. valid.Select(v => v ?? everywhere)], leads);
    }

    private static string Hash(string scene, string cameras, LoopSettings settings)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using (var file = File.OpenRead(scene)) hash.AppendData(SHA256.HashData(file));
        hash.AppendData(File.ReadAllBytes(cameras));
        hash.AppendData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(settings)));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
