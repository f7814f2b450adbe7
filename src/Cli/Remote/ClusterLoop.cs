using Depth3D.Cli.Running;
using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Cli.Remote;

/// <summary>A loop of clips of this machine, made by a cluster.</summary>
internal sealed class ClusterLoop(SeedClient client, ClipId clip, DepthOptions options) : ClusterOrder(client, clip)
{
    private readonly SeedClient _client = client;

    protected override string Recipe => RecipeNames.Loop;

    protected override IReadOnlyList<StageName> Results => LoopFiles.Stages;

    protected override void Check() => InputChecks.Check(options);

    protected override Task<DepthOptions> PlaceAsync(CancellationToken cancellation) =>
        new InputUpload(_client, Terminal.Say, TimeProvider.System).SendAsync(options, cancellation);

    protected override string? PlaceOf(StageName stage, string file) => LoopFiles.PlaceOf(stage, file);

    protected override void Complete(PublishedFolder target) => LoopFiles.AddPage(target);
}
