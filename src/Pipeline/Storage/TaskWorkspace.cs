using Depth3D.Messages;

namespace Depth3D.Pipeline.Storage;

/// <summary>The temporary folders of one attempt of a task. Disposing removes both; published files are no longer in them.</summary>
public sealed class TaskWorkspace : IDisposable
{
    private readonly string _root;

    internal TaskWorkspace(string root, ClipId clip, TaskId task, long epoch)
    {
        _root = root;
        (Clip, Task, Epoch) = (clip, task, epoch);
        OutputFolder = Path.Combine(root, "out");
        ScratchFolder = Path.Combine(root, "scratch");
    }

    public ClipId Clip { get; }

    public TaskId Task { get; }

    public long Epoch { get; }

    /// <summary>What is left here is published.</summary>
    public string OutputFolder { get; }

    /// <summary>What is left here is deleted.</summary>
    public string ScratchFolder { get; }

    public void Dispose() => Folders.Remove(_root);
}
