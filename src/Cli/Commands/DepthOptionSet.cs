using System.CommandLine;
using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Cli.Commands;

/// <summary>The options that decide the result of recipe <c>depth</c>, on whichever command offers them.</summary>
internal sealed class DepthOptionSet
{
    private static readonly DepthOptions Defaults = new() { SourcePath = "" };

    private readonly Option<string> _profile = Text("--profile", "preview: the field method; two CPU cores, minutes. studio: the network method with the published settings; needs --network.", "preview");
    private readonly Option<int> _size = Number("--size", "Long side of the working size in pixels; frames are never enlarged.", Defaults.Frames.LongSidePixels);
    private readonly Option<double?> _resize = new("--resize") { Description = "Working size as a factor of the source's, instead of --size." };
    private readonly Option<int> _first = Number("--first-frame", "First source frame taken.", 0);
    private readonly Option<int?> _maxFrames = new("--max-frames") { Description = "Take at most this many frames." };
    private readonly Option<int> _stride = Number("--stride", "Take every n-th frame.", 1);
    private readonly Option<string?> _span = new("--frames") { Description = "Source frames as FIRST-LAST or FIRST-LASTxSTEP, instead of the three options above." };
    private readonly Option<double> _fps = Number("--fps", "Frame rate of a folder of images.", Defaults.Frames.FolderFramesPerSecond);
    private readonly Option<string> _onCut = Text("--on-cut", "A hard cut: refuse, first to keep the frames before it, or ignore.", Defaults.Frames.OnCut);
    private readonly Option<int> _window = Number("--window", "Clips of more frames are worked on in overlapping windows of at most this many, and joined.", Defaults.Frames.WindowFrames);
    private readonly Option<int> _windowOverlap = Number("--window-overlap", "Frames that neighbouring windows share, at least.", Defaults.Frames.WindowOverlap);

