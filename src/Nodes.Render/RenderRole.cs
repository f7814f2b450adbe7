using Depth3D.Nodes.Render.Effects;
using Depth3D.Nodes.Render.Exports;
using Depth3D.Nodes.Render.Imports;
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

    /// <summary>Everything the role runs, by recipe.</summary>
    public static IReadOnlyList<(string Recipe, IEnumerable<IStage> Stages)> Recipes { get; } =
        [(RecipeNames.Depth, Stages), (RecipeNames.Effect, EffectStages), (RecipeNames.Export, ExportStages)];
}
