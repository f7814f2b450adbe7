using System.Collections.Concurrent;
using System.Security.Cryptography;
using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Nodes.Trainer.Tests;

/// <summary>The artifacts of every stage before <c>train</c>, made from a truth scene with a prior that flickers.</summary>
internal sealed class TruthInputs : IArtifactReader, IDisposable
{
    public const int Frames = 8;
    public const int Width = 128;
    public const int Height = 80;
    private static readonly ConcurrentDictionary<TruthCameraMotion, Lazy<IReadOnlyDictionary<string, byte[]>>> Made = new();
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("train-tests-");

    public TruthInputs(TruthCameraMotion motion = TruthCameraMotion.Arc)
    {
        var files = Made.GetOrAdd(motion, m => new Lazy<IReadOnlyDictionary<string, byte[]>>(() => Files(m))).Value;
        foreach (var (name, bytes) in files)
        {
            var path = Path.Combine(_root.FullName, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, bytes);
        }
    }

    private TruthInputs(TruthScene scene)
    {
        StageJson.Write(New(Stages.Frames, Artifacts.FramesIndex), new FramesInfo("truth", Width, Height, 0, Width, Height, Width, Height,
            Frames, 24, [.. Enumerable.Range(0, Frames).Select(i => i / 24.0)], [.. Enumerable.Range(0, Frames)]));
        for (var i = 0; i < Frames; i++)
        {
            var frame = TruthRenderer.Render(scene, i, Width, Height);
            ImageFile.WritePng(New(Stages.Frames, Artifacts.Frame(i)), frame.Rgb);
            ImageFile.WritePng(New(Stages.Masks, Artifacts.Mask(i)), frame.MovingMask);
            Npy.Write(New(Stages.Prior, Artifacts.Prior(i)), Array.ConvertAll(frame.Depth.Samples, d => d * (i % 2 == 0 ? 1.1f : 0.9f)), Height, Width);
        }

        StageJson.Write(New(Stages.Prior, Artifacts.PriorIndex), new PriorInfo("onnx:test", "test", []));
        scene.Cameras(Width, Height).Save(New(Stages.Sequence, Artifacts.ScaledCameras));
        StageJson.Write(New(Stages.Sequence, Artifacts.Sequence), Sequence(scene));
    }

    public string PathOf(StageName stage, string fileName)
    {
        var path = Path.Combine(_root.FullName, stage.Value, fileName);
        return File.Exists(path) ? path : throw new Depth3DException($"no accepted task of {stage} published {fileName}");
    }

    public bool Exists(StageName stage, string fileName) => File.Exists(Path.Combine(_root.FullName, stage.Value, fileName));

    public IReadOnlyList<ArtifactFile> List(StageName stage) => [.. Directory.GetFiles(Path.Combine(_root.FullName, stage.Value)).Order(StringComparer.Ordinal)
        .Select(f => new ArtifactFile(Path.GetFileName(f), new FileInfo(f).Length, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(f)))))];

    /// <summary>Where a file of a stage is to be written.</summary>
    public string New(StageName stage, string fileName) =>
        Path.Combine(Directory.CreateDirectory(Path.Combine(_root.FullName, stage.Value)).FullName, fileName);

    public string NewFolder(string name) => Directory.CreateDirectory(Path.Combine(_root.FullName, name)).FullName;

    public void Dispose() => _root.Delete(true);

    /// <summary>Rendered once for all tests.</summary>
    private static Dictionary<string, byte[]> Files(TruthCameraMotion motion)
    {
        using var inputs = new TruthInputs(TruthScene.Courtyard(Frames, motion));
        return Directory.GetFiles(inputs._root.FullName, "*", SearchOption.AllDirectories)
            .ToDictionary(f => Path.GetRelativePath(inputs._root.FullName, f), File.ReadAllBytes);
    }

    private SequenceInfo Sequence(TruthScene scene)
    {
        var pairs = new List<SequencePair>();
        foreach (var gap in new[] { 1, 2, 4 })
        {
            for (var i = 0; i + gap < Frames; i++)
            {
                WriteFlow(scene, i, i + gap);
                pairs.Add(new SequencePair(i, i + gap, gap, gap == 2 && i == 3, 1, 1, 1, 0));
            }
        }

        return new SequenceInfo(Frames, Width, Height, CameraMotion.Parallax, 1, 0, "none", 0, pairs, new double[Frames],
            new Dictionary<string, IReadOnlyList<ArtifactFile>>(), []);
    }

    private void WriteFlow(TruthScene scene, int frame1, int frame2)
    {
        var forward = TruthFlow.Between(scene, frame1, frame2, Width, Height);
        var backward = TruthFlow.Between(scene, frame2, frame1, Width, Height);
        Npz.Write(New(Stages.Flow, Artifacts.Flow(frame1, frame2)),
            ("flow_1_2", NpyArray.From(forward.Flow)), ("flow_2_1", NpyArray.From(backward.Flow)),
            ("valid_1", NpyArray.From(forward.Visible)), ("valid_2", NpyArray.From(backward.Visible)));
    }
}
