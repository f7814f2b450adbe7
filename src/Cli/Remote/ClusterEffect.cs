using Depth3D.Cli.Running;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Rendering.Effects;

namespace Depth3D.Cli.Remote;

/// <summary>An effect on a finished clip of a cluster.</summary>
internal sealed class ClusterEffect(SeedClient client, ClipId source, string name, EffectSettings settings) : ClusterJob(client, source, name)
{
    private readonly ClipId _source = source;
    private readonly string _name = name;

    protected override string Recipe => RecipeNames.Effect;

    protected override IReadOnlyList<StageName> Imports => RecipeGraphs.EffectImports;

    protected override IReadOnlyList<StageName> Results { get; } = [Stages.EffectFrames, Stages.EffectVideo];

    protected override void Check() => _ = settings.Open();

    protected override DepthOptions OptionsOf(string path) => EffectRun.OptionsOf(path, settings);

    protected override string? PlaceOf(StageName stage, string file) => EffectRun.PlaceOf(stage, file);

    protected override void Complete(PublishedFolder target) =>
        target.Write(EffectRun.Description, StageJson.Bytes(new EffectDescription(_name, _source.Value, settings)));
}
