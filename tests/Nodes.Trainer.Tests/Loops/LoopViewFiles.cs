using System.Security.Cryptography;
using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Nodes.Trainer.Loops;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Views;
using Depth3D.Rendering.TruthScenes;
using Microsoft.Extensions.Logging.Abstractions;

namespace Depth3D.Nodes.Trainer.Tests.Loops;

/// <summary>What <c>loop-scene</c> of several views begins with: a small truth loop, filmed out of step.</summary>
internal sealed class LoopViewFiles : IArtifactReader, IDisposable
{
    public const int Width = 96, Height = 54, Frames = 54, Period = 25, Views = 3;

    private static readonly TruthLoop Loop = TruthLoop.Named("flag", Period, Views);

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("loop-scene-");

    /// <param name="frame">Replaces what a view records at an index.</param>
    public LoopViewFiles(Func<int, int, Raster<byte>>? frame = null)
    {
        for (var view = 0; view < Views; view++)
        {
            IReadOnlyList<Raster<byte>> clip = frame is null ? Loop.Recording(view, Frames, Width, Height) : [.. Enumerable.Range(0, Frames).Select(t => frame(view, t))];
            for (var t = 0; t < Frames; t++) ImageFile.WritePng(New(LoopArtifacts.ViewFrame(view, t)), clip[t]);
            var mask = LoopableMask.Of(clip);
            var shares = LoopableMask.Shares(mask);
            ImageFile.WritePng(New(LoopArtifacts.ViewExposure(view)), LongExposure.Of(clip));
            ImageFile.WritePng(New(LoopArtifacts.ViewLoopable(view)), mask);
            StageJson.Write(New(LoopArtifacts.View(view)), new LoopViewInfo
            {
                Index = view,
                Name = $"view_{view:00}.mkv",
                Frames = Frames,
                Width = Width,
                Height = Height,
                SourceWidth = Width,
                SourceHeight = Height,
                FramesPerSecond = 25,
                LoopableShare = shares.Loopable,
                UnloopableShare = shares.Unloopable,
                UnchangingShare = shares.Unchanging,
            });
        }

        var points = Loop.Render(0, 0, Width, Height).WorldPoints;
        var placed = ViewPlacement.Of([.. Enumerable.Range(0, Views).Select(v => (v, Loop.CamFromWorld(v)))], TruthLoop.Intrinsics(Width, Height),
            [.. Enumerable.Range(0, points.PixelCount).Select(i => new Vec3(points.Samples[3 * i], points.Samples[(3 * i) + 1], points.Samples[(3 * i) + 2]))], 8, 8);
        Directory.CreateDirectory(Folder(LoopStages.Cameras));
        StageJson.Write(PathOf(LoopStages.Cameras, LoopArtifacts.Cameras), new LoopCameras { Geometry = placed.Geometry, Views = placed.Views, ReferenceViews = [0, 2], Choices = [] });
    }

    public static DepthOptions Options { get; } = new()
    {
        SourcePath = "/clips",
        Loop = new LoopOptions { Input = LoopInputs.Views, TileSize = 8, Planes = 8, SceneEpochs = 30 },
        Train = new TrainOptions { ChunkSteps = 50, Threads = 2 },
    };

    public async Task Run(DepthOptions options)
    {
        for (var task = 0; task < Plan(options).Count; task++) await One(options, task);
    }

    public IReadOnlyList<PlannedTask> Plan(DepthOptions options) => new LoopSceneStage().Plan(new StagePlanContext(options, this));

    public async Task One(DepthOptions options, int task)
    {
        var output = Directory.CreateDirectory(Path.Combine(_root.FullName, $"out-{Guid.NewGuid():N}")).FullName;
        await new LoopSceneStage().ExecuteAsync(new StageContext
        {
            Clip = new ClipId("loop"),
            Id = new TaskId(LoopStages.Scene, task),
            Task = Plan(options)[task],
            Options = options,
            Inputs = this,
            OutputFolder = output,
            ScratchFolder = Path.Combine(_root.FullName, "scratch"),
            Progress = new Progress<StageProgress>(),
            Log = NullLogger.Instance,
        }, CancellationToken.None);
        Directory.CreateDirectory(Folder(LoopStages.Scene));
        foreach (var file in Directory.GetFiles(output)) File.Move(file, PathOf(LoopStages.Scene, Path.GetFileName(file)), true);
    }

    public string PathOf(StageName stage, string fileName) => Path.Combine(Folder(stage), fileName);

    public bool Exists(StageName stage, string fileName) => File.Exists(PathOf(stage, fileName));

    public IReadOnlyList<ArtifactFile> List(StageName stage) => [.. Directory.GetFiles(Folder(stage)).Order(StringComparer.Ordinal)
        .Select(f => new ArtifactFile(Path.GetFileName(f), new FileInfo(f).Length, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(f)))))];

    public void Dispose() => _root.Delete(true);

    private string Folder(StageName stage) => Path.Combine(_root.FullName, stage.Value);

    private string New(string fileName) => Path.Combine(Directory.CreateDirectory(Folder(LoopStages.Views)).FullName, fileName);
}
