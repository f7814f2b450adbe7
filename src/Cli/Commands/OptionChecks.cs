using System.Globalization;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;
using Depth3D.Rendering.Paths;

namespace Depth3D.Cli.Commands;

/// <summary>Refuses option values outside their range before anything is written.</summary>
internal static class OptionChecks
{
    /// <summary>Leaves a choice to the program.</summary>
    public const string Auto = "auto";

    public static DepthOptions Checked(DepthOptions options)
    {
        Range("--size", options.Frames.LongSidePixels, 64, 4096);
        if (options.Frames.ResizeFactor is { } factor) Range("--resize", factor, 0.01, 1);
        Range("--first-frame", options.Frames.FirstFrame, 0, int.MaxValue);
        if (options.Frames.MaxFrames is { } frames) Range("--max-frames", frames, 2, 100_000);
        Range("--stride", options.Frames.Stride, 1, 1000);
        Range("--fps", options.Frames.FolderFramesPerSecond, 0.1, 1000);
        OneOf("--on-cut", options.Frames.OnCut, "refuse", "first", "ignore");
        Method("--masks", options.Masks.Method, ["motion", "none"], ["onnx:", "dir:"]);
        Range("--mask-min-area", options.Masks.MinAreaShare, 0, 1);
        foreach (var share in options.Masks.Region ?? []) Range("--mask-region", share, 0, 1);
        Method("--cameras", options.Cameras.Method, ["colmap", "flow"], ["file:"]);
        if (options.Cameras.FocalPixels is { } focal) Range("--focal", focal, 1, 1e6);
        Method("--prior", options.Prior.Method, ["auto", "geometric", "layout"], ["onnx:", "torchscript:", "dir:"]);
        Method("--flow", options.Flow.Method, ["dis"], ["onnx:"]);
        OneOf("--method", options.Train.Method, "field", "network", "hybrid");
        Range("--train-size", options.Train.LongSidePixels, 64, 2048);
        Range("--steps", options.Train.Steps, 1, 1_000_000);
        Range("--warmup-steps", options.Train.WarmupSteps, 0, 1_000_000);
        Range("--chunk-steps", options.Train.ChunkSteps, 1, 1_000_000);
        Device(options.Train.Device);
        OneOf("--path", options.Output.CameraPath, "swing", "orbit", "dolly", "source");
        var path = Enum.Parse<CameraPathKind>(options.Output.CameraPath, ignoreCase: true);
        Range("--path-amplitude", options.Output.PathAmplitude, 0, CameraPath.MostAmplitude(path));
        OneOf("--colour-map", options.Output.ColourMap, "turbo", "inferno", "grey");
        return options;
    }

    public static DepthOptions CheckedLoop(DepthOptions options)
    {
        var loop = options.Loop!;
        Range("--size", options.Frames.LongSidePixels, 64, 4096);
        Range("--fps", options.Frames.FolderFramesPerSecond, 0.1, 1000);
        if (loop.Input == LoopInputs.Fixed) Method("--depth", options.Prior.Method, ["flat"], ["onnx:", "torchscript:", "file:", "dir:"]);
        Method("--cameras", options.Cameras.Method, ["colmap"], ["file:"]);
        if (options.Cameras.FocalPixels is { } focal) Range("--focal", focal, 1, 1e6);
        if (loop.Planes is { } planes) Range("--planes", planes, 2, 128);
        if (loop.Frames is { } frames) Range("--loop-frames", frames, 2, 1000);
        OneOf("--when-not-loopable", loop.WhenNotLoopable, "refuse", "ping-pong", "static");
        if (loop.HeldOutView is { } view) Range("--held-out-view", view, 0, 999);
        foreach (var reference in loop.ReferenceViews ?? []) Range("--reference-view", reference, 0, 999);
        Range("--culling-budget", loop.CullingBudget * byte.MaxValue, 0, 64);
        if (loop.SceneEpochs is { } scene) Range("--scene-epochs", scene, 1, 10_000);
        if (loop.LoopEpochs is { } epochs) Range("--loop-epochs", epochs, 0, 10_000);
        Range("--chunk-steps", options.Train.ChunkSteps, 1, 1_000_000);
        Range("--train-threads", options.Train.Threads, 1, 1024);
        Device(options.Train.Device);
        Range("--repeats", loop.Repeats, 1, 100);
        OneOf("--path", options.Output.CameraPath, "swing", "orbit", "dolly", "source");
        Range("--path-amplitude", options.Output.PathAmplitude, 0, 100);
        return options;
    }

    public static void OneOf(string option, string value, params string[] allowed)
    {
        if (!allowed.Contains(value, StringComparer.Ordinal))
            throw new Depth3DException($"'{value}' is not known; expected {string.Join(", ", allowed)}", option, kind: FailureKind.Usage);
    }

    /// <returns>Chunks of patience, 0 for off, null for the method's own.</returns>
    public static int? EarlyStop(string value)
    {
        if (value == Auto) return null;
        if (value == "off") return 0;
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var chunks) && chunks is >= 1 and <= 1000) return chunks;
        throw new Depth3DException($"'{value}' is not known; expected auto, off, or 1 to 1000 chunks", "--early-stop", kind: FailureKind.Usage);
    }

    private static void Method(string option, string value, string[] words, string[] prefixes)
    {
        if (words.Contains(value, StringComparer.Ordinal)) return;
        if (prefixes.Any(p => value.StartsWith(p, StringComparison.Ordinal) && value.Length > p.Length)) return;
        throw new Depth3DException(
            $"'{value}' is not known; expected {string.Join(", ", words.Concat(prefixes.Select(p => p + "...")))}", option, kind: FailureKind.Usage);
    }

    private static void Device(string device)
    {
        var isGpu = device.StartsWith("cuda:", StringComparison.Ordinal)
            && byte.TryParse(device.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out _);
        if (device == "cpu" || isGpu) return;
        throw new Depth3DException($"'{device}' is not known; expected cpu or cuda:N, N the number of the GPU", "--device", kind: FailureKind.Usage);
    }

    private static void Range(string option, double value, double least, double most)
    {
        if (!(value >= least && value <= most))
            throw new Depth3DException(FormattableString.Invariant($"{value} is out of range; expected {least} to {most}"), option, kind: FailureKind.Usage);
    }
}
