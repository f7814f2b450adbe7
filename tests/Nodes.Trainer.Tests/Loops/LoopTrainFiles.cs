using System.Security.Cryptography;
using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Nodes.Trainer.Loops;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Model;
using Microsoft.Extensions.Logging.Abstractions;

namespace Depth3D.Nodes.Trainer.Tests.Loops;

/// <summary>What <c>loop-train</c> begins with: a small clip of a travelling texture beside still ground, cut badly, on one plane.</summary>
internal sealed class LoopTrainFiles : IArtifactReader, IDisposable
{
    public const int Width = 48, Height = 32, Frames = 20, Tile = 8, LoopFrames = 10;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("loop-train-");

    public LoopTrainFiles(int loopFrames = LoopFrames, bool pingPong = false)
    {
        var camera = Intrinsics.Centered(60, 60, Width, Height);
        var geometry = new LoopGeometry { Reference = camera, Plane = camera, PlaneDepths = [2], TileSize = Tile };
        StageJson.Write(New(LoopStages.Cameras, LoopArtifacts.Cameras), new LoopCameras
        {
            Geometry = geometry,
            Views = [new LoopView(0, camera, RigidTransform.Identity)],
            ReferenceViews = [0],
            Choices = [],
        });
        StageJson.Write(New(LoopStages.Views, LoopArtifacts.View(0)), new LoopViewInfo
        {
            Index = 0,
            Name = "clip.mp4",
            Frames = Frames,
            Width = Width,
            Height = Height,
            SourceWidth = Width,
            SourceHeight = Height,
            FramesPerSecond = 25,
            LoopableShare = 0.5,
            UnloopableShare = 0,
            UnchangingShare = 0.5,
        });
        Raster<byte>[] clip = [.. Enumerable.Range(0, Frames).Select(Picture)];
        for (var t = 0; t < Frames; t++) ImageFile.WritePng(New(LoopStages.Views, LoopArtifacts.ViewFrame(0, t)), clip[t]);
        MtvFile.Save(New(LoopStages.Scene, LoopArtifacts.Scene), Lifted(geometry, clip, loopFrames));
        StageJson.Write(New(LoopStages.Scene, LoopArtifacts.SceneIndex), new LoopSceneInfo { Frames = loopFrames, IsPingPong = pingPong, Choices = [] });
    }

    public static DepthOptions Options { get; } = new()
    {
        SourcePath = "/clip.mp4",
        Loop = new LoopOptions { Input = LoopInputs.Fixed, LoopEpochs = 5 },
        Train = new TrainOptions { ChunkSteps = 3, Threads = 2 },
    };

    public async Task Run(DepthOptions options)
    {
        for (var task = 0; task < Plan(options).Count; task++) await One(options, task);
    }

    public IReadOnlyList<PlannedTask> Plan(DepthOptions options) => new LoopTrainStage().Plan(new StagePlanContext(options, this));

    public async Task One(DepthOptions options, int task, IProgress<StageProgress>? progress = null, CancellationToken cancellation = default)
    {
        var output = Directory.CreateDirectory(Path.Combine(_root.FullName, $"out-{Guid.NewGuid():N}")).FullName;
        await new LoopTrainStage().ExecuteAsync(new StageContext
        {
            Clip = new ClipId("loop"),
            Id = new TaskId(LoopStages.Train, task),
            Task = Plan(options)[task],
            Options = options,
            Inputs = this,
            OutputFolder = output,
            ScratchFolder = output,
            Progress = progress ?? new Progress<StageProgress>(_ => { }),
            Log = NullLogger.Instance,
        }, cancellation);
        foreach (var file in Directory.GetFiles(output)) File.Move(file, New(LoopStages.Train, Path.GetFileName(file)), true);
    }

    public string New(StageName stage, string fileName) =>
        Path.Combine(Directory.CreateDirectory(Path.Combine(_root.FullName, stage.Value)).FullName, fileName);

    public string PathOf(StageName stage, string fileName)
    {
        var path = Path.Combine(_root.FullName, stage.Value, fileName);
        return File.Exists(path) ? path : throw new Depth3DException($"no accepted task of {stage} published {fileName}");
    }

    public bool Exists(StageName stage, string fileName) => File.Exists(Path.Combine(_root.FullName, stage.Value, fileName));

    public IReadOnlyList<ArtifactFile> List(StageName stage) => [.. Directory.GetFiles(Path.Combine(_root.FullName, stage.Value)).Order(StringComparer.Ordinal)
        .Select(f => new ArtifactFile(Path.GetFileName(f), new FileInfo(f).Length, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(f)))))];

    public void Dispose() => _root.Delete(recursive: true);

    private static Raster<byte> Picture(int t)
    {
        var picture = new Raster<byte>(Width, Height, 3);
        for (var n = 0; n < picture.Samples.Length; n++)
        {
            var (x, y, c) = (n / 3 % Width, n / 3 / Width, n % 3);
            var phase = x < Width / 2 ? t : 0;
            picture.Samples[n] = (byte)(128 + (60 * Math.Sin((2 * Math.PI * (x + phase) / 8) + (0.5 * y) + c)));
        }

        return picture;
    }

    private static MultiTileVideo Lifted(LoopGeometry geometry, Raster<byte>[] clip, int frames)
    {
        var labels = Enumerable.Range(0, geometry.TileCount).Select(n => frames > 1 && n % geometry.TilesX < geometry.TilesX / 2 ? TileLabel.Dynamic : TileLabel.Static).ToArray();
        var builder = new MultiTileVideoBuilder(geometry, labels, frames);
        for (var t = 0; t < frames; t++)
        {
            var plane = new float[Width * Height * 4];
            for (var n = 0; n < plane.Length; n++) plane[n] = n % 4 == 3 ? 1 : clip[t].Samples[(n / 4 * 3) + (n % 4)] / 255f;
            builder.TakePlane(0, t, plane);
        }

        return builder.Build(25, new ViewBox(new Vec3(0.1, 0.1, 0.1), new Vec3(0, 0, 2), new Vec3(0, -1, 0)));
    }
}
