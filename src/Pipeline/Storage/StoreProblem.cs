using Depth3D.Messages;

namespace Depth3D.Pipeline.Storage;

/// <summary>One way in which the files of an accepted task are not as the journal recorded them.</summary>
public sealed record StoreProblem(TaskId Task, string FileName, string What)
{
    public override string ToString() => $"{Task}: '{FileName}' {What}";
}
