using Depth3D.Messages;

namespace Depth3D.Pipeline.Storage;

/// <summary>The temporary folders of one attempt of a task. Disposing removes both; published files are no longer there.</summary>
public sealed class TaskWorkspace : IDisposable
{
    internal TaskWorkspace(StorePaths paths, ClipId clip, TaskId task, long epoch)
    {
        (Clip, Task, Epoch) = (clip, task, epoch);
        OutputFolder = paths.Attempt(clip, task, epoch);
        ScratchFolder = paths.Scratch(clip, task, epoch);
    }

    public ClipId Clip { get; }

    public TaskId Task { get; }

    public long Epoch { get; }

    /// <summary>What is left here is published.</summary>
    public string OutputFolder { get; }

    /// <summary>What is left here is deleted. Whoever wants it makes it: most tasks need none.</summary>
    public string ScratchFolder { get; }

    public void Dispose()
    {
        Folders.Remove(OutputFolder);
        Folders.Remove(ScratchFolder);
    }
}
