using Depth3D.Messages;
using Depth3D.Pipeline.Loops;

namespace Depth3D.Pipeline;

/// <summary>
/// The graphs of all recipes without the stages' code, for a seed that is a process of its own: it decides what comes after what, nodes do the
/// rest. A test compares them with the stages of the roles.
/// </summary>
public static class RecipeGraphs
{
    /// <summary>Stages of a finished run whose files an effect needs, under the names they have there.</summary>
    public static IReadOnlyList<StageName> EffectImports { get; } = [Stages.Frames, Stages.Masks, Stages.Sequence, Stages.Train, Stages.Align, Stages.Merge];

    /// <summary>Stages of a finished run whose files exports need.</summary>
    public static IReadOnlyList<StageName> ExportImports { get; } =
        [.. EffectImports, Stages.Flow, Stages.Cameras, Stages.Prior];

    public static Recipe Effect { get; } = new(RecipeNames.Effect,
    [
        .. EffectImports.Select(Import),
        GraphStage.Of(Stages.EffectPrepare, WorkerPool.Render, [.. EffectImports]),
        GraphStage.Of(Stages.EffectFrames, WorkerPool.Render, Stages.EffectPrepare),
        GraphStage.Of(Stages.EffectVideo, WorkerPool.Render, Stages.EffectFrames),
    ]);

    public static Recipe Export { get; } = new(RecipeNames.Export,
    [
        .. ExportImports.Select(Import),
        GraphStage.Of(Stages.ExportFrames, WorkerPool.Render, [.. ExportImports]),
        GraphStage.Of(Stages.ExportClip, WorkerPool.Render, Stages.ExportFrames),
    ]);

    public static Recipe Loop { get; } = new(RecipeNames.Loop,
    [
        GraphStage.Of(LoopStages.Views, WorkerPool.PreprocessCpu),
        .. EffectImports.Select(Import),
        GraphStage.Of(LoopStages.Steady, WorkerPool.Render, [.. EffectImports]),
        GraphStage.Of(LoopStages.Cameras, WorkerPool.PreprocessCpu, LoopStages.Views, LoopStages.Steady),
        GraphStage.Of(LoopStages.Scene, WorkerPool.Trainer, LoopStages.Cameras),
        GraphStage.Of(LoopStages.Train, WorkerPool.Trainer, LoopStages.Scene),
        GraphStage.Of(LoopStages.Package, WorkerPool.Render, LoopStages.Train),
        GraphStage.Of(LoopStages.Frames, WorkerPool.Render, LoopStages.Train),
        GraphStage.Of(LoopStages.Video, WorkerPool.Render, LoopStages.Frames, LoopStages.Package),
    ]);

    public static IReadOnlyList<Recipe> All { get; } = [DepthGraph.Recipe, Effect, Export, Loop];

    private static IStage Import(StageName stage) => GraphStage.Of(stage, WorkerPool.Render);
}
