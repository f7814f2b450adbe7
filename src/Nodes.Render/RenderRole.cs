using Depth3D.Nodes.Render.Effects;
using Depth3D.Nodes.Render.Exports;
using Depth3D.Nodes.Render.Imports;
using Depth3D.Nodes.Render.Loops;
using Depth3D.Nodes.Render.Windows;
using Depth3D.Pipeline;

namespace Depth3D.Nodes.Render;

/// <summary>The stages that the render role runs.</summary>
public static class RenderRole
{
    /// <summary>Its part of recipe <c>depth</c>.</summary>
    public static IEnumerable<IStage> Stages { get; } = [new AlignStage(), new MergeStage(), new DepthStage(), new PointCloudStage(), new EncodeStage()];

    /// <summary>Recipe <c>effect</c>, which has no stages of other roles.</summary>
    public static IEnumerable<IStage> EffectStages { get; } =
        [.. ImportStage.Of(RecipeGraphs.EffectImports), new EffectPrepareStage(), new EffectFramesStage(), new EffectVideoStage()];

    /// <summary>Recipe <c>export</c>, likewise.</summary>
    public static IEnumerable<IStage> ExportStages { get; } = [.. ImportStage.Of(RecipeGraphs.ExportImports), new ExportFramesStage(), new ExportClipStage()];

    /// <summary>Its part of recipe <c>loop</c>. Sources that are no finished run bring nothing in.</summary>
    public static IEnumerable<IStage> LoopStages { get; } =
        [.. ImportStage.Of(RecipeGraphs.EffectImports), new LoopSteadyStage(), new LoopPackageStage(), new LoopFramesStage(), new LoopVideoStage()];

    /// <summary>Everything the role runs, by recipe.</summary>
    public static IReadOnlyList<(string Recipe, IEnumerable<IStage> Stages)> Recipes { get; } =
        [(RecipeNames.Depth, Stages), (RecipeNames.Effect, EffectStages), (RecipeNames.Export, ExportStages), (RecipeNames.Loop, LoopStages)];
}