    private readonly Option<string> _masks = Text("--masks", "Moving objects: motion, onnx:NAME, dir:PATH or none.", Defaults.Masks.Method);
    private readonly Option<string[]> _maskClasses = new("--mask-class")
    {
        Description = "Class that counts as movable, for onnx masks; repeat for several. Default: the movable classes of the model's card.",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<double> _maskMinArea = Number("--mask-min-area", "Drop regions below this share of the frame.", Defaults.Masks.MinAreaShare);
    private readonly Option<double[]> _maskRegion = new("--mask-region")
    {
        Description = "Keep regions that touch this rectangle: x y width height as shares of the frame.",
        Arity = new ArgumentArity(4, 4),
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<bool> _maskLargest = new("--mask-largest") { Description = "Keep only the largest region of each frame." };

    private readonly Option<string> _cameras = Text(
        "--cameras", "colmap, flow, or file:PATH (COLMAP text or binary, transforms.json, poses_bounds.npy).", Defaults.Cameras.Method);
    private readonly Option<double?> _focal = new("--focal") { Description = "Known focal length in pixels of the source's full size." };
    private readonly Option<string> _prior = Text("--prior", "First depth: auto, geometric, layout, onnx:NAME, torchscript:NAME or dir:PATH.", Defaults.Prior.Method);
    private readonly Option<string> _flow = Text("--flow", "Optical flow: dis or onnx:NAME.", Defaults.Flow.Method);

    private readonly Option<string> _method = Text("--method", "Joint optimisation: field, network (as published), or hybrid, which is one after the other.", Defaults.Train.Method);
    private readonly NetworkOptionSet _networks = new();
    private readonly Option<int> _trainSize = Number("--train-size", "Long side of the training size in pixels.", Defaults.Train.LongSidePixels);
    private readonly Option<int> _steps = Number("--steps", "Joint optimisation steps.", Defaults.Train.Steps);
    private readonly Option<int> _warmup = Number("--warmup-steps", "Steps that train only the scene flow.", Defaults.Train.WarmupSteps);
    private readonly Option<bool> _refineCameras = new("--refine-cameras") { Description = "Correct the cameras, and the focal length unless --focal gives it, together with the depth." };
    private readonly Option<int> _chunkSteps = Number("--chunk-steps", "Steps between two checkpoints; what an interruption costs at most.", Defaults.Train.ChunkSteps);
    private readonly Option<string> _earlyStop = Text(
        "--early-stop", "off, or how many chunks may pass without an improvement on held-out pairs. auto: the method's own.", OptionChecks.Auto);

    private readonly Option<int> _trainThreads = Number(
        "--train-threads", "Threads of the training on a CPU. Part of the result: another number ends in other last digits.", Defaults.Train.Threads);

    private readonly Option<string> _device = Text("--device", "cpu or cuda:N.", Defaults.Train.Device);
    private readonly Option<int> _seed = Number("--seed", "Seed of every random choice.", Defaults.Seed);

    private readonly Option<string> _path = Text("--path", "Camera path of the point-cloud video: swing, orbit, dolly or source.", Defaults.Output.CameraPath);
    private readonly Option<double> _amplitude = Number(
        "--path-amplitude", "Degrees for swing and orbit, percent of the median depth for dolly.", Defaults.Output.PathAmplitude);

    private readonly Option<string> _colours = Text("--colour-map", "turbo, inferno or grey.", Defaults.Output.ColourMap);
    private readonly Option<bool> _noPly = new("--no-ply") { Description = "Write no point cloud per frame." };

    public void AddTo(Command command)
    {
        Option[] all =
        [
            _profile, _size, _resize, _first, _maxFrames, _stride, _span, _fps, _onCut, _window, _windowOverlap,
            _masks, _maskClasses, _maskMinArea, _maskRegion, _maskLargest,
            _cameras, _focal, _prior, _flow, _method, _trainSize, _steps, _warmup, _refineCameras, _chunkSteps, _earlyStop, _trainThreads, _device, _seed, .. _networks.All,
            _path, _amplitude, _colours, _noPly,
        ];
        // A command's own option of that name goes first: the demo's --frames says how many are rendered.
        foreach (var option in all.Where(o => command.Options.All(own => own.Name != o.Name))) command.Options.Add(option);
    }

    /// <exception cref="Depth3DException">A value is outside its range.</exception>
    public DepthOptions Read(ParseResult parsed, string sourcePath)
    {
        var profile = parsed.GetValue(_profile)!;
        OptionChecks.OneOf("--profile", profile, "preview", "studio");
        return OptionChecks.Checked(new DepthOptions
        {
            SourcePath = sourcePath,
            Seed = parsed.GetValue(_seed),
            Frames = WithSpan(parsed, new FramesOptions
            {
                LongSidePixels = parsed.GetValue(_size),
                ResizeFactor = parsed.GetValue(_resize),
                FirstFrame = parsed.GetValue(_first),
                MaxFrames = parsed.GetValue(_maxFrames),
                Stride = parsed.GetValue(_stride),
                FolderFramesPerSecond = parsed.GetValue(_fps),
                OnCut = parsed.GetValue(_onCut)!,
                WindowFrames = parsed.GetValue(_window),
                WindowOverlap = parsed.GetValue(_windowOverlap),
            }),
            Masks = new MasksOptions
            {
                Method = MethodPaths.Full(parsed.GetValue(_masks)!),
                Classes = parsed.GetValue(_maskClasses)!,
                MinAreaShare = parsed.GetValue(_maskMinArea),
                Region = parsed.GetValue(_maskRegion) is { Length: 4 } region ? region : null,
                LargestOnly = parsed.GetValue(_maskLargest),
            },
            Cameras = new CamerasOptions { Method = MethodPaths.Full(parsed.GetValue(_cameras)!), FocalPixels = parsed.GetValue(_focal) },
            Prior = new PriorOptions { Method = MethodPaths.Full(parsed.GetValue(_prior)!) },
            Flow = new FlowOptions { Method = MethodPaths.Full(parsed.GetValue(_flow)!) },
            Train = _networks.Read(parsed, new TrainOptions
            {
                Method = profile == "studio" && !IsGiven(parsed, _method) ? "network" : parsed.GetValue(_method)!,
                LongSidePixels = parsed.GetValue(_trainSize),
                Steps = parsed.GetValue(_steps),
                WarmupSteps = parsed.GetValue(_warmup),
                ChunkSteps = parsed.GetValue(_chunkSteps),
                EarlyStopChunks = OptionChecks.EarlyStop(parsed.GetValue(_earlyStop)!),
                RefineCameras = parsed.GetValue(_refineCameras),
                Threads = parsed.GetValue(_trainThreads),
                Device = parsed.GetValue(_device)!,
            }, profile == "studio", IsGiven(parsed, _steps) || IsGiven(parsed, _warmup)),
            Output = new OutputOptions
            {
                CameraPath = parsed.GetValue(_path)!,
                PathAmplitude = parsed.GetValue(_amplitude),
                ColourMap = parsed.GetValue(_colours)!,
                Ply = !parsed.GetValue(_noPly),
            },
        });
    }

    private FramesOptions WithSpan(ParseResult parsed, FramesOptions frames)
    {
        if (parsed.GetValue(_span) is not { } text) return frames;
        if (((Option[])[_first, _maxFrames, _stride]).FirstOrDefault(o => IsGiven(parsed, o)) is { } other)
            throw new Depth3DException("says the same as --frames", other.Name, "give one of them", FailureKind.Usage);
        var span = FrameSpan.Parse(text, _span.Name);
        return frames with { FirstFrame = span.First, MaxFrames = span.Count, Stride = span.Stride };
    }

    private static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    private static Option<string> Text(string name, string description, string value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };

    private static Option<T> Number<T>(string name, string description, T value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };
}
