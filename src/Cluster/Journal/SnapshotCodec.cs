using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Depth3D.Cluster.Entity;
using Depth3D.Messages;

namespace Depth3D.Cluster.Journal;

/// <summary>A clip's state as text with its checksum, without what can be told from the rest of it.</summary>
internal static class SnapshotCodec
{
    /// <summary>Raised when the text's meaning changes; snapshots of another version are not used.</summary>
    public const int Version = 2;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Converters = { new JsonStringEnumConverter() },
    };

    public static ClipSnapshot Write(ClipState state, long sequence)
    {
        ArgumentNullException.ThrowIfNull(state);
        return new(sequence, Version, LineSeal.Put(JsonSerializer.Serialize(Line.Of(state), Options)));
    }

    /// <param name="snapshot">Null for none.</param>
    /// <param name="state">The state in it; empty where there is none, or where it cannot be read.</param>
    /// <returns>False when the snapshot is damaged: the events before it tell the same.</returns>
    public static bool TryRead(ClipSnapshot? snapshot, out ClipState state)
    {
        state = ClipState.Empty;
        if (snapshot is null) return true;
        try
        {
            if (!LineSeal.Holds(snapshot.State)) return false;
            if (JsonSerializer.Deserialize<Line>(snapshot.State, Options) is not { } line) return false;
            state = line.State();
            return true;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or KeyNotFoundException or ArgumentException)
        {
            return false;
        }
    }

    private static T Known<T>(T? value)
        where T : class => value ?? throw new JsonException("something is missing");

    private sealed record Line(
        ClipPhase Phase, string Recipe, string OptionsJson, string InputHash, string Project, int Priority, int Weight, string? Key, string By,
        DateTimeOffset? SubmittedAt, bool IsPaused, ClipEvent.Failed? Failure, IReadOnlyList<Stage> Stages)
    {
        public static Line Of(ClipState s) => new(s.Phase, s.Recipe, s.OptionsJson, s.InputHash, s.Project, s.Priority, s.Weight, s.Key, s.By,
            s.SubmittedAt, s.IsPaused, s.Failure, [.. s.Specs.Select(spec => Stage.Of(s, s.Stages[spec.Name]))]);

        public ClipState State()
        {
            ImmutableArray<StageSpec> specs = [.. Known(Stages).Select(s => Known(s.Spec))];
            var stages = StageTable.Of(specs, Stages.Select(s => s.State()));
            var state = ClipState.Empty with
            {
                Phase = Phase,
                Origin = new(Recipe, OptionsJson, InputHash, Project ?? "", Key, By ?? "", SubmittedAt, specs),
                Priority = Priority,
                Weight = Weight,
                IsPaused = IsPaused,
                Failure = Failure,
                Stages = stages,
                Tasks = Stages.Aggregate(TaskTable.Of(stages.Index), (tasks, s) => tasks.SetStage(s.Spec.Name, [.. (s.Tasks ?? []).Select(t => t.State())])),
                Sets = TaskSets.Of(stages.Index),
            };
            return state.PlaceAll();
        }
    }

    private sealed record Stage(StageSpec Spec, bool IsPlanned, Hold Hold, IReadOnlyList<Entry>? Tasks)
    {
        public static Stage Of(ClipState state, StageState stage) =>
            new(stage.Spec, stage.TaskCount is not null, stage.Hold, [.. stage.TaskIds.Select(id => Entry.Of(state.Tasks[id]))]);

        public StageState State() => new(Spec, IsPlanned ? Tasks?.Count ?? 0 : null, (Tasks ?? []).Count(t => t.Phase is TaskPhase.Done or TaskPhase.Eaten))
        {
            Hold = Hold,
            AcceptedCount = Accepted.Count(),
            Weight = Accepted.Sum(t => 1 + (t.Files?.Count ?? 0)),
            FileNames = NameSketch.Empty.Add([.. (Tasks ?? []).SelectMany(t => t.Files ?? [])]),
        };

        private IEnumerable<Entry> Accepted => (Tasks ?? []).Where(t => t.Phase == TaskPhase.Done);
    }

    private sealed record Entry(
        TaskPlan Plan, TaskPhase Phase, long Epoch, string? Worker, DateTimeOffset LeaseUntil, IReadOnlyList<ArtifactFile>? Files, Hold Hold, int Rung,
        long AboveMemory, IReadOnlyList<TaskFailure>? Failures)
    {
        public static Entry Of(TaskState t) =>
            new(t.Plan, t.Phase, t.Epoch, t.Worker, t.LeaseUntil, t.Files, t.Hold, t.Rung, t.AboveMemory, t.Failures.IsEmpty ? null : t.Failures);

        public TaskState State() => new(Known(Plan), Phase, Epoch, Worker, LeaseUntil, Files)
        {
            Hold = Hold,
            Rung = Rung,
            AboveMemory = AboveMemory,
            Failures = Failures is null ? [] : [.. Failures],
        };
    }
}
