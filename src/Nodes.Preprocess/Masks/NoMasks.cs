using Depth3D.Imaging;
using Depth3D.Pipeline;

namespace Depth3D.Nodes.Preprocess.Masks;

/// <summary><c>none</c>: nothing moves by itself.</summary>
internal sealed class NoMasks : IMaskMethod
{
    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context, FramesInfo frames) => [new PlannedTask("empty masks")];

    public Task ExecuteAsync(StageContext context, FramesInfo frames, CancellationToken cancellation)
    {
        var empty = new Raster<byte>(frames.Width, frames.Height);
        for (var i = 0; i < frames.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            ImageFile.WritePng(context.Output(Artifacts.Mask(i)), empty);
        }

        StageJson.Write(context.Output(Artifacts.MasksIndex), new MasksInfo("none", "nothing counts as moving",
            new Dictionary<string, double>(), [.. Enumerable.Repeat(0.0, frames.Count)], []));
        return Task.CompletedTask;
    }
}
