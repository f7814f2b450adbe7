using System.Text.Json.Serialization;
using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Cluster.Entity;

/// <summary>A node of the stage graph as it was when the clip was submitted, so that a journal replays without the stages' code.</summary>
public sealed record StageSpec(
    StageName Name, [property: JsonConverter(typeof(JsonStringEnumConverter<WorkerPool>))] WorkerPool Pool, IReadOnlyList<StageName> After)
{
    public static IReadOnlyList<StageSpec> Of(Recipe recipe) => recipe.Stages.Select(s => new StageSpec(s.Name, s.Pool, s.After.ToArray())).ToArray();
}
