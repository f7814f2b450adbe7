using Depth3D.Cluster;
using Depth3D.Cluster.Entity;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Microsoft.Extensions.Logging.Abstractions;

namespace Depth3D.Cli.Running;

/// <summary>
/// An effect or an export of a finished run, through the engine on the run's own store: the same call resumes after an interruption, and finds what was
/// done before. The run itself is only read.
/// </summary>
/// <param name="recipe">What to make.</param>
/// <param name="clip">The job's name in the store.</param>
/// <param name="imports">Stages of the run that the recipe brings in.</param>
/// <param name="fresh">Forget an earlier job of this name.</param>
internal sealed class RunJob(FinishedRun run, string recipe, ClipId clip, IReadOnlyList<StageName> imports, bool fresh)
{
    /// <summary>Frames of one task. An effect's frame costs a second or so; the chunk is what an interruption costs, and what a cluster spreads.</summary>
    public const int ChunkFrames = 12;

    private const int MostDifferences = 5;

    /// <param name="complete">What to make, of the base run it is given as a source.</param>
    /// <returns>The job's files, and whether it was complete before.</returns>
    /// <exception cref="Depth3DException">The job failed, or one of this name was begun with something else.</exception>
    /// <exception cref="OperationCanceledException">Interrupted; the next call goes on.</exception>
    public async Task<RunJobResult> ExecuteAsync(Func<string, DepthOptions> complete, ProgressDisplay display, CancellationToken cancellation)
    {
        await using var engine = await EmbeddedEngine.StartAsync(
            new EmbeddedEngineOptions { StoreRoot = run.Store.Paths.Root }, AllStages.Recipes, NullLoggerFactory.Instance, cancellation).ConfigureAwait(false);
        if (fresh) await engine.DiscardAsync(clip, cancellation).ConfigureAwait(false);
        var reference = await BaseRun.Of(FinishedRun.Clip, run.Manifests, imports).SaveAsync(engine.Store, cancellation).ConfigureAwait(false);
        var updates = engine.Watch(clip, cancellation);
        var outcome = await SubmitAsync(engine, complete(reference), display, cancellation).ConfigureAwait(false);
        if (outcome == SubmitOutcome.Resumed) display.Say("resuming where the last start stopped");
        if (outcome != SubmitOutcome.AlreadyComplete)
            await foreach (var _ in updates.ConfigureAwait(false)) display.Show(await engine.StatusAsync(clip, cancellation).ConfigureAwait(false));
        var result = await engine.WaitAsync(clip, cancellation).ConfigureAwait(false);
        if (!result.IsCompleted) throw ClipRun.Failure(result);
        return new RunJobResult(await engine.ReaderAsync(clip, cancellation).ConfigureAwait(false), result, outcome == SubmitOutcome.AlreadyComplete);
    }

    private async Task<SubmitOutcome> SubmitAsync(EmbeddedEngine engine, DepthOptions options, ProgressDisplay display, CancellationToken cancellation)
    {
        var before = await engine.StatusAsync(clip, cancellation).ConfigureAwait(false);
        try
        {
            return await engine.SubmitAsync(clip, recipe, options, cancellation).ConfigureAwait(false);
        }
        catch (SubmissionConflictException) when (before.Phase == ClipPhase.Failed)
        {
            // What failed has no result that could be lost: mostly a setting was wrong, and this is the same with it mended.
            await engine.DiscardAsync(clip, cancellation).ConfigureAwait(false);
            return await engine.SubmitAsync(clip, recipe, options, cancellation).ConfigureAwait(false);
        }
        catch (SubmissionConflictException e) when (IsOtherVersion(e.Differences))
        {
            display.Say("there is a result that another version made: it is made anew");
            await engine.DiscardAsync(clip, cancellation).ConfigureAwait(false);
            return await engine.SubmitAsync(clip, recipe, options, cancellation).ConfigureAwait(false);
        }
        catch (SubmissionConflictException e)
        {
            throw new Depth3DException($"there is a result of this name, made differently: {Describe(e.Differences)}", clip.Value,
                "give --force to replace it, or another --name", FailureKind.Usage, e);
        }
    }

    /// <summary>Whether the same was asked for, of a program that made it differently.</summary>
    internal static bool IsOtherVersion(IReadOnlyList<string> differences) =>
        differences.Count > 0 && differences.All(d => d.StartsWith("effect.version ", StringComparison.Ordinal) || d.StartsWith("export.version ", StringComparison.Ordinal));

    private static string Describe(IReadOnlyList<string> differences)
    {
        var own = differences.Where(d => !d.StartsWith("sourcePath ", StringComparison.Ordinal) && !d.StartsWith("the content of the input", StringComparison.Ordinal)).ToList();
        if (own.Count == 0) return "the run, or a file that was given, has changed since";
        if (own.FirstOrDefault(d => d.StartsWith("effect.effect ", StringComparison.Ordinal)) is { } other) return other;
        return string.Join("; ", own.Take(MostDifferences)) + (own.Count > MostDifferences ? $"; and {own.Count - MostDifferences} more" : "");
    }
}
