using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Cameras.Bundle;
using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Nodes.Trainer;

/// <summary>Turns a clip's options into the settings of its optimisation.</summary>
internal static class TrainProfile
{
    public const string Field = "field";
    public const string Network = "network";
    public const string Hybrid = "hybrid";

    /// <summary>The step counts of the options are for a clip of this many frames; longer ones get as much more.</summary>
    private const int FramesOfOneProfile = 48;

    private const int MostThreads = 64;

    /// <summary>A triangulated prior is at the limit of the flow already: hold it (docs/decisions/0003).</summary>
    private const double GeometricAnchor = 30;

    /// <summary>Where its cameras are in doubt, so is what was triangulated with them.</summary>
    private const double DoubtedGeometricAnchor = 3;

    /// <summary>Without parallax nothing but this holds the overall depth where the prior put it.</summary>
    private const double NoParallaxAnchor = 1;

    /// <summary>The method the options name, with its settings for this clip.</summary>
    /// <exception cref="Depth3DException">The method is not built, or a number makes no sense.</exception>
    public static ITrainMethod Method(DepthOptions options, int frames, string? priorMethod = null, CameraTrack? cameras = null) =>
        options.Train.Method switch
        {
            Field => new FieldMethod(Settings(options, frames, priorMethod, cameras)),
            Network => new NetworkMethod(Published(options), null, frames),
            Hybrid => new NetworkMethod(Published(options), Settings(options, frames, priorMethod, cameras), frames),
            var other => throw new Depth3DException($"training method '{other}' is not available; expected {Field}, {Network} or {Hybrid}", "--method",
                null, FailureKind.Usage),
        };

    /// <summary>Defaults, then the parity profile, then single flags.</summary>
    /// <exception cref="Depth3DException">A profile or flag that does not exist, or a value that makes no sense.</exception>
    public static NetworkSettings Published(DepthOptions options)
    {
        var train = options.Train;
        var settings = new NetworkSettings { Seed = options.Seed, Device = train.Device, Threads = Threads(train), Network = train.Network ?? "unet" };
        if (train.Parity is { } parity) settings = ParityProfiles.Apply(parity, settings);
        return PublishedFlags.Apply(settings, train.Set).Settings;
    }

    /// <exception cref="Depth3DException">A number makes no sense.</exception>
    public static FieldSettings Settings(DepthOptions options, int frames, string? priorMethod = null, CameraTrack? cameras = null)
    {
        var train = options.Train;
        Require(train.Steps is >= 1 and <= 1_000_000, "train steps", train.Steps, "1 to 1000000");
        Require(train.WarmupSteps is >= 0 and <= 1_000_000, "warm-up steps", train.WarmupSteps, "0 to 1000000");
        Require(train.ChunkSteps is >= 1 and <= 1_000_000, "steps of a chunk", train.ChunkSteps, "1 to 1000000");
        var longer = Math.Max(1, (double)frames / FramesOfOneProfile);
        var settings = new FieldSettings
        {
            Seed = options.Seed,
            Device = train.Device,
            Threads = Threads(train),
            WarmupSteps = (int)Math.Round(train.WarmupSteps * longer),
            JointSteps = (int)Math.Round(train.Steps * longer),
            RefineCameras = train.RefineCameras,
            RefineFocal = options.Cameras.FocalPixels is null,
        };
        if (cameras is { Motion: not CameraMotion.Parallax }) return settings with { StaticAnchor = NoParallaxAnchor };
        if (cameras?.Source == SmallParallax.Source && IsModel(priorMethod)) return FlowCountsMore(settings);
        if (priorMethod != "geometric") return settings;
        return settings with { StaticAnchor = train.RefineCameras ? DoubtedGeometricAnchor : GeometricAnchor };
    }

    private static bool IsModel(string? priorMethod) => priorMethod?.StartsWith("onnx:", StringComparison.Ordinal) == true
        || priorMethod?.StartsWith("torchscript:", StringComparison.Ordinal) == true;

    /// <summary>
    /// Of small parallax, a pixel of flow is ten times the log-depth it is elsewhere. A model is wrong in the same way in all frames, so all that is weighed
    /// against flow weighs less; noise of its own in every frame would need it to average (docs/decisions/0017).
    /// </summary>
    private static FieldSettings FlowCountsMore(FieldSettings settings) => settings with { StaticAnchor = 0.01, StaticSmoothness = 0.3, StaticDepthWeight = 3 };

    private static int Threads(TrainOptions train)
    {
        Require(train.Threads is >= 1 and <= MostThreads, "threads of training", train.Threads, $"1 to {MostThreads}");
        return train.Threads;
    }

    private static void Require(bool ok, string what, int got, string expected)
    {
        if (!ok) throw new Depth3DException($"{what} {got}; expected {expected}", kind: FailureKind.Usage);
    }
}
