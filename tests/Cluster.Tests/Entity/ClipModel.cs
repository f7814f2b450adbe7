using Depth3D.Cluster.Entity;
using Depth3D.Messages;

namespace Depth3D.Cluster.Tests.Entity;

/// <summary>
/// A clip told a second time, as plainly as can be: mutable, without events, without epochs kept by anybody else, and everything looked up
/// by going through all of it. The entity must agree with it after every command.
/// </summary>
internal sealed class ClipModel
{
    private static readonly (string Name, string[] After, WorkerPool Pool)[] Graph = [("a", [], WorkerPool.PreprocessCpu), ("b", ["a"], WorkerPool.Trainer)];

    private readonly Dictionary<string, List<Unit>?> _stages = new() { ["a"] = null, ["b"] = null };
    private readonly Dictionary<string, Hold> _holds = new() { ["a"] = Hold.None, ["b"] = Hold.None };
    private string? _unplannable;
    private string? _options;
    private bool _isPaused;

    public ClipPhase Phase { get; private set; }

    /// <returns>True when the command is accepted, also when it changes nothing.</returns>
    public bool Apply(ClipCommand command)
    {
        var isAccepted = command switch
        {
            ClipCommand.Submit c => Submit(c),
            ClipCommand.PlanStage c => Phase == ClipPhase.Running && _stages[c.Stage.Value] is null && Ready(c.Stage.Value) && Plan(c.Stage.Value, c.Tasks),
            ClipCommand.FailPlanning c => Phase == ClipPhase.Running && _stages[c.Stage.Value] is null && Set(() => (Phase, _unplannable) = (ClipPhase.Failed, c.Stage.Value)),
            ClipCommand.Claim c => Phase == ClipPhase.Running && Find(c.Task) is { } u && Claim(c, u),
            ClipCommand.Renew c => Phase == ClipPhase.Running && Current(c.Task, c.Epoch) is { } u && Set(() => u.Until = c.Now + c.Lease),
            ClipCommand.Complete c => Complete(c),
            ClipCommand.Fail c => Live && Current(c.Task, c.Epoch) is { } u && Fail(c, u),
            ClipCommand.Release c => Live && Current(c.Task, c.Epoch) is { } u && Set(() => u.Phase = TaskPhase.Waiting),
            ClipCommand.ExpireLeases c => Live && Drop(u => u.Until < c.Now),
            ClipCommand.ReleaseAll => Live && Drop(_ => true),
            ClipCommand.Cancel c => Cancel(c.Part),
            ClipCommand.Resume => Phase is ClipPhase.Failed or ClipPhase.Cancelled && Resume(),
            ClipCommand.Pause c => Phase is ClipPhase.Running or ClipPhase.Failed && Known(c.Part) && !Settled(c.Part) && Pause(c.Part),
            ClipCommand.Unpause c => Live && Known(c.Part) && Set(() => SetHold(c.Part, Hold.None)),
            ClipCommand.Prioritise => Live,
            ClipCommand.Retry c => Phase is ClipPhase.Running or ClipPhase.Failed && Known(c.Part) && Retry(c.Part),
            ClipCommand.Eat c => Phase is ClipPhase.Running or ClipPhase.Failed && Known(c.Part) && Eat(c.Part),
            _ => throw new InvalidOperationException(command.GetType().Name),
        };
        if (Phase == ClipPhase.Running && _stages.Values.All(s => s is not null && s.All(u => u.IsSettled))) Phase = ClipPhase.Completed;
        return isAccepted;
    }

    public string Describe() => string.Join('\n', new[] { $"{Phase} paused {_isPaused}" }
        .Concat(Graph.Select(s => $"{s.Name} {_stages[s.Name]?.Count} {_holds[s.Name]} plannable {IsPlannable(s.Name)}"))
        .Concat(All().Select(t => $"{t.Id} {t.Unit.Phase} e{t.Unit.Epoch} {t.Unit.Hold} fails {t.Unit.Fails.Count} rung {t.Unit.Rung} open {IsOpen(t.Id, t.Unit)}")));

    public static string Describe(ClipState state) => string.Join('\n', new[] { $"{state.Phase} paused {state.IsPaused}" }
        .Concat(Graph.Select(s => state.Stages.TryGetValue(s.Name, out var stage)
            ? $"{s.Name} {stage.TaskCount} {stage.Hold} plannable {state.Plannable.Contains(new StageName(s.Name))}"
            : $"{s.Name}  None plannable False"))
        .Concat(state.Tasks.OrderBy(t => t.Key.ToString(), StringComparer.Ordinal).Select(t =>
            $"{t.Key} {t.Value.Phase} e{t.Value.Epoch} {t.Value.Hold} fails {t.Value.FailedAttempts} rung {t.Value.Rung} "
            + $"open {state.Open(state.Stages[t.Key.Stage].Spec.Pool).Contains(t.Key)}")));

