using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Workers;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Storage;
using Microsoft.Extensions.Logging;

namespace Depth3D.Cluster;

/// <summary>
/// The whole cluster in one process: coordinator, driver and workers over an in-memory bus, journal and artifacts in one store.
/// Killing the process at any moment and starting again on the same store goes on where it stopped: nothing that was accepted is
/// done again, nothing that was not accepted counts.
/// </summary>
public sealed class EmbeddedEngine : IAsyncDisposable
{
    private readonly EmbeddedParts _parts;

    private EmbeddedEngine(EmbeddedParts parts) => _parts = parts;

    public ArtifactStore Store => _parts.Store;

    /// <summary>Starts an engine whose one recipe, <c>depth</c>, has these stages.</summary>
    public static Task<EmbeddedEngine> StartAsync(
        EmbeddedEngineOptions options, IEnumerable<IStage> stages, ILoggerFactory logs, CancellationToken cancellation) =>
        StartAsync(options, [new Recipe(RecipeNames.Depth, stages)], logs, cancellation);

    /// <exception cref="Depth3DException">The store cannot be used, or another process holds it.</exception>
    public static async Task<EmbeddedEngine> StartAsync(
        EmbeddedEngineOptions options, IReadOnlyList<Recipe> recipes, ILoggerFactory logs, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        var parts = new EmbeddedParts(options, recipes, logs);
        try
        {
            await parts.StartAsync(cancellation).ConfigureAwait(false);
            return new EmbeddedEngine(parts);
        }
        catch
        {
            await parts.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Starts a clip, or goes on with it: the same clip with the same recipe, options and input content resumes, also after it failed
    /// or was cancelled.
    /// </summary>
    /// <exception cref="Depth3DException">An input is missing, or the clip was begun with something else; the text says with what.</exception>
    public async Task<SubmitOutcome> SubmitAsync(ClipId clip, string recipe, DepthOptions options, CancellationToken cancellation)
    {
        var stages = StageSpec.Of(_parts.Recipes[recipe]);
        var json = OptionsCodec.Write(options);
        var input = await InputFingerprint.ComputeAsync(StoreReference.Resolve(options, Store.Paths.Root), cancellation).ConfigureAwait(false);
        var before = await _parts.Clips.StateAsync(clip, cancellation).ConfigureAwait(false);
        if (before.Phase == ClipPhase.None) Store.Discard(clip);
        Store.Adopt(clip);
        var submit = new ClipCommand.Submit(_parts.Clock.Now, recipe, stages, json, input);
        var decision = await _parts.Clips.ApplyAsync(clip, submit, cancellation).ConfigureAwait(false);
        if (decision.Refusal is not null) throw SubmissionConflict.Explain(clip, before, recipe, json, input);
        if (before.Phase is ClipPhase.Failed or ClipPhase.Cancelled)
            await _parts.Clips.ApplyAsync(clip, new ClipCommand.Resume(_parts.Clock.Now, new Actor("", "submitted again")), cancellation).ConfigureAwait(false);
        _parts.Driver.Activate(clip);
        return before.Phase switch
        {
            ClipPhase.None => SubmitOutcome.Started,
            ClipPhase.Completed => SubmitOutcome.AlreadyComplete,
            _ => SubmitOutcome.Resumed,
        };
    }

    /// <summary>
    /// Updates of a clip from now on, whether or not it was submitted yet; ends when the clip does. Call it before
    /// <see cref="SubmitAsync"/> to miss nothing.
    /// </summary>
    public IAsyncEnumerable<ClipUpdate> Watch(ClipId clip, CancellationToken cancellation) => _parts.Updates.Watch(clip, cancellation);

    /// <summary>How far a clip is. Cheap enough to ask several times a second.</summary>
    public async Task<ClipStatus> StatusAsync(ClipId clip, CancellationToken cancellation) =>
        _parts.Progress.Status(clip, await _parts.Clips.StateAsync(clip, cancellation).ConfigureAwait(false));

    /// <summary>Waits until a clip completes, fails or is cancelled.</summary>
    /// <exception cref="Depth3DException">The clip is unknown, or the journal cannot be written any more.</exception>
    public async Task<ClipResult> WaitAsync(ClipId clip, CancellationToken cancellation)
    {
        var state = await WaitForEndAsync(clip, cancellation).ConfigureAwait(false);
        var events = await _parts.Journal.LoadAsync(clip, cancellation).ConfigureAwait(false);
        var tail = state.Failure?.Task is { } task ? events.OfType<ClipEvent.TaskFailed>().LastOrDefault(e => e.Task == task)?.LogTail ?? "" : "";
        return new ClipResult(clip, state.Phase, state.Failure, tail, ClipTimings.Of(events));
    }

    /// <summary>Everything the clip's accepted tasks published so far.</summary>
    public async Task<IArtifactReader> ReaderAsync(ClipId clip, CancellationToken cancellation) =>
        new ArtifactReader(Store, clip, (await _parts.Clips.StateAsync(clip, cancellation).ConfigureAwait(false)).Accepted(clip));

    /// <summary>Stops a clip; what was accepted stays, and submitting it again goes on.</summary>
    public Task CancelAsync(ClipId clip, string reason, CancellationToken cancellation) =>
        _parts.Clips.ApplyAsync(clip, new ClipCommand.Cancel(_parts.Clock.Now, ClipPart.Whole, new Actor("", reason)), cancellation);

    /// <summary>Forgets a clip with all its files, for <c>--fresh</c>. Does nothing for an unknown one.</summary>
    /// <exception cref="Depth3DException">The clip is running in this engine.</exception>
    public async Task DiscardAsync(ClipId clip, CancellationToken cancellation)
    {
        if (await HasRunningTasksAsync(clip, cancellation).ConfigureAwait(false))
            throw new Depth3DException("the clip has running tasks", clip.Value, "cancel it and wait for them to stop", FailureKind.Usage);
        Store.Discard(clip);
        await _parts.Journal.DeleteAsync(_parts.Clips.Ownership.Of(clip), clip, cancellation).ConfigureAwait(false);
        _parts.Clips.Forget(clip);
    }

    /// <summary>What lies in a clip's folder that nothing needs; deletes it unless asked only to say so.</summary>
    public async Task<IReadOnlyList<Garbage>> CollectAsync(ClipId clip, bool dryRun, CancellationToken cancellation)
    {
        var state = await _parts.Clips.StateAsync(clip, cancellation).ConfigureAwait(false);
        var gc = new StoreGc(Store);
        var garbage = gc.Find(clip, state.Accepted(clip),
            (id, epoch) => state.Tasks.TryGetValue(id, out var task) && task.Phase == TaskPhase.Running && task.Epoch == epoch);
        if (!dryRun) gc.Collect(garbage);
        return garbage;
    }

    /// <summary>Recomputes the hash of every accepted file. Empty when all is as recorded.</summary>
    public async Task<IReadOnlyList<StoreProblem>> VerifyAsync(ClipId clip, CancellationToken cancellation) =>
        (await _parts.Clips.StateAsync(clip, cancellation).ConfigureAwait(false)).Accepted(clip)
            .SelectMany(m => Store.Verify(m, cancellation)).ToArray();

    /// <summary>Stops every running task and gives it back, then closes the store. Unfinished clips resume at the next start.</summary>
    public ValueTask DisposeAsync() => _parts.DisposeAsync();

    private async Task<bool> HasRunningTasksAsync(ClipId clip, CancellationToken cancellation)
    {
        try
        {
            return (await _parts.Clips.StateAsync(clip, cancellation).ConfigureAwait(false)).Running.Any();
        }
        catch (Depth3DException)
        {
            // Its journal cannot be read, so nothing of it runs; discarding is the way out.
            return false;
        }
    }

    private async Task<ClipState> WaitForEndAsync(ClipId clip, CancellationToken cancellation)
    {
        var updates = _parts.Updates.Subscribe(clip);
        try
        {
            var state = await _parts.Clips.StateAsync(clip, cancellation).ConfigureAwait(false);
            if (state.Phase == ClipPhase.None) throw Unknown(clip);
            if (state.Phase != ClipPhase.Running) return state;
            await foreach (var update in updates.ReadAllAsync(cancellation).ConfigureAwait(false)) _ = update;
            return await _parts.Clips.StateAsync(clip, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _parts.Updates.Unsubscribe(updates);
        }
    }

    private static Depth3DException Unknown(ClipId clip) => new("the clip was never submitted", clip.Value, kind: FailureKind.Usage);
}
