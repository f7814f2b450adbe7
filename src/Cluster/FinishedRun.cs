using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Journal;
using Depth3D.Cluster.Workers;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Storage;

namespace Depth3D.Cluster;

/// <summary>
/// The results of a run, read from its folder without starting anything: no lock is held and nothing is written, so it works on a read-only copy and
/// beside a process that makes effects of the same run.
/// </summary>
public sealed class FinishedRun
{
    /// <summary>Where a run's folder keeps its store.</summary>
    public const string StoreFolder = ".depth3d";

    /// <summary>A folder holds one run, so its name need not tell runs apart.</summary>
    public static readonly ClipId Clip = new("clip");

    /// <summary>Without their results nothing can be made of a run.</summary>
    private static readonly StageName[] Needed = [Stages.Frames, Stages.Masks, Stages.Sequence, Stages.Train];

    private FinishedRun(string folder, ArtifactStore store, ClipState state)
    {
        (Folder, Store, Recipe) = (folder, store, state.Recipe);
        Options = OptionsCodec.Read(state.OptionsJson);
        Manifests = [.. state.Accepted(Clip)];
        Artifacts = new ArtifactReader(store, Clip, Manifests);
    }

    /// <summary>Absolute path: results for people on top, the store in <see cref="StoreFolder"/>.</summary>
    public string Folder { get; }

    public ArtifactStore Store { get; }

    public string Recipe { get; }

    /// <summary>What the run was made with.</summary>
    public DepthOptions Options { get; }

    /// <summary>What its tasks published, in the order of stages and tasks.</summary>
    public IReadOnlyList<ArtifactManifest> Manifests { get; }

    /// <summary>Its files, by stage and name.</summary>
    public IArtifactReader Artifacts { get; }

    /// <param name="folder">The <c>--out</c> of <c>depth3d run</c>, or of <c>depth3d demo</c>.</param>
    /// <exception cref="Depth3DException">There is no run, it is not finished, is being written, is damaged, or an older version made it: the text says which.</exception>
    public static FinishedRun Open(string folder)
    {
        var full = Find(Path.GetFullPath(folder));
        var store = ArtifactStore.Attach(Path.Combine(full, StoreFolder));
        var journal = Path.Combine(store.Paths.Engine, "journal.db");
        if (!File.Exists(journal)) throw NoRun(full, "the folder holds no journal of a run");
        var state = Fold(SqliteJournalFile.Read(journal, Clip), full);
        if (state.Phase != ClipPhase.Completed) throw Unfinished(state, store, full);
        CheckStages(state, full);
        var run = new FinishedRun(full, store, state);
        run.CheckFiles();
        return run;
    }

    private static string Find(string folder)
    {
        if (!Directory.Exists(folder)) throw NoRun(folder, File.Exists(folder) ? "is a file, not the folder of a run" : "there is no such folder");
        return new[] { folder, Path.Combine(folder, "run") }.FirstOrDefault(f => Directory.Exists(Path.Combine(f, StoreFolder)))
            ?? throw NoRun(folder, "the folder was not made by depth3d run");
    }

    private static ClipState Fold(IReadOnlyList<ClipEvent> events, string folder)
    {
        try
        {
            return events.Aggregate(ClipState.Empty, ClipEntity.Evolve);
        }
        catch (Exception e) when (e is KeyNotFoundException or ArgumentException)
        {
            throw new Depth3DException("the journal of the run contradicts itself", folder, "run again with --fresh", FailureKind.Storage, e);
        }
    }

    private static Depth3DException Unfinished(ClipState state, ArtifactStore store, string folder)
    {
        if (state.Phase == ClipPhase.None) return NoRun(folder, "no run was begun in this folder");
        if (state.Phase == ClipPhase.Failed) return Incomplete($"the run failed: {state.Failure?.Text}", "mend the cause and run the same command again");
        var done = string.Join(", ", state.Specs.Where(s => state.Stages[s.Name].IsComplete).Select(s => s.Name));
        var where = done.Length == 0 ? "no stage is complete" : $"complete are {done}";
        return state.Phase == ClipPhase.Running && Holder(store) is { } holder
            ? Incomplete($"the run is being written by process {holder}; {where}", "wait until it ends")
            : Incomplete($"the run is not finished; {where}", "run the same depth3d run command again: it goes on where it stopped");

        Depth3DException Incomplete(string what, string remedy) => new(what, folder, remedy);
    }

    private static string? Holder(ArtifactStore store)
    {
        try
        {
            using var free = FileLock.TryTake(Path.Combine(store.Paths.Engine, "lock"), out var holder);
            return free is null ? holder : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // a folder that this process cannot write to says nothing
        }
    }

    private static void CheckStages(ClipState state, string folder)
    {
        var missing = Needed.Where(s => !state.Stages.ContainsKey(s)).ToArray();
        if (state.Recipe != RecipeNames.Depth || missing.Length > 0)
        {
            throw new Depth3DException(state.Recipe != RecipeNames.Depth
                ? $"the run was made by recipe '{state.Recipe}', expected '{RecipeNames.Depth}'"
                : $"the run was made by an older version, without stage {string.Join(", ", missing)}", folder, "run it again with --fresh");
        }
    }

    /// <summary>That every file is there with its length costs nothing; what it holds is checked where it is read.</summary>
    private void CheckFiles()
    {
        foreach (var stage in Needed)
            foreach (var file in Artifacts.List(stage)) _ = Artifacts.PathOf(stage, file.Name);
        foreach (var (stage, name) in new[] { (Stages.Frames, Pipeline.Artifacts.FramesIndex), (Stages.Train, Pipeline.Artifacts.TrainIndex) })
        {
            if (!Artifacts.Exists(stage, name) && !Artifacts.Exists(Stages.Align, name))
                throw new Depth3DException($"the run was made by an older version: its stage {stage} left no {name}", Folder, "run it again with --fresh");
        }
    }

    private static Depth3DException NoRun(string folder, string what) =>
        new(what, folder, "give the --out folder of a finished: depth3d run SOURCE --out DIR");
}
