using Depth3D.Messages;

namespace Depth3D.Cluster.Operations;

/// <summary>Where a seed serves an accepted file.</summary>
public static class FileUrls
{
    public static string Of(ClipId clip, TaskId task, string name) =>
        $"/api/v1/files/{clip}/{task.Stage}/{task.TaskIndex}/{string.Join('/', name.Split('/').Select(Uri.EscapeDataString))}";
}
