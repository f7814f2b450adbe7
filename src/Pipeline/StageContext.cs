using Depth3D.Messages;
using Microsoft.Extensions.Logging;

namespace Depth3D.Pipeline;

/// <summary>Everything a stage needs to run one of its tasks. A stage knows no bus, no journal and no other task.</summary>
public sealed record StageContext
{
    public required ClipId Clip { get; init; }

    public required TaskId Id { get; init; }

    public required PlannedTask Task { get; init; }

    public required DepthOptions Options { get; init; }

    /// <summary>Accepted artifacts of earlier stages, and of earlier tasks of this stage where the task is a chain's link.</summary>
    public required IArtifactReader Inputs { get; init; }

    /// <summary>Empty folder. Every file left in it is hashed and published when the task succeeds, and dropped when it fails.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>Folder for intermediate files, made when it is first asked for; deleted afterwards in any case.</summary>
    public required string ScratchFolder
    {
        get => Directory.CreateDirectory(field).FullName;
        init;
    }

    /// <summary>Step of the memory ladder: 0 is the normal configuration; each further one must need less memory for the same result.</summary>
    public int Rung { get; init; }

    public required IProgress<StageProgress> Progress { get; init; }

    public required ILogger Log { get; init; }

    public string Output(string fileName) => Path.Combine(OutputFolder, fileName);
}
