using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Windows;
using Depth3D.Reconstruction.Merging;

namespace Depth3D.Nodes.Render.Windows;

/// <summary>
/// Stage <c>merge</c>: prior and optimised depth of every frame of a long clip, from the one or two windows that hold it, placed as stage align
/// published. Fans out by frames; no task for a clip that is one window.
/// </summary>
internal sealed class MergeStage : IStage
{
    public StageName Name => Stages.Merge;

    public WorkerPool Pool => WorkerPool.Render;

    public IReadOnlyList<StageName> After { get; } = [Stages.Frames, Stages.Prior, Stages.Train, Stages.Align];

    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context) => ClipWindows.Read(context.Inputs) is null ? [] : FramePlan.Make(context);

    public Task ExecuteAsync(StageContext context, CancellationToken cancellation) => Task.Run(() => Run(context, cancellation), cancellation);

    private static void Run(StageContext context, CancellationToken cancellation)
    {
        var frames = FramePlan.FramesOf(context);
        var windows = ClipWindows.Read(context.Inputs)!;
        var placements = StageJson.Read<WindowAlignments>(context.Inputs.PathOf(Stages.Align, Artifacts.Alignment)).Placements;
        var results = windows.Items.Where(w => w.First < frames.End && w.End > frames.First).ToDictionary(w => w.Index, w => new WindowResults(context.Inputs, w));
        foreach (var frame in frames.Indices)
        {
            cancellation.ThrowIfCancellationRequested();
            Npy.Write(context.Output(Artifacts.Prior(frame)), Joined(frame, w => results[w].PriorDepth(frame)));
            Npy.Write(context.Output(Artifacts.Refined(frame)), Joined(frame, w => results[w].Refined(frame)));
            FramePlan.Report(context, frames, frame, "joined frames");
        }

        Raster<float> Joined(int frame, Func<int, Raster<float>> depth)
        {
            var (first, second, weight) = windows.At(frame);
            var placed = placements[first.Index].Place(depth(first.Index));
            return second is { } other ? WindowPlacement.Blend(placed, placements[other.Index].Place(depth(other.Index)), weight) : placed;
        }
    }
}
