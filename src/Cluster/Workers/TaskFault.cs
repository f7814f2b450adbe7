using Depth3D.Messages;
using Depth3D.Pipeline.Storage;

namespace Depth3D.Cluster.Workers;

/// <summary>What an exception out of a stage means for the task: its kind decides whether another attempt makes sense.</summary>
internal sealed record TaskFault(FailureKind Kind, string Text, string Detail)
{
    public static TaskFault Of(Exception e, TaskId task, string folder) => e switch
    {
        Depth3DException known => new(known.Kind, known.Message, known.Kind is FailureKind.Defect or FailureKind.Transient ? known.ToString() : ""),
        _ when StorageFaults.IsRefusal(e) => Of(StorageFaults.Explain(e, $"writing the files of {task}", folder), task, folder),
        OutOfMemoryException => new(FailureKind.Transient, $"{task} ran out of memory", e.ToString()),
        TimeoutException or OperationCanceledException => new(FailureKind.Transient, $"{task} gave up waiting: {e.Message}", e.ToString()),
        AggregateException { InnerExceptions: [var only] } => Of(only, task, folder),
        _ => new(FailureKind.Defect, $"{task} failed unexpectedly: {e.GetType().Name}: {e.Message}", e.ToString()),
    };
}
