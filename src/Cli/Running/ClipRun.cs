using System.Diagnostics;
using Depth3D.Cluster;
using Depth3D.Cluster.Entity;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Microsoft.Extensions.Logging.Abstractions;

namespace Depth3D.Cli.Running;

/// <summary>One clip of any recipe through the embedded engine, in a folder of its own. The same call resumes.</summary>
/// <param name="fresh">Forget an earlier run in the folder.</param>
internal sealed class ClipRun(string recipe, DepthOptions options, string outFolder, bool fresh)
{
    /// <summary>A folder holds one clip, so its name need not tell clips apart.</summary>
    private static readonly ClipId Clip = FinishedRun.Clip;

    /// <param name="onTask">Called after each accepted task with its stage, for what is shown while the run goes on; null for nothing.</param>
    /// <param name="finish">Makes of the complete clip what people look at.</param>
    /// <exception cref="Depth3DException">Why the clip cannot be processed. A folder made by this call is gone again if nothing was accepted.</exception>
    /// <exception cref="OperationCanceledException">Interrupted; running tasks were given back and the next call resumes.</exception>
    public async Task<T> ExecuteAsync<T>(
        ProgressDisplay display, Action<OutputFolder, StageName, IArtifactReader>? onTask, Func<OutputFolder, RunJobResult, TimeSpan, Task<T>> finish,
        CancellationToken cancellation)
    {
        InputChecks.Check(options);
        var existed = Directory.Exists(outFolder);
        var folder = OutputFolder.Open(outFolder);
        var accepted = false;
        try
        {
            var started = Stopwatch.GetTimestamp();
            await using var engine = await EmbeddedEngine.StartAsync(
                new EmbeddedEngineOptions { StoreRoot = folder.Store }, AllStages.Recipes, NullLoggerFactory.Instance, cancellation).ConfigureAwait(false);
            if (fresh) await engine.DiscardAsync(Clip, cancellation).ConfigureAwait(false);
            var (result, wasDone) = await FollowAsync(engine, folder, display, onTask, cancellation).ConfigureAwait(false);
            accepted = result.Timings.Any(t => t.Outcome == "done");
            if (!result.IsCompleted) throw Failure(result);
            var made = new RunJobResult(await engine.ReaderAsync(Clip, cancellation).ConfigureAwait(false), result, wasDone);
            return await finish(folder, made, Stopwatch.GetElapsedTime(started)).ConfigureAwait(false);
        }
        catch (Exception) when (!existed && !accepted)
        {
            Directory.Delete(outFolder, recursive: true);
            throw;
        }
    }

    /// <summary>Why a clip did not become complete, with the last lines of its log where another attempt may help.</summary>
    public static Depth3DException Failure(ClipResult result)
    {
        var text = result.Failure?.Text ?? $"the clip is {result.Phase}";
        var tail = result.Failure?.Kind == FailureKind.Transient && result.LogTail.Length > 0 ? "\nlast lines of its log:\n" + result.LogTail : "";
        return new Depth3DException(text + tail, result.Failure is { } failure ? $"stage {failure.Stage}" : null, kind: result.Failure?.Kind ?? FailureKind.Transient);
    }

    private async Task<(ClipResult Result, bool WasDone)> FollowAsync(
        EmbeddedEngine engine, OutputFolder folder, ProgressDisplay display, Action<OutputFolder, StageName, IArtifactReader>? onTask, CancellationToken cancellation)
    {
        var updates = engine.Watch(Clip, cancellation);
        var outcome = await engine.SubmitAsync(Clip, recipe, options, cancellation).ConfigureAwait(false);
        if (outcome == SubmitOutcome.Resumed) display.Say("resuming where the last start stopped");
        if (outcome != SubmitOutcome.AlreadyComplete)
        {
            await foreach (var update in updates.ConfigureAwait(false))
            {
                if (onTask is not null && update is ClipUpdate.Happened { Event: ClipEvent.TaskCompleted { Task: var task } })
                    onTask(folder, task.Stage, await engine.ReaderAsync(Clip, cancellation).ConfigureAwait(false));
                display.Show(await engine.StatusAsync(Clip, cancellation).ConfigureAwait(false));
            }
        }

        return (await engine.WaitAsync(Clip, cancellation).ConfigureAwait(false), outcome == SubmitOutcome.AlreadyComplete);
    }
}
