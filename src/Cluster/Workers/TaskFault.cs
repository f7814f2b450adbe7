using Depth3D.Messages;
using Depth3D.Pipeline.Storage;
using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Cluster.Workers;

/// <summary>What an exception out of a stage means for the task: its kind decides whether and how another attempt makes sense.</summary>
/// <param name="Kind">Decides that.</param>
/// <param name="Text">For people.</param>
/// <param name="Detail">For the log: where in the code.</param>
/// <param name="IsDiskFull">The disk is full, for which neither the task nor the clip can be blamed.</param>
/// <param name="MemoryBytes">With <see cref="FailureKind.OutOfMemory"/>: what did not suffice; 0 for unknown.</param>
/// <param name="IsSmallest">With it: the stage says in its own words that nothing smaller is left to try.</param>
internal sealed record TaskFault(FailureKind Kind, string Text, string Detail, bool IsDiskFull = false, long MemoryBytes = 0, bool IsSmallest = false)
{
    public static TaskFault Of(Exception e, TaskId task, string folder) => e switch
    {
        TaskFaultException { Fault: var fault } => fault,
        Depth3DException known => new(known.Kind, known.Message, known.Kind is FailureKind.Defect or FailureKind.Transient ? known.ToString() : "",
            known.Kind == FailureKind.Storage && StorageFaults.IsFull(known), IsSmallest: known.Kind == FailureKind.OutOfMemory),
        _ when StorageFaults.IsRefusal(e) || StorageFaults.IsStale(e) => Of(StorageFaults.Explain(e, $"the files of {task}", folder), task, folder),
        _ when OutOfMemory.IsCause(e) => new(FailureKind.OutOfMemory, $"{task} ran out of memory: {FirstLine(e)}", e.ToString()),
        TimeoutException or OperationCanceledException => new(FailureKind.Transient, $"{task} gave up waiting: {e.Message}", e.ToString()),
        AggregateException { InnerExceptions: [var only] } => Of(only, task, folder),
        _ => new(FailureKind.Defect, $"{task} failed unexpectedly: {e.GetType().Name}: {e.Message}", e.ToString()),
    };

    private static string FirstLine(Exception e) => e.Message.Split('\n', 2)[0].Trim();
}