    private bool Live => Phase is ClipPhase.Running or ClipPhase.Failed or ClipPhase.Cancelled;

    private bool Submit(ClipCommand.Submit c)
    {
        if (Phase == ClipPhase.None) (Phase, _options) = (ClipPhase.Running, c.OptionsJson);
        return c.OptionsJson == _options;
    }

    private bool Ready(string stage) => Graph.Single(s => s.Name == stage).After.All(a => _stages[a] is { } units && units.All(u => u.IsSettled));

    private bool IsPlannable(string stage) => Phase == ClipPhase.Running && !_isPaused && _holds[stage] == Hold.None && _stages[stage] is null && Ready(stage);

    private bool Plan(string stage, IReadOnlyList<TaskPlan> tasks) => Set(() => _stages[stage] = [.. tasks.Select(t => new Unit { IsLink = t.AfterPrevious })]);

    private bool Claim(ClipCommand.Claim c, Unit unit)
    {
        if (unit.Phase is not (TaskPhase.Waiting or TaskPhase.Running) || !Follows(c.Task, unit)) return false;
        if (unit.Phase == TaskPhase.Running && unit.Until >= c.Now && unit.Worker != c.Worker) return false;
        unit.Phase = TaskPhase.Waiting;
        if (_isPaused || _holds[c.Task.Stage.Value] != Hold.None || unit.Hold != Hold.None) return false;
        (unit.Phase, unit.Epoch, unit.Worker, unit.Until) = (TaskPhase.Running, unit.Epoch + 1, c.Worker, c.Now + c.Lease);
        return true;
    }

    private bool Complete(ClipCommand.Complete c)
    {
        if (Phase == ClipPhase.None || Find(c.Task) is not { } unit || unit.Epoch != c.Epoch) return false;
        if (unit.Phase == TaskPhase.Running) (unit.Phase, unit.Hold) = (TaskPhase.Done, Hold.None);
        if (unit.Phase == TaskPhase.Done) unit.Fails.Clear();
        return unit.Phase == TaskPhase.Done;
    }

    private bool Fail(ClipCommand.Fail c, Unit unit)
    {
        var canStepDown = c.Kind == FailureKind.OutOfMemory && unit.Rung < 3;
        var counted = unit.Fails.Count(f => f.Counts) + 1;
        var workers = unit.Fails.Where(f => f.Counts).Select(f => f.Worker).Append(unit.Worker).Distinct().Count();
        var again = canStepDown || (c.Kind == FailureKind.Transient && counted < 3 && workers < 3);
        unit.Fails.Add((unit.Worker, c.Kind == FailureKind.Transient || (c.Kind == FailureKind.OutOfMemory && unit.Rung >= 3)));
        if (canStepDown) unit.Rung++;
        unit.Phase = again ? TaskPhase.Waiting : TaskPhase.Failed;
        if (!again && Phase == ClipPhase.Running) Phase = ClipPhase.Failed;
        return true;
    }

    private bool Cancel(ClipPart part)
    {
        if (part.IsWhole)
        {
            if (Phase is not (ClipPhase.Running or ClipPhase.Cancelled)) return false;
            Phase = ClipPhase.Cancelled;
            return true;
        }

        if (Phase != ClipPhase.Running || !Known(part) || Settled(part) || (part.Task is { } task && Find(task)!.Phase == TaskPhase.Failed)) return false;
        var was = part.Task is { } id ? Find(id)!.Hold : _holds[part.Stage!.Value.Value];
        if (was != Hold.Cancelled) Drop(part);
        return Set(() => SetHold(part, Hold.Cancelled));
    }

    private bool Pause(ClipPart part)
    {
        var was = part.Task is { } id ? Find(id)!.Hold : part.Stage is { } stage ? _holds[stage.Value] : _isPaused ? Hold.Paused : Hold.None;
        if (was == Hold.None) SetHold(part, Hold.Paused);
        return true;
    }

    private bool Resume()
    {
        Forgive(ClipPart.Whole);
        (Phase, _unplannable) = (ClipPhase.Running, null);
        return true;
    }

