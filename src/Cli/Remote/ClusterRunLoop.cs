using Depth3D.Cli.Running;
using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Cli.Remote;

/// <summary>A loop of a finished clip of a cluster.</summary>
/// <param name="complete">The options, of the base run they are given as a source.</param>
internal sealed class ClusterRunLoop(SeedClient client, ClipId source, Func<string, DepthOptions> complete) : ClusterJob(client, source, LoopRun.Folder)
{
    protected override string Recipe => RecipeNames.Loop;

    protected override IReadOnlyList<StageName> Imports => RecipeGraphs.EffectImports;

    protected override IReadOnlyList<StageName> Results => LoopFiles.Stages;

    protected override void Check() => _ = complete("");

    protected override DepthOptions OptionsOf(string path) => complete(path);

    protected override string? PlaceOf(StageName stage, string file) => LoopFiles.PlaceOf(stage, file);

    protected override void Complete(PublishedFolder target) => LoopFiles.AddPage(target);
}
