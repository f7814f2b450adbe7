using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;
using Depth3D.Reconstruction.Loops.Training;

namespace Depth3D.Nodes.Trainer.Loops;

/// <summary>Turns a loop's options into the settings of stage 2.</summary>
internal static class LoopTrainProfile
{
    public const string Preview = "preview", Studio = "studio";

    /// <summary>Passes over all patches on each level: fewer for the preview, the published number for several views in the studio (spec 5.2, 9.8).</summary>
    private const int Single = 30, PreviewViews = 20, StudioViews = 50;

    /// <exception cref="Depth3DException">A number makes no sense.</exception>
    public static LoopSettings Settings(DepthOptions options)
    {
        var loop = options.Loop!;
        var single = loop.Input != LoopInputs.Views;
        var studio = loop.Profile switch
        {
            Preview => false,
            Studio => true,
            var other => throw Wrong($"profile '{other}'", $"{Preview} or {Studio}"),
        };
        if (loop.LoopEpochs is < 0 or > 10_000) throw Wrong($"{loop.LoopEpochs} passes of the loop", "0 to 10000");
        if (options.Train.ChunkSteps is < 1 or > 1_000_000) throw Wrong($"steps of a chunk {options.Train.ChunkSteps}", "1 to 1000000");
        Threads(options);
        return new LoopSettings
        {
            SingleCamera = single,
            Seed = options.Seed,
            Epochs = loop.LoopEpochs ?? (single ? Single : studio ? StudioViews : PreviewViews),
            WholePictures = !studio,
            AlphaRate = single ? 0 : 1,
        };
    }

    /// <exception cref="Depth3DException">The number makes no sense.</exception>
    public static int Threads(DepthOptions options) => options.Train.Threads is >= 1 and <= 64
        ? options.Train.Threads
        : throw Wrong($"threads of training {options.Train.Threads}", "1 to 64");

    private static Depth3DException Wrong(string got, string expected) => new($"{got}; expected {expected}", kind: FailureKind.Usage);
}
