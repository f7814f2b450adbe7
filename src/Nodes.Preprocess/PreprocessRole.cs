using Depth3D.Nodes.Preprocess.Cameras;
using Depth3D.Nodes.Preprocess.Flow;
using Depth3D.Nodes.Preprocess.Frames;
using Depth3D.Nodes.Preprocess.Loops;
using Depth3D.Nodes.Preprocess.Masks;
using Depth3D.Nodes.Preprocess.Prior;
using Depth3D.Nodes.Preprocess.Sequence;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Windows;

namespace Depth3D.Nodes.Preprocess;

/// <summary>The stages that the preprocess role runs.</summary>
public static class PreprocessRole
{
    /// <summary>Its part of recipe <c>depth</c>.</summary>
    public static IReadOnlyList<IStage> Stages { get; } =
    [
        new FramesStage(),
        new FlowStage(),
        new WindowedStage(new MasksStage(), options => options.Masks.Method == MaskMethods.Motion),
        new LensStage(),
        new WindowedStage(new CamerasStage(), options => !options.Cameras.Method.StartsWith(CamerasStage.FilePrefix, StringComparison.Ordinal),
            (options, clip, _) => LensStage.Choose(options, clip)),
        new WindowedStage(new PriorStage(), options => !options.Prior.Method.StartsWith(PriorMethods.GivenPrefix, StringComparison.Ordinal)),
        new WindowedStage(new SequenceStage(), _ => true),
    ];

    /// <summary>Its part of recipe <c>loop</c>.</summary>
    public static IReadOnlyList<IStage> LoopStages { get; } = [new LoopViewsStage(), new LoopCamerasStage()];

    /// <summary>Everything the role runs, by recipe.</summary>
    public static IReadOnlyList<(string Recipe, IEnumerable<IStage> Stages)> Recipes { get; } = [(RecipeNames.Depth, Stages), (RecipeNames.Loop, LoopStages)];
}
