using Depth3D.Messages;

namespace Depth3D.Cluster.Workers;

/// <summary>One attempt as the process that computes it sees it. It goes to a child process as JSON.</summary>
/// <param name="StoreRoot">Root of the artifact store on this machine.</param>
/// <param name="OutputFolder">Empty folder whose files are published.</param>
/// <param name="ScratchFolder">Where a folder for intermediate files may be made.</param>
public sealed record TaskJob(
    ClipId Clip, TaskId Task, TaskProtocol.Grant Grant, string StoreRoot, string OutputFolder, string ScratchFolder);
