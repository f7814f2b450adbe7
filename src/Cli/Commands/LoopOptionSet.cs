using System.CommandLine;
using Depth3D.Inference.Registry;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;

namespace Depth3D.Cli.Commands;

/// <summary>The options that decide a loop.</summary>
internal sealed class LoopOptionSet
{
    private const int PreviewSize = 352, StudioSize = 640;

    private readonly Option<string> _profile = Text("--profile", "preview: two CPU cores, minutes. studio: the published size and schedule, for a GPU.", "preview");
    private readonly Option<int?> _size = new("--size") { Description = $"Long side of the working size in pixels; never enlarged. Default: {PreviewSize}, with studio {StudioSize}." };
    private readonly Option<string?> _span = new("--frames") { Description = "Source frames as FIRST-LAST or FIRST-LASTxSTEP. Default: all." };
    private readonly Option<double> _fps = Number("--fps", "Frame rate of a folder of images.", new FramesOptions().FolderFramesPerSecond);
    private readonly Option<string?> _depth = new("--depth") { Description = "Depth of a fixed camera: flat, onnx:NAME, torchscript:NAME, file:PATH (NPY, EXR, 16-bit PNG of disparity), or dir:PATH of such files." };
    private readonly Option<string> _cameras = Text("--cameras", "Cameras of several views: colmap, or file:PATH (COLMAP, transforms.json, poses_bounds.npy).", "colmap");
    private readonly Option<double?> _focal = new("--focal") { Description = "Known focal length in pixels of the source's full size." };
    private readonly Option<int?> _planes = new("--planes") { Description = "Planes of the scene. Default: the profile's." };
    private readonly Option<int?> _loopFrames = new("--loop-frames") { Description = "Frames of the loop. Default: the best period found." };
    private readonly Option<string> _notLoopable = Text("--when-not-loopable", "A clip without repetition: refuse, ping-pong (back and forth), or static.", "refuse");
    private readonly Option<int?> _heldOut = new("--held-out-view") { Description = "View to measure against and not to learn from, by number from 0." };
    private readonly Option<int[]> _references = new("--reference-view") { Description = "View that decides how the motion looks; repeat for several. Default: chosen.", DefaultValueFactory = _ => [] };
    private readonly Option<bool> _noStabilise = new("--no-stabilise") { Description = "Take the clips as they are: the tripod stood still." };
    private readonly Option<double> _budget = Number("--culling-budget", "Largest change of an 8-bit colour value that leaving tiles out may cause.", 2.0);
    private readonly Option<int?> _sceneEpochs = new("--scene-epochs") { Description = "Passes over the still scene. Default: the profile's." };
    private readonly Option<int?> _loopEpochs = new("--loop-epochs") { Description = "Passes over the loop on each level; 0 leaves it as lifted. Default: the profile's." };
    private readonly Option<int> _chunk = Number("--chunk-steps", "Steps between two checkpoints; what an interruption costs at most.", new TrainOptions().ChunkSteps);
    private readonly Option<int> _threads = Number("--train-threads", "Threads of the training on a CPU. Part of the result.", new TrainOptions().Threads);
    private readonly Option<string> _device = Text("--device", "cpu or cuda:N.", "cpu");
    private readonly Option<int> _seed = Number("--seed", "Seed of every random choice.", 1);
    private readonly Option<int> _repeats = Number("--repeats", "How often the film along the camera path shows the loop.", 2);
    private readonly Option<string> _path = Text("--path", "Camera path of that film: swing, orbit, dolly, or source to stay in the middle.", "orbit");
    private readonly Option<double> _amplitude = Number("--path-amplitude", "How far it goes, in percent of the box that viewers may look from.", 80.0);

    private readonly Option<bool> _alphaFilm = new("--alpha-film") { Description = "Also put the moving tiles into the package as one film, colour above alpha, for other viewers." };

    private IReadOnlyList<Option> All =>
    [
        _profile, _size, _span, _fps, _depth, _cameras, _focal, _planes, _loopFrames, _notLoopable, _heldOut, _references, _noStabilise, _budget,
        _sceneEpochs, _loopEpochs, _chunk, _threads, _device, _seed, _repeats, _path, _amplitude, _alphaFilm,
    ];

