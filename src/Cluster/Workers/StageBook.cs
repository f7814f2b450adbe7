using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Cluster.Workers;

/// <summary>The stages whose code this process has, by recipe and name. A role knows its own stages only, not the whole graph.</summary>
public sealed class StageBook
{
    private readonly Dictionary<(string Recipe, StageName Stage), IStage> _stages;

    private StageBook(Dictionary<(string, StageName), IStage> stages) => _stages = stages;

    public static StageBook Of(IEnumerable<Recipe> recipes) =>
        new(recipes.SelectMany(r => r.Stages.Select(s => (r.Name, s))).ToDictionary(e => (e.Name, e.s.Name), e => e.s));

    /// <summary>The stages of a role, all of one recipe.</summary>
    public static StageBook Of(string recipe, IEnumerable<IStage> stages) => new(stages.ToDictionary(s => (recipe, s.Name)));

    /// <summary>The stages of roles, by recipe.</summary>
    public static StageBook Of(IEnumerable<(string Recipe, IEnumerable<IStage> Stages)> recipes) =>
        new(recipes.SelectMany(r => r.Stages.Select(s => (r.Recipe, s))).ToDictionary(e => (e.Recipe, e.s.Name), e => e.s));

    /// <summary>Pools that these stages need.</summary>
    public IEnumerable<WorkerPool> Pools => _stages.Values.Select(s => s.Pool).Distinct().Order();

    /// <exception cref="Depth3DException">This process does not have the stage.</exception>
    public IStage this[string recipe, StageName stage] => _stages.TryGetValue((recipe, stage), out var found)
        ? found
        : throw new Depth3DException($"this node cannot run stage '{stage}' of recipe '{recipe}'",
            remedy: $"it has {string.Join(", ", _stages.Keys.Select(k => $"{k.Recipe}/{k.Stage}").Order(StringComparer.Ordinal))}; "
                + "run the same version on every node, or submit the clip again", kind: FailureKind.Transient);
}
