using Depth3D.Nodes.Preprocess;
using Depth3D.Nodes.Render;
using Depth3D.Nodes.Trainer;
using Depth3D.Pipeline;

namespace Depth3D.Cli.Running;

/// <summary>The command has the code of every role; a process of the cluster uses what its roles need.</summary>
internal static class AllStages
{
    private static readonly IReadOnlyList<string> Roles = ["preprocess", "trainer", "render"];

    /// <summary>Every recipe with all its stages.</summary>
    public static IReadOnlyList<Recipe> Recipes { get; } = [.. Of(Roles).Select(r => new Recipe(r.Recipe, r.Stages))];

    /// <summary>What these roles run, by recipe.</summary>
    public static IReadOnlyList<(string Recipe, IEnumerable<IStage> Stages)> Of(IReadOnlyList<string> roles) =>
    [
        .. roles.SelectMany(RecipesOf).GroupBy(r => r.Recipe, StringComparer.Ordinal).Select(g => (g.Key, g.SelectMany(r => r.Stages))),
    ];

    private static IReadOnlyList<(string Recipe, IEnumerable<IStage> Stages)> RecipesOf(string role) => role switch
    {
        "preprocess" => PreprocessRole.Recipes,
        "trainer" => TrainerRole.Recipes,
        "render" => RenderRole.Recipes,
        _ => [],
    };
}
