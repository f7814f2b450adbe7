using Depth3D.Cli.Running;
using Depth3D.Messages;
using Depth3D.Nodes.Render.Exports;
using Depth3D.Pipeline;

namespace Depth3D.Cli.Remote;

/// <summary>An export of a finished clip of a cluster.</summary>
internal sealed class ClusterExport(SeedClient client, ClipId source, ExportOptions export) : ClusterJob(client, source, ExportRun.NameOf(export))
{
    protected override string Recipe => RecipeNames.Export;

    protected override IReadOnlyList<StageName> Imports => RecipeGraphs.ExportImports;

    protected override IReadOnlyList<StageName> Results => ExportRun.Published;

    protected override void Check() => ExportFormats.Check(export);

    protected override DepthOptions OptionsOf(string path) => ExportRun.OptionsOf(path, export);

    protected override string? PlaceOf(StageName stage, string file) => ExportRun.Published.Contains(stage) ? file : null;
}
