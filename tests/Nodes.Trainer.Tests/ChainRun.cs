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
        var reports = new List<StageProgress>();
        await With(inputs, options, task, context => new TrainStage().ExecuteAsync(context with { Progress = new Recorder(reports.Add) }, cancellation));
        return reports;
    }

    /// <summary>Cancels a task when it has come so far.</summary>
    /// <returns>What it left in its output folder.</returns>
    public static async Task<IReadOnlyList<string>> BrokenOff(
        TruthInputs inputs, DepthOptions options, int task, double stopAtFraction, CancellationTokenSource cancel)
    {
        var output = "";
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => With(inputs, options, task, context =>
        {
            output = context.OutputFolder;
            return new TrainStage().ExecuteAsync(context with
            {
                Progress = new Recorder(p =>
                {
                    if (p.Fraction > stopAtFraction) cancel.Cancel();
                }),
            }, cancel.Token);
        }));
        return Directory.GetFileSystemEntries(output);
    }

    /// <summary>Does something in a task's place, and publishes the files it leaves.</summary>
    public static async Task With(TruthInputs inputs, DepthOptions options, int task, Func<StageContext, Task> work)
    {
        var output = inputs.NewFolder($"out-{task}-{Guid.NewGuid():N}");
        await work(new StageContext
        {
            Clip = new ClipId("truth"),
            Id = new TaskId(Stages.Train, task),
            Task = new TrainStage().Plan(new StagePlanContext(options, inputs))[task],
            Options = options,
            Inputs = inputs,
            OutputFolder = output,
            ScratchFolder = inputs.NewFolder("scratch"),
            Progress = new Recorder(_ => { }),
            Log = NullLogger.Instance,
        });
        foreach (var file in Directory.GetFiles(output)) File.Move(file, inputs.New(Stages.Train, Path.GetFileName(file)), true);
    }

    private sealed class Recorder(Action<StageProgress> report) : IProgress<StageProgress>
    {
        public void Report(StageProgress value)
        {
            lock (report) report(value);
        }
    }
}
