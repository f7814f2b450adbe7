using Depth3D.Nodes.Preprocess;
using Depth3D.Nodes.Render;
using Depth3D.Nodes.Trainer;
using Depth3D.Pipeline;

namespace Depth3D.Cli.Running;

/// <summary>The command has the code of every role; a process of the cluster uses what its roles need.</summary>
internal static class AllStages
{
    public static IEnumerable<IStage> OfEveryRole => [.. PreprocessRole.Stages, .. TrainerRole.Stages, .. RenderRole.Stages];

    public static IEnumerable<IStage> Of(IReadOnlyList<string> roles) =>
    [
        .. roles.Contains("preprocess", StringComparer.Ordinal) ? PreprocessRole.Stages : [],
        .. roles.Contains("trainer", StringComparer.Ordinal) ? TrainerRole.Stages : [],
        .. roles.Contains("render", StringComparer.Ordinal) ? RenderRole.Stages : [],
    ];
}
