using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Windows;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Merging;
using Depth3D.Reconstruction.Optimisation;
using Depth3D.Rendering.TruthScenes;
using Microsoft.Extensions.Logging.Abstractions;

namespace Depth3D.Nodes.Render.Tests.Windows;

/// <summary>What training leaves of a long clip: each window sees the true scene, but in a unit and a world of its own, and each a little wrong.</summary>
internal sealed class LongTruthInputs : IArtifactReader, IDisposable
{
    public const int Width = 64, Height = 48;

    /// <summary>Depth of neighbouring windows differs by this much in logarithm: what alignment cannot remove.</summary>
    public const double Error = 0.01;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("long-render-tests-");

    public LongTruthInputs(CameraMotion motion = CameraMotion.Parallax, double inverseShift = 0)
    {
        Scene = TruthScene.Named("room", 40, TruthCameraMotion.Sweep);
        Windows = ClipWindows.Of(Scene.FrameCount, new FramesOptions { WindowFrames = 18, WindowOverlap = 5 })!;
        var clip = new FramesInfo("yard.mp4", Width, Height, 0, Width, Height, Width, Height, Scene.FrameCount, 24,
            [.. Enumerable.Range(0, Scene.FrameCount).Select(i => i / 24.0)], [.. Enumerable.Range(0, Scene.FrameCount)]);
        StageJson.Write(New(Stages.Frames, Artifacts.FramesIndex), clip);
        StageJson.Write(New(Stages.Frames, Artifacts.WindowsIndex), Windows);
        Truth = [.. Enumerable.Range(0, Scene.FrameCount).Select(i => TruthRenderer.Render(Scene, i, Width, Height).Depth)];
        foreach (var window in Windows.Items) Write(window, clip, motion, inverseShift);
    }

    public TruthScene Scene { get; }

    public ClipWindows Windows { get; }

    public IReadOnlyList<Raster<float>> Truth { get; }

    public DepthOptions Options { get; } = new() { SourcePath = "/clip.mp4", Frames = new FramesOptions { ChunkFrames = 7 } };

    /// <summary>Where a window really lies; the first one's unit and world are the clip's, as they are the truth's.</summary>
    public static WindowPlacement Place(int window) => window == 0
        ? WindowPlacement.Identity
        : new(1 + (0.35 * window), 0, new RigidTransform(Mat3.FromRotationVector(new(0.1 * window, -0.4 * window, 0.05)), new(window, -0.5, 0.3 * window)));

    public string PathOf(StageName stage, string fileName) => Exists(stage, fileName)
        ? Path.Combine(_root.FullName, stage.Value, fileName)
        : throw new Depth3DException($"no accepted task of {stage} published {fileName}");

    public bool Exists(StageName stage, string fileName) => File.Exists(Path.Combine(_root.FullName, stage.Value, fileName));

    public IReadOnlyList<ArtifactFile> List(StageName stage) => [.. Directory.GetFiles(Folder(stage.Value)).Order(StringComparer.Ordinal)
        .Select(f => new ArtifactFile(Path.GetFileName(f), new FileInfo(f).Length, ""))];

    public string New(StageName stage, string fileName) => Path.Combine(Folder(stage.Value), fileName);

    /// <summary>Runs some tasks of a stage, all of them where none is named, and publishes their files in place of older ones.</summary>
    public async Task RunAsync(IStage stage, params int[] tasks)
    {
        var plan = stage.Plan(new StagePlanContext(Options, this));
        foreach (var task in tasks.Length > 0 ? tasks : [.. Enumerable.Range(0, plan.Count)])
        {
            var output = Folder($"out-{Guid.NewGuid():N}");
            await stage.ExecuteAsync(new StageContext
            {
                Clip = new ClipId("yard"),
                Id = new TaskId(stage.Name, task),
                Task = plan[task],
                Options = Options,
                Inputs = this,
                OutputFolder = output,
                ScratchFolder = Folder("scratch"),
                Progress = new Progress<StageProgress>(),
                Log = NullLogger.Instance,
            }, CancellationToken.None);
            foreach (var file in Directory.GetFiles(output)) File.Move(file, New(stage.Name, Path.GetFileName(file)), overwrite: true);
        }
    }

    public void Dispose() => _root.Delete(recursive: true);

    private string Folder(string name) => Directory.CreateDirectory(Path.Combine(_root.FullName, name)).FullName;

    private void Write(ClipWindow window, FramesInfo clip, CameraMotion motion, double inverseShift)
    {
        var place = Place(window.Index);
        StageJson.Write(New(Stages.Frames, window.NameOf(Artifacts.FramesIndex)), clip with { Count = window.Count });
        for (var i = 0; i < window.Count; i++)
        {
            var depth = InWindow(Truth[window.First + i], place, window.Index * inverseShift, window.Index % 2 == 0 ? 0 : Error);
            Npy.Write(New(Stages.Train, window.NameOf(Artifacts.Refined(i))), depth);
            Npy.Write(New(Stages.Prior, window.NameOf(Artifacts.Prior(i))), depth);
            ImageFile.WritePng(New(Stages.Masks, window.NameOf(Artifacts.Mask(i))), new Raster<byte>(Width, Height));
        }

        var track = Scene.Cameras(Width, Height);
        (track with { Motion = motion, Frames = [.. track.Frames.Skip(window.First).Take(window.Count).Select(f => InWindow(f, place))] })
            .Save(New(Stages.Sequence, window.NameOf(Artifacts.ScaledCameras)));
        StageJson.Write(New(Stages.Sequence, window.NameOf(Artifacts.Sequence)), new SequenceInfo(window.Count, Width, Height, motion, 1, 0, "flow", 3,
            [new SequencePair(1, 2, 1, false, 5, 5, 5, 0)], new double[window.Count], new Dictionary<string, IReadOnlyList<ArtifactFile>>(), ["look here"]));
        var part = new PairConsistency(0.1 * (1 + window.Index), 0.01, 0.01, 100);
        StageJson.Write(New(Stages.Train, window.NameOf(Artifacts.TrainIndex)),
            new TrainInfo("field", 10, 0.5, new HeldOutSummary(2, true, part, part, part), 1 / place.Scale, 9 / place.Scale, 0.1, 0.05, 10, 10));
        StageJson.Write(New(Stages.Prior, window.NameOf(Artifacts.PriorIndex)), new PriorInfo("geometric", "asked for", []));
        StageJson.Write(New(Stages.Masks, window.NameOf(Artifacts.MasksIndex)), new MasksInfo("motion", "rule", new Dictionary<string, double>(),
            [.. Enumerable.Range(0, window.Count).Select(i => (window.First + i) / 100.0)], []));
    }

    private static Raster<float> InWindow(Raster<float> truth, WindowPlacement place, double inverseShift, double error) =>
        new(Width, Height, 1, Array.ConvertAll(truth.Samples, z => (float)(Math.Exp(error) / (1 / z - inverseShift) / place.Scale)));

    private static FrameCamera InWindow(FrameCamera camera, WindowPlacement place)
    {
        var moved = camera.CamFromWorld * place.ClipFromWindow;
        return camera with { CamFromWorld = moved with { Translation = moved.Translation * (1 / place.Scale) } };
    }
}
