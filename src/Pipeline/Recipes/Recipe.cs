using Depth3D.Messages;

namespace Depth3D.Pipeline;

/// <summary>
/// A validated graph of stages. Valid by construction: names are unique, every input is a stage of the recipe, nothing waits for
/// itself. <see cref="Stages"/> is in an order in which every stage comes after its inputs, and is the same for the same stages.
/// </summary>
public sealed class Recipe
{
    private readonly Dictionary<StageName, IStage> _byName;
    private readonly Dictionary<StageName, IReadOnlyList<StageName>> _ancestors = [];

    /// <exception cref="Depth3DException">The stages are empty, named twice, wait for an unknown stage, or for each other.</exception>
    public Recipe(string name, IEnumerable<IStage> stages)
    {
        ArgumentNullException.ThrowIfNull(stages);
        Name = name;
        var given = stages.ToList();
        if (given.Count == 0) throw Refuse("has no stages", "register the stages of the role projects");
        _byName = ByName(given);
        CheckInputs(given);
        Stages = Order(given);
        foreach (var stage in Stages) _ancestors[stage.Name] = Closure(stage);
    }

    public string Name { get; }

    /// <summary>Every stage after all of its inputs.</summary>
    public IReadOnlyList<IStage> Stages { get; }

    public IStage this[StageName stage] => _byName.TryGetValue(stage, out var found)
        ? found
        : throw new Depth3DException($"recipe '{Name}' has no stage '{stage}'; it has {string.Join(", ", Stages.Select(s => s.Name))}",
            remedy: "a clip of an older version: run it again with --fresh");

    public bool Contains(StageName stage) => _byName.ContainsKey(stage);

    /// <summary>All stages that are complete before <paramref name="stage"/> starts, directly or not, in recipe order.</summary>
    public IReadOnlyList<StageName> Ancestors(StageName stage) => _ancestors[this[stage].Name];

    private Dictionary<StageName, IStage> ByName(List<IStage> stages)
    {
        var result = new Dictionary<StageName, IStage>();
        foreach (var stage in stages)
        {
            if (!result.TryAdd(stage.Name, stage))
                throw Refuse($"names stage '{stage.Name}' twice ({result[stage.Name].GetType().Name} and {stage.GetType().Name})",
                    "register each stage once");
        }

        return result;
    }

    private void CheckInputs(List<IStage> stages)
    {
        foreach (var stage in stages)
            foreach (var input in stage.After)
            {
                if (!_byName.ContainsKey(input))
                    throw Refuse($"lets stage '{stage.Name}' wait for '{input}', which is not one of its stages",
                        $"its stages are {string.Join(", ", stages.Select(s => s.Name))}");
            }
    }

    /// <summary>Kahn's algorithm, taking the first free stage in the order given.</summary>
    private List<IStage> Order(List<IStage> stages)
    {
        var ordered = new List<IStage>(stages.Count);
        var done = new HashSet<StageName>();
        var left = new List<IStage>(stages);
        while (left.Count > 0)
        {
            var next = left.FirstOrDefault(s => s.After.All(done.Contains))
                ?? throw Refuse($"waits in a circle: {string.Join(" -> ", Cycle(left))}", "remove one of these inputs");
            left.Remove(next);
            done.Add(next.Name);
            ordered.Add(next);
        }

        return ordered;
    }

    private List<StageName> Cycle(List<IStage> left)
    {
        var names = left.Select(s => s.Name).ToHashSet();
        var path = new List<StageName>();
        var at = left[0].Name;
        while (!path.Contains(at))
        {
            path.Add(at);
            at = _byName[at].After.First(names.Contains);
        }

        path.Add(at);
        return path[path.IndexOf(at)..];
    }

    private List<StageName> Closure(IStage stage)
    {
        var all = stage.After.Concat(stage.After.SelectMany(a => _ancestors[a])).ToHashSet();
        return Stages.Select(s => s.Name).Where(all.Contains).ToList();
    }

    private Depth3DException Refuse(string what, string remedy) =>
        new($"recipe '{Name}' {what}", remedy: remedy, kind: FailureKind.Usage);
}
