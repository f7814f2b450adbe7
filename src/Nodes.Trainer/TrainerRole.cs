using Depth3D.Nodes.Trainer.Loops;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Windows;

namespace Depth3D.Nodes.Trainer;

/// <summary>The stages that the trainer role runs.</summary>
public static class TrainerRole
{
    public static IEnumerable<IStage> Stages { get; } = [new WindowedStage(new TrainStage(), _ => true, HoldFocal)];

    /// <summary>Its part of recipe <c>loop</c>.</summary>
    public static IEnumerable<IStage> LoopStages { get; } = [new LoopSceneStage(), new LoopTrainStage()];

    /// <summary>Everything the role runs, by recipe.</summary>
    public static IReadOnlyList<(string Recipe, IEnumerable<IStage> Stages)> Recipes { get; } = [(RecipeNames.Depth, Stages), (RecipeNames.Loop, LoopStages)];

    /// <summary>Windows that correct their cameras keep the focal length they share: corrected apart, it would differ from window to window.</summary>
    private static DepthOptions HoldFocal(DepthOptions options, IArtifactReader clip, WindowReader window)
    {
        if (!options.Train.RefineCameras || options.Cameras.FocalPixels is not null) return options;
        var frames = StageJson.Read<FramesInfo>(window.PathOf(Pipeline.Stages.Frames, Artifacts.FramesIndex));
        var cameras = CameraArtifacts.Read(window, Pipeline.Stages.Sequence, Artifacts.ScaledCameras, frames.Count);
        return options with { Cameras = options.Cameras with { FocalPixels = cameras.Intrinsics.Fx * frames.SourceWidth / frames.Width } };
    }
}
