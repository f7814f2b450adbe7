using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;
using Depth3D.Reconstruction.Loops.Still;

namespace Depth3D.Nodes.Trainer.Loops;

/// <summary>Stage 1 of several views as a chain: its settings and where its chunks end.</summary>
internal static class ViewSceneSettings
{
    /// <summary>Updates of a chunk per <see cref="TrainOptions.ChunkSteps"/>: an update takes a fraction of a second, on a GPU of a hundredth.</summary>
    private const int PreviewSteps = 3, StudioSteps = 30;

    /// <summary>Passes of profile studio (spec 3.3).</summary>
    private const int StudioEpochs = 120;

    public static StillSettings Of(DepthOptions options, LoopCameras cameras)
    {
        var loop = options.Loop!;
        var views = cameras.Views.Count(v => v.Index != cameras.HeldOutView);
        var reference = cameras.Geometry.Reference;
        return loop.Profile == "studio"
            ? StillSettings.Studio(views, reference.Width, reference.Height, loop.SceneEpochs ?? StudioEpochs, options.Seed, options.Train.Device)
            : StillSettings.Preview(views, loop.SceneEpochs, options.Seed, options.Train.Device);
    }

    public static ChunkPlan Plan(DepthOptions options, StillSettings settings) =>
        new(settings.TotalSteps, Math.Max(1, options.Train.ChunkSteps) * (options.Loop!.Profile == "studio" ? StudioSteps : PreviewSteps));
}
