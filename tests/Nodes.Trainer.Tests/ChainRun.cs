using Depth3D.Messages;
using Depth3D.Pipeline;
using Microsoft.Extensions.Logging.Abstractions;

namespace Depth3D.Nodes.Trainer.Tests;

/// <summary>Runs the tasks of the train stage one after another, publishing each one's files as the engine would.</summary>
internal static class ChainRun
{
    public static DepthOptions Options { get; } = new()
    {
        SourcePath = "/clip.mp4",
        Train = new TrainOptions { WarmupSteps = 10, Steps = 30, ChunkSteps = 15 },
    };

    public static async Task<IReadOnlyList<StageProgress>> All(TruthInputs inputs, DepthOptions options)
    {
        var stage = new TrainStage();
        var reports = new List<StageProgress>();
        for (var i = 0; i < stage.Plan(new StagePlanContext(options, inputs)).Count; i++) reports = await One(inputs, options, i);
        return reports;
    }

    public static async Task<List<StageProgress>> One(TruthInputs inputs, DepthOptions options, int task, CancellationToken cancellation = default)
    {
        var stage = new TrainStage();
        var output = inputs.NewFolder($"out-{task}-{Guid.NewGuid():N}");
        var reports = new List<StageProgress>();
        await stage.ExecuteAsync(new StageContext
        {
            Clip = new ClipId("truth"),
            Id = new TaskId(Stages.Train, task),
            Task = stage.Plan(new StagePlanContext(options, inputs))[task],
            Options = options,
            Inputs = inputs,
            OutputFolder = output,
            ScratchFolder = inputs.NewFolder("scratch"),
            Progress = new Recorder(reports),
            Log = NullLogger.Instance,
        }, cancellation);
        foreach (var file in Directory.GetFiles(output)) File.Move(file, inputs.New(Stages.Train, Path.GetFileName(file)), true);
        return reports;
    }

    private sealed class Recorder(List<StageProgress> reports) : IProgress<StageProgress>
    {
        public void Report(StageProgress value)
        {
            lock (reports) reports.Add(value);
        }
    }
}
