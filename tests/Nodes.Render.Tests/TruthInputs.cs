using System.Security.Cryptography;
using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Rendering.TruthScenes;
using Microsoft.Extensions.Logging.Abstractions;

namespace Depth3D.Nodes.Render.Tests;

/// <summary>The artifacts that the render stages read, made from a truth scene: optimised depth is the truth, the prior flickers.</summary>
internal sealed class TruthInputs : IArtifactReader, IDisposable
{
    public const int Frames = 5;
    public const int Width = 128;
    public const int Height = 72;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("depth3d-render-tests-");

    public TruthInputs(double nearDepth = 2.5, double farDepth = 17)
    {
        var scene = TruthScene.Courtyard(Frames);
        StageJson.Write(New(Stages.Frames, Artifacts.FramesIndex), new FramesInfo("yard.mp4", Width, Height, 0, Width, Height, Width, Height,
            Frames, 24, [.. Enumerable.Range(0, Frames).Select(i => i / 24.0)], [.. Enumerable.Range(0, Frames)]));
        for (var i = 0; i < Frames; i++)
        {
            var frame = TruthRenderer.Render(scene, i, Width, Height);
            ImageFile.WritePng(New(Stages.Frames, Artifacts.Frame(i)), frame.Rgb);
            Npy.Write(New(Stages.Train, Artifacts.Refined(i)), frame.Depth);
            Npy.Write(New(Stages.Prior, Artifacts.Prior(i)), Array.ConvertAll(frame.Depth.Samples, d => d * (i % 2 == 0 ? 1.1f : 0.9f)), Height, Width);
        }

        scene.Cameras(Width, Height).Save(New(Stages.Sequence, Artifacts.ScaledCameras));
        StageJson.Write(New(Stages.Train, Artifacts.TrainIndex), new TrainInfo("field", 1, 0, new HeldOutSummary(0, true, default, default, default), nearDepth, farDepth));
    }

    /// <summary>The inputs of exports: masks and exact flow to the next frame as well, and a lens whose axis is not in the middle.</summary>
    public static TruthInputs ForExports(DepthOptions options)
    {
        var inputs = new TruthInputs { Options = options };
        var scene = TruthScene.Courtyard(Frames);
        for (var i = 0; i < Frames; i++)
        {
            ImageFile.WritePng(inputs.New(Stages.Masks, Artifacts.Mask(i)), TruthRenderer.Render(scene, i, Width, Height).MovingMask);
            if (i + 1 == Frames) continue;
            var flow = TruthFlow.Between(scene, i, i + 1, Width, Height);
            Npz.Write(inputs.New(Stages.Flow, Artifacts.Flow(i, i + 1)), ("flow_1_2", NpyArray.From(flow.Flow)), ("valid_1", NpyArray.From(flow.Visible)));
        }

        var cameras = scene.Cameras(Width, Height);
        var lens = cameras.Intrinsics with { Cx = cameras.Intrinsics.Cx + 3.25, Cy = cameras.Intrinsics.Cy - 1.5 };
        (cameras with { Intrinsics = lens }).Save(inputs.New(Stages.Sequence, Artifacts.ScaledCameras));
        return inputs;
    }

    public DepthOptions Options { get; init; } = new() { SourcePath = "/clip.mp4", Frames = new FramesOptions { ChunkFrames = 2 } };

    public string PathOf(StageName stage, string fileName)
    {
        var path = Path.Combine(_root.FullName, stage.Value, fileName);
        return File.Exists(path) ? path : throw new Depth3DException($"no accepted task of {stage} published {fileName}");
    }

    public bool Exists(StageName stage, string fileName) => File.Exists(Path.Combine(_root.FullName, stage.Value, fileName));

    public IReadOnlyList<ArtifactFile> List(StageName stage) =>
        [.. Files(Path.Combine(_root.FullName, stage.Value)).Select(f =>
            new ArtifactFile(Path.GetRelativePath(Path.Combine(_root.FullName, stage.Value), f), new FileInfo(f).Length, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(f)))))];

    public string Folder(StageName stage) => Directory.CreateDirectory(Path.Combine(_root.FullName, stage.Value)).FullName;

    public string New(StageName stage, string fileName)
    {
        var path = Path.Combine(Folder(stage), fileName);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory.Exists(folder) ? Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal) : [];

    /// <summary>Runs every task of a stage and publishes its files as the engine would; two tasks with one name would throw.</summary>
    public async Task<IReadOnlyList<ArtifactFile>> Run(IStage stage, CancellationToken cancellation = default)
    {
        var plan = stage.Plan(new StagePlanContext(Options, this));
        var published = Path.Combine(_root.FullName, stage.Name.Value);
        if (Directory.Exists(published)) Directory.Delete(published, true);
        for (var i = 0; i < plan.Count; i++)
        {
            var output = Directory.CreateDirectory(Path.Combine(_root.FullName, "out"));
            try
            {
                await stage.ExecuteAsync(new StageContext
                {
                    Clip = new ClipId("yard"),
                    Id = new TaskId(stage.Name, i),
                    Task = plan[i],
                    Options = Options,
                    Inputs = this,
                    OutputFolder = output.FullName,
                    ScratchFolder = Directory.CreateDirectory(Path.Combine(_root.FullName, "scratch")).FullName,
                    Progress = new Progress(),
                    Log = NullLogger.Instance,
                }, cancellation);
                foreach (var file in Files(output.FullName)) File.Move(file, New(stage.Name, Path.GetRelativePath(output.FullName, file)));
            }
            finally
            {
                output.Delete(true);
            }
        }

        return List(stage.Name);
    }

    public void Dispose() => _root.Delete(true);

    /// <summary>Progress may not fall, and stays within its range.</summary>
    private sealed class Progress : IProgress<StageProgress>
    {
        private double _last;

        public void Report(StageProgress value)
        {
            Assert.InRange(value.Fraction, _last, 1);
            _last = value.Fraction;
        }
    }
}
