using Depth3D.Nodes.Preprocess;
using Depth3D.Nodes.Render;
using Depth3D.Nodes.Trainer;
using Depth3D.Pipeline;

namespace Depth3D.Cli.Running;

/// <summary>The command has the code of every role; a process of the cluster uses what its roles need.</summary>
internal static class AllStages
{
    /// <summary>Every recipe with all its stages.</summary>
    public static IReadOnlyList<Recipe> Recipes { get; } =
    [
        new Recipe(RecipeNames.Depth, [.. PreprocessRole.Stages, .. TrainerRole.Stages, .. RenderRole.Stages]),
        .. RenderRole.Recipes.Where(r => r.Recipe != RecipeNames.Depth).Select(r => new Recipe(r.Recipe, r.Stages)),
    ];

    /// <summary>What these roles run, by recipe.</summary>
    public static IReadOnlyList<(string Recipe, IEnumerable<IStage> Stages)> Of(IReadOnlyList<string> roles)
    {
        var isRender = roles.Contains("render", StringComparer.Ordinal);
        return
        [
            (RecipeNames.Depth,
            [
                .. roles.Contains("preprocess", StringComparer.Ordinal) ? PreprocessRole.Stages : [],
                .. roles.Contains("trainer", StringComparer.Ordinal) ? TrainerRole.Stages : [],
                .. isRender ? RenderRole.Stages : [],
            ]),
            .. isRender ? RenderRole.Recipes.Where(r => r.Recipe != RecipeNames.Depth) : [],
        ];
    }
}
