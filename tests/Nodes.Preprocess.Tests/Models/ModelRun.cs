using System.Globalization;
using System.Security.Cryptography;
using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Flow;
using Depth3D.Reconstruction.Geometry;
using Microsoft.Extensions.Logging.Abstractions;

namespace Depth3D.Nodes.Preprocess.Tests.Models;

/// <summary>The artifacts of a clip in a folder, one sub-folder per stage, and a way to run all tasks of a stage on them.</summary>
internal sealed class ModelRun : IArtifactReader, IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("depth3d-models-").FullName;

    public required DepthOptions Options { get; set; }

    public required FramesInfo Frames { get; init; }

    public static ModelRun Create(int count, int width, int height, Func<int, Raster<byte>> rgb, int? sourceWidth = null, int? sourceHeight = null,
        int? trainWidth = null, int? trainHeight = null)
    {
        var run = new ModelRun
        {
            Options = new DepthOptions { SourcePath = "/clip", Flow = new FlowOptions { Gaps = [1, 2] } },
            Frames = new FramesInfo("clip", sourceWidth ?? width, sourceHeight ?? height, 0, width, height, trainWidth ?? width, trainHeight ?? height, count, 24,
                [.. Enumerable.Range(0, count).Select(i => i / 24.0)], [.. Enumerable.Range(0, count).Select(i => 2 * i)]),
        };
        StageJson.Write(run.Path(Stages.Frames, Artifacts.FramesIndex), run.Frames);
        for (var i = 0; i < count; i++) ImageFile.WritePng(run.Path(Stages.Frames, Artifacts.Frame(i)), rgb(i));
        return run;
    }

    /// <summary>Nothing moves in the picture: zero flow, valid everywhere, at every gap of the options.</summary>
    public ModelRun WithStillFlow() => WithFlow((_, _) => 0);

    /// <summary>Flow along x, valid everywhere, from the pixel's column and the gap (negative for the way back).</summary>
    public ModelRun WithFlow(Func<int, int, float> du)
    {
        var valid = new Raster<byte>(Frames.TrainWidth, Frames.TrainHeight);
        Array.Fill(valid.Samples, (byte)1);
        foreach (var gap in Options.Flow.Gaps)
        {
            for (var i = 0; i + gap < Frames.Count; i++)
                FlowFile.Write(Path(Stages.Flow, Artifacts.Flow(i, i + gap)), new FlowPair(i, i + gap, Flow(gap), Flow(-gap), valid, valid));
        }

        return this;

        Raster<float> Flow(int gap)
        {
            var flow = new Raster<float>(Frames.TrainWidth, Frames.TrainHeight, 2);
            for (var y = 0; y < flow.Height; y++)
                for (var x = 0; x < flow.Width; x++) flow[x, y] = du(x, gap);
            return flow;
        }
    }

    public ModelRun WithEmptyMasks()
    {
        for (var i = 0; i < Frames.Count; i++) ImageFile.WritePng(Path(Stages.Masks, Artifacts.Mask(i)), new Raster<byte>(Frames.Width, Frames.Height));
        return this;
    }

    /// <summary>Sparse points on a plane, seen by every camera that looks along z.</summary>
    public ModelRun WithPoints(double depth = 2)
    {
        double[] xyz = [.. Enumerable.Range(0, 100).SelectMany(i => new[] { 0.1 * ((i % 10) - 4.5), 0.05 * ((i / 10) - 4.5), depth })];
        Npz.Write(Path(Stages.Cameras, Artifacts.SparsePointArray), ("xyz", NpyArray.From(xyz, 100, 3)));
        return this;
    }

    public ModelRun WithCameras(CameraMotion motion, Func<int, RigidTransform> camFromWorld, double focal)
    {
        new CameraTrack(Intrinsics.Centered(focal, focal, Frames.Width, Frames.Height),
            [.. Enumerable.Range(0, Frames.Count).Select(i => new FrameCamera(camFromWorld(i)))], motion, "test", "test")
            .Save(Path(Stages.Cameras, Artifacts.Cameras));
        return this;
    }

    public string Path(StageName stage, string name)
    {
        Directory.CreateDirectory(System.IO.Path.Combine(_root, stage.Value));
        return System.IO.Path.Combine(_root, stage.Value, name);
    }

    /// <summary>Plans a stage and runs its tasks one after the other.</summary>
    public async Task Execute(IStage stage, CancellationToken cancellation = default)
    {
        var tasks = stage.Plan(new StagePlanContext(Options, this));
        for (var i = 0; i < tasks.Count; i++)
        {
            var output = System.IO.Path.Combine(_root, $"out-{i}");
            var scratch = Directory.CreateDirectory(System.IO.Path.Combine(_root, "scratch")).FullName;
            Directory.CreateDirectory(output);
            try
            {
                await stage.ExecuteAsync(new StageContext
                {
                    Clip = new ClipId("clip"),
                    Id = new TaskId(stage.Name, i),
                    Task = tasks[i],
                    Options = Options,
                    Inputs = this,
                    OutputFolder = output,
                    ScratchFolder = scratch,
                    Progress = new Progress<StageProgress>(),
                    Log = NullLogger.Instance,
                }, cancellation);
                foreach (var file in Directory.EnumerateFiles(output)) File.Move(file, Path(stage.Name, System.IO.Path.GetFileName(file)), overwrite: true);
            }
            finally
            {
                Directory.Delete(output, recursive: true);
            }
        }
    }

    public Raster<byte> Mask(int frame) => ImageFile.ReadGray(PathOf(Stages.Masks, Artifacts.Mask(frame)));

    public Raster<float> Prior(int frame) => Npy.Read(PathOf(Stages.Prior, Artifacts.Prior(frame))).ToRaster<float>();

    public string PathOf(StageName stage, string fileName) => Exists(stage, fileName)
        ? Path(stage, fileName)
        : throw new Depth3DException(string.Create(CultureInfo.InvariantCulture, $"{stage} left no {fileName}"));

    public bool Exists(StageName stage, string fileName) => File.Exists(Path(stage, fileName));

    public IReadOnlyList<ArtifactFile> List(StageName stage) => [.. new DirectoryInfo(System.IO.Path.Combine(_root, stage.Value)).GetFiles()
        .OrderBy(f => f.Name, StringComparer.Ordinal)
        .Select(f => new ArtifactFile(f.Name, f.Length, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(f.FullName)))))];

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