    public void AddTo(Command command)
    {
        foreach (var option in All) command.Options.Add(option);
    }

    /// <param name="input">A value of <see cref="LoopInputs"/>.</param>
    /// <exception cref="Depth3DException">A value is outside its range, or is for another kind of source.</exception>
    public DepthOptions Read(ParseResult parsed, string input, string sourcePath)
    {
        var profile = parsed.GetValue(_profile)!;
        OptionChecks.OneOf("--profile", profile, "preview", "studio");
        CheckKind(parsed, input);
        FrameSpan? span = parsed.GetValue(_span) is { } text ? FrameSpan.Parse(text, _span.Name) : null;
        return OptionChecks.CheckedLoop(new DepthOptions
        {
            SourcePath = sourcePath,
            Seed = parsed.GetValue(_seed),
            Frames = new FramesOptions
            {
                LongSidePixels = parsed.GetValue(_size) ?? (profile == "studio" ? StudioSize : PreviewSize),
                FirstFrame = span?.First ?? 0,
                MaxFrames = span?.Count,
                Stride = span?.Stride ?? 1,
                FolderFramesPerSecond = parsed.GetValue(_fps),
            },
            Cameras = new CamerasOptions { Method = MethodPaths.Full(parsed.GetValue(_cameras)!), FocalPixels = parsed.GetValue(_focal) },
            Prior = new PriorOptions { Method = input == LoopInputs.Fixed ? MethodPaths.Full(parsed.GetValue(_depth)!) : "auto" },
            Train = new TrainOptions { ChunkSteps = parsed.GetValue(_chunk), Threads = parsed.GetValue(_threads), Device = parsed.GetValue(_device)! },
            Output = new OutputOptions { CameraPath = parsed.GetValue(_path)!, PathAmplitude = parsed.GetValue(_amplitude) },
            Loop = new LoopOptions
            {
                Input = input,
                Profile = profile,
                Planes = parsed.GetValue(_planes),
                Frames = parsed.GetValue(_loopFrames),
                CullingBudget = parsed.GetValue(_budget) / byte.MaxValue,
                WhenNotLoopable = parsed.GetValue(_notLoopable)!,
                HeldOutView = parsed.GetValue(_heldOut),
                ReferenceViews = parsed.GetValue(_references) is { Length: > 0 } references ? references : null,
                Stabilise = !parsed.GetValue(_noStabilise),
                SceneEpochs = parsed.GetValue(_sceneEpochs),
                LoopEpochs = parsed.GetValue(_loopEpochs),
                Repeats = parsed.GetValue(_repeats),
                AlphaFilm = parsed.GetValue(_alphaFilm),
            },
        });
    }

    /// <summary>An option that would silently do nothing is refused.</summary>
    private void CheckKind(ParseResult parsed, string input)
    {
        if (input == LoopInputs.Fixed && parsed.GetValue(_depth) is null)
            throw new Depth3DException("a camera that stands shows no depth", _depth.Name, DepthAdvice(), FailureKind.Usage);
        Refuse(_depth, input != LoopInputs.Fixed, "one clip of a fixed camera");
        Refuse(_cameras, input != LoopInputs.Views, "several views");
        Refuse(_heldOut, input != LoopInputs.Views, "several views");
        Refuse(_references, input != LoopInputs.Views, "several views");
        Refuse(_sceneEpochs, input != LoopInputs.Views, "several views");
        Refuse(_span, input == LoopInputs.Run, "clips; a finished run has its frames already");
        Refuse(_focal, input == LoopInputs.Run, "clips; a finished run has its cameras already");

        void Refuse(Option option, bool isForeign, string whose)
        {
            if (isForeign && parsed.GetResult(option) is { Implicit: false })
                throw new Depth3DException($"is for {whose}", option.Name, "leave it away", FailureKind.Usage);
        }
    }

    private static string DepthAdvice()
    {
        var models = ModelRegistry.Default().List().Where(m => m.Task == ModelTask.Depth).Select(m => $"onnx:{m.Name}");
        return $"give --depth {string.Join(", ", models.Append("file:PATH"))}, or --depth flat for a loop to look at and not around in";
    }

    private static Option<string> Text(string name, string description, string value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };

    private static Option<T> Number<T>(string name, string description, T value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };
}