    private bool Retry(ClipPart part)
    {
        if (part.Task is { } id)
        {
            var unit = Find(id)!;
            if (unit.Phase == TaskPhase.Done) return false;
            if (unit.Phase == TaskPhase.Eaten)
            {
                var next = Find(id with { TaskIndex = id.TaskIndex + 1 });
                if (Graph.Any(s => s.After.Contains(id.Stage.Value) && _stages[s.Name] is not null)) return false;
                if (next is { IsLink: true } && (next.Epoch > 0 || next.IsSettled)) return false;
                unit.Phase = TaskPhase.Waiting;
                return true;
            }
        }

        var plans = _unplannable is not null && part.Contains(new StageName(_unplannable));
        var before = Describe();
        Forgive(part);
        if (plans) _unplannable = null;
        GoOn();
        return plans || Describe() != before;
    }

    private bool Eat(ClipPart part)
    {
        if (part.Task is { } id && Find(id)!.Phase == TaskPhase.Done) return false;
        if (part is { Stage: { } only, TaskIndex: null } && _stages[only.Value] is null && !Ready(only.Value)) return false;
        foreach (var (name, _, _) in Graph)
        {
            if (part.Contains(new StageName(name)) && _stages[name] is null)
            {
                _stages[name] = [];
                if (_unplannable == name) _unplannable = null;
            }
        }

        foreach (var (task, unit) in All().Where(t => part.Contains(t.Id) && !t.Unit.IsSettled))
        {
            (unit.Phase, unit.Hold) = (TaskPhase.Eaten, Hold.None);
            unit.Fails.Clear();
        }

        GoOn();
        return true;
    }

    private void Forgive(ClipPart part)
    {
        foreach (var (name, _, _) in Graph)
        {
            if (part.Contains(new StageName(name)) && _holds[name] == Hold.Cancelled) _holds[name] = Hold.None;
        }

        foreach (var (_, unit) in All().Where(t => part.Contains(t.Id) && !t.Unit.IsSettled))
        {
            unit.Fails.Clear();
            if (unit.Hold == Hold.Cancelled) unit.Hold = Hold.None;
            if (unit.Phase == TaskPhase.Failed) unit.Phase = TaskPhase.Waiting;
        }
    }

    private void GoOn()
    {
        if (Phase == ClipPhase.Failed && _unplannable is null && All().All(t => t.Unit.Phase != TaskPhase.Failed)) Phase = ClipPhase.Running;
    }

    private bool Drop(Func<Unit, bool> which)
    {
        foreach (var (_, unit) in All().Where(t => t.Unit.Phase == TaskPhase.Running && which(t.Unit))) unit.Phase = TaskPhase.Waiting;
        return true;
    }

    private void Drop(ClipPart part)
    {
        foreach (var (_, unit) in All().Where(t => t.Unit.Phase == TaskPhase.Running && part.Contains(t.Id))) unit.Phase = TaskPhase.Waiting;
    }

    private void SetHold(ClipPart part, Hold hold)
    {
        if (part.Task is { } id) Find(id)!.Hold = hold;
        else if (part.Stage is { } stage) _holds[stage.Value] = hold;
        else _isPaused = hold != Hold.None;
    }

    private bool IsOpen(TaskId id, Unit unit) => Phase == ClipPhase.Running && !_isPaused && _holds[id.Stage.Value] == Hold.None
        && unit is { Phase: TaskPhase.Waiting, Hold: Hold.None } && Follows(id, unit);

    private bool Follows(TaskId id, Unit unit) => !unit.IsLink || id.TaskIndex == 0 || _stages[id.Stage.Value]![id.TaskIndex - 1].IsSettled;

    private bool Known(ClipPart part) => part.Task is not { } id || Find(id) is not null;

    private bool Settled(ClipPart part) => part.Task is { } id && Find(id)!.IsSettled;

    private Unit? Find(TaskId id) => _stages[id.Stage.Value] is { } units && id.TaskIndex < units.Count ? units[id.TaskIndex] : null;

    private Unit? Current(TaskId id, long epoch) => Find(id) is { Phase: TaskPhase.Running } unit && unit.Epoch == epoch ? unit : null;

    private IEnumerable<(TaskId Id, Unit Unit)> All() => Graph.Where(s => _stages[s.Name] is not null)
        .SelectMany(s => _stages[s.Name]!.Select((unit, index) => (new TaskId(s.Name, index), unit)));

    private static bool Set(Action change)
    {
        change();
        return true;
    }

    private sealed class Unit
    {
        public bool IsLink { get; init; }

        public TaskPhase Phase { get; set; }

        public long Epoch { get; set; }

        public string? Worker { get; set; }

        public DateTimeOffset Until { get; set; }

        public Hold Hold { get; set; }

        public int Rung { get; set; }

        public List<(string? Worker, bool Counts)> Fails { get; } = [];

        public bool IsSettled => Phase is TaskPhase.Done or TaskPhase.Eaten;
    }
}
