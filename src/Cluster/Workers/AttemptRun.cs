using Depth3D.Cluster.Workers.Children;
using Depth3D.Messages;
using Depth3D.Pipeline.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Depth3D.Cluster.Workers;

/// <summary>Takes one claimed attempt to its report: waits for a slot, computes, publishes. It never throws for what a stage does.</summary>
internal sealed partial class AttemptRun(WorkerParts parts, SlotBook slots, NodeTrouble trouble, InputBook inputs, Attempt attempt, LeaseKeeper keeper, ILogger log)
{
    private TailLog _tail = new(NullLogger.Instance, parts.Mask);

    public async Task<Report> RunAsync()
    {
        using var file = parts.KeepsLogs ? Log() : null;
        _tail = new TailLog(parts.Logs.CreateLogger($"depth3d.{attempt.Task.Stage}"), parts.Mask, file);
        var report = await EndAsync().ConfigureAwait(false);
        if (report is not Report.Done || file is { HasBegun: true }) file?.Write(LogLevel.Information, report.InWords);
        return report;
    }

    private AttemptLog Log() => new(parts.Store.Paths.Log(attempt.Clip, attempt.Task, attempt.Epoch),
        $"attempt {attempt.Epoch} of {attempt.Task} on node {parts.Node}: {attempt.Grant.Plan.Label}", parts.Time);

    private async Task<Report> EndAsync()
    {
        try
        {
            var grant = await inputs.CompleteAsync(attempt.Clip, attempt.Grant, attempt.Token).ConfigureAwait(false);
            using var workspace = parts.Store.Prepare(attempt.Clip, attempt.Task, attempt.Epoch);
            await ComputeAsync(grant, workspace).ConfigureAwait(false);
            var manifest = await PublishAsync(workspace).ConfigureAwait(false);
            return new Report.Done(new(attempt.Clip, attempt.Task, attempt.Epoch, manifest.Files));
        }
        catch (Exception e) when (attempt.Token.IsCancellationRequested)
        {
            return GiveBack(e);
        }
        catch (NodeTroubleException e)
        {
            trouble.Begin(e.Message, e.IsOver);
            return GiveBack(e);
        }
        catch (Exception e)
        {
            return Fail(TaskFault.Of(e, attempt.Task, parts.Store.Paths.Clip(attempt.Clip)));
        }
    }

    /// <summary>Holds a slot while the stage runs and no longer: another task computes while this one's files are flushed and reported.</summary>
    private async Task ComputeAsync(TaskProtocol.Grant grant, TaskWorkspace workspace)
    {
        var pool = parts.Stages[grant.Recipe, attempt.Task.Stage].Pool;
        var slot = await slots.TakeAsync(pool, grant.Plan.Needs, attempt.Token).ConfigureAwait(false);
        try
        {
            attempt.HasStarted = true;
            LogStart(log, attempt.Clip, attempt.Task, attempt.Epoch, grant.Plan.Label);
            parts.Probe?.Invoke(AttemptPoint.Claimed, attempt.Task);
            var job = new TaskJob(
                attempt.Clip, attempt.Task, grant, parts.Store.Paths.Root, workspace.OutputFolder, workspace.ScratchFolder);
            var progress = new ProgressSender(parts.Coordinator, attempt.Clip, attempt.Task, attempt.Epoch, parts.Time, parts.Timings.Progress);
            await parts.Executor.ExecuteAsync(job, slot, progress, _tail, attempt.Token).ConfigureAwait(false);
        }
        finally
        {
            slots.Return(slot);
        }

        attempt.Stay.Computed();
        parts.Probe?.Invoke(AttemptPoint.Computed, attempt.Task);
    }

    /// <summary>
    /// A node that was frozen or cut off learns here that somebody else has the task: then nothing of it appears. When nobody answers it
    /// publishes into the folder of its own epoch, and the report says later whether that counts.
    /// </summary>
    private async Task<ArtifactManifest> PublishAsync(TaskWorkspace workspace)
    {
        if (await keeper.ConfirmAsync(attempt.Token).ConfigureAwait(false) is { } refused) attempt.Stop(refused);
        var manifest = parts.Store.Publish(workspace, attempt.Token);
        parts.Probe?.Invoke(AttemptPoint.Published, attempt.Task);
        return manifest;
    }

    private Report.Released GiveBack(Exception why)
    {
        var reason = attempt.StopReason ?? (why is NodeTroubleException ? why.Message : "its worker stops");
        LogStopped(log, attempt.Clip, attempt.Task, attempt.Epoch,
            why is OperationCanceledException or NodeTroubleException ? reason : $"{reason} ({why.Message})");
        return new Report.Released(new(attempt.Clip, attempt.Task, attempt.Epoch, reason));
    }

    private Report Fail(TaskFault fault)
    {
        if (fault.IsDiskFull && parts.StateFolder is { } state)
        {
            string[] folders = [parts.Store.Paths.Root, state];
            var full = new NodeTroubleException($"the disk is full: {fault.Text}", () => DiskRoom.IsThere(folders, parts.DiskRoomBytes));
            trouble.Begin(full.Message, full.IsOver);
            if (trouble.IsFirstOf(attempt.Clip, attempt.Task)) return GiveBack(full);
            fault = fault with { Kind = FailureKind.Transient };
        }

        LogFailed(log, attempt.Clip, attempt.Task, attempt.Epoch, fault.Kind, fault.Text);
        var memory = fault.Kind == FailureKind.OutOfMemory && fault.MemoryBytes == 0 ? KernelMemory.Available : fault.MemoryBytes;
        return new Report.Failed(new(
            attempt.Clip, attempt.Task, attempt.Epoch, fault.Kind, parts.Mask.Apply(fault.Text), _tail.Tail(fault.Detail), memory,
            fault.IsSmallest));
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Clip} {Task}: attempt {Epoch} starts: {Label}")]
    private static partial void LogStart(ILogger logger, ClipId clip, TaskId task, long epoch, string label);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Clip} {Task}: attempt {Epoch} stops: {Reason}")]
    private static partial void LogStopped(ILogger logger, ClipId clip, TaskId task, long epoch, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Clip} {Task}: attempt {Epoch} failed ({Kind}): {Text}")]
    private static partial void LogFailed(ILogger logger, ClipId clip, TaskId task, long epoch, FailureKind kind, string text);
}
