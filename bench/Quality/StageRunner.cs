using Depth3D.Messages;
using Depth3D.Nodes.Preprocess;
using Depth3D.Nodes.Trainer;
using Depth3D.Pipeline;
using Microsoft.Extensions.Logging.Abstractions;

namespace Depth3D.Bench.Quality;

/// <summary>Runs the pipeline's own stages one task after another into a <see cref="StageFolder"/>.</summary>
internal static class StageRunner
{
    private static readonly Recipe Recipe = new("quality", [.. PreprocessRole.Stages, .. TrainerRole.Stages]);

    /// <summary>Runs what is not there yet, in the recipe's order.</summary>
    public static async Task RunAsync(StageFolder folder, DepthOptions options, CancellationToken cancellation, params StageName[] stages)
    {
        foreach (var stage in Recipe.Stages.Where(s => stages.Contains(s.Name)))
        {
            if (folder.Has(stage.Name)) continue;
            var output = folder.Begin(stage.Name);
            var tasks = stage.Plan(new StagePlanContext(options, folder));
            for (var i = 0; i < tasks.Count; i++) await TaskAsync(stage, i, tasks[i], folder, output, options, cancellation).ConfigureAwait(false);
            folder.End(stage.Name);
        }
    }

    private static async Task TaskAsync(IStage stage, int index, PlannedTask task, StageFolder folder, string output, DepthOptions options, CancellationToken cancellation)
    {
        var (own, scratch) = (Directory.CreateTempSubdirectory("quality-out-"), Directory.CreateTempSubdirectory("quality-scratch-"));
        try
        {
            await stage.ExecuteAsync(new StageContext
            {
                Clip = new ClipId("quality"),
                Id = new TaskId(stage.Name, index),
                Task = task,
                Options = options,
                Inputs = folder,
                OutputFolder = own.FullName,
                ScratchFolder = scratch.FullName,
                Progress = new Silent(),
                Log = NullLogger.Instance,
            }, cancellation).ConfigureAwait(false);
            foreach (var file in own.GetFiles()) file.MoveTo(Path.Combine(output, file.Name));
        }
        finally
        {
            own.Delete(recursive: true);
            scratch.Delete(recursive: true);
        }
    }

    private sealed class Silent : IProgress<StageProgress>
    {
        public void Report(StageProgress value)
        {
        }
    }
}
