using System.Collections.Immutable;
using System.Globalization;
using Depth3D.Messages;

namespace Depth3D.Cluster.Entity;

/// <summary>
/// What follows from a failed attempt: another one as it was, one with less memory, one on a bigger node, or none. No configuration
/// that ran out of memory is tried twice.
/// </summary>
internal static class FailureLadder
{
    public sealed record Next(bool WillRetry, int Rung, long AboveMemory, string Consequence)
    {
        /// <summary>How long workers that failed the task do not get it again.</summary>
        public TimeSpan Pause { get; init; }
    }

    public static Next After(TaskState task, ClipCommand.Fail failed) => failed.Kind switch
    {
        FailureKind.OutOfMemory => AfterMemory(task, failed),
        FailureKind.Transient => Again(task, failed, task.Rung, task.AboveMemory, "it is tried again"),
        _ => new(false, task.Rung, task.AboveMemory, $"a failure of kind {failed.Kind} would come again"),
    };

    /// <summary>The clip's failure for a task that failed for good, with every attempt that led to it.</summary>
    public static ClipEvent.Failed ClipFailure(DateTimeOffset at, TaskId task, ImmutableArray<TaskFailure> attempts, string consequence)
    {
        var last = attempts[^1];
        if (attempts.Length == 1) return new(at, task.Stage, task, last.Kind, last.Text);
        var workers = string.Join(", ", attempts.Select(a => a.Worker).Where(w => w.Length > 0).Distinct(StringComparer.Ordinal));
        var text = string.Create(CultureInfo.InvariantCulture,
            $"{last.Text}\n  {consequence}; {attempts.Length} attempts failed on {(workers.Length > 0 ? workers : "unknown workers")}");
        return new(at, task.Stage, task, last.Kind, text, attempts);
    }

    private static Next AfterMemory(TaskState task, ClipCommand.Fail failed)
    {
        if (task.Rung < failed.Policy.MaxRung)
        {
            var rung = task.Rung + 1;
            return new(true, rung, task.AboveMemory, string.Create(CultureInfo.InvariantCulture,
                $"out of memory at rung {task.Rung}: the next attempt takes rung {rung} of {failed.Policy.MaxRung}, which needs less"));
        }

        if (!failed.Policy.WaitsForBiggerNode)
            return new(false, task.Rung, task.AboveMemory, $"out of memory at the last rung ({task.Rung}), and there is no bigger node");
        var above = Math.Max(failed.MemoryBytes, task.AboveMemory);
        return above <= 0
            ? new(false, task.Rung, task.AboveMemory, "out of memory at the last rung, and how much there was is unknown")
            : Again(task, failed, task.Rung, above, $"out of memory at the last rung: it needs a node with more than {above >> 20} MiB");
    }

    private static Next Again(TaskState task, ClipCommand.Fail failed, int rung, long aboveMemory, string consequence)
    {
        var counted = task.Failures.Where(f => Counts(f.Kind, f.Rung, failed.Policy)).ToArray();
        var workers = counted.Select(f => f.Worker).Append(task.Worker ?? "").Distinct(StringComparer.Ordinal).Count();
        if (workers >= failed.Policy.MaxWorkers)
            return new(false, rung, aboveMemory, string.Create(CultureInfo.InvariantCulture, $"{workers} different workers failed it"));
        return counted.Length + 1 >= failed.Policy.MaxAttempts
            ? new(false, rung, aboveMemory, string.Create(CultureInfo.InvariantCulture, $"it failed {counted.Length + 1} times"))
            : new(true, rung, aboveMemory, consequence) { Pause = failed.Policy.PauseAfter(counted.Length + 1) };
    }

    /// <summary>Steps down the ladder are no blame: only what another worker could have done better counts.</summary>
    private static bool Counts(FailureKind kind, int rung, FailurePolicy policy) =>
        kind == FailureKind.Transient || (kind == FailureKind.OutOfMemory && rung >= policy.MaxRung);
}
