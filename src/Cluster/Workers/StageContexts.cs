using Depth3D.Pipeline;
using Depth3D.Pipeline.Storage;
using Microsoft.Extensions.Logging;

namespace Depth3D.Cluster.Workers;

/// <summary>Makes what a stage sees out of an attempt's job.</summary>
internal static class StageContexts
{
    public static StageContext Of(TaskJob job, ArtifactStore store, IProgress<StageProgress> progress, ILogger log) => new()
    {
        Clip = job.Clip,
        Id = job.Task,
        Task = PlanCodec.Read(job.Grant.Plan),
        Options = StoreReference.Resolve(OptionsCodec.Read(job.Grant.OptionsJson), store.Paths.Root),
        Inputs = new ArtifactReader(store, job.Clip, job.Grant.Inputs),
        OutputFolder = job.OutputFolder,
        ScratchFolder = job.ScratchFolder,
        Rung = job.Grant.Rung,
        Progress = progress,
        Log = log,
    };
}
