using System.Text.Json;
using Depth3D.Imaging;
using Depth3D.Native;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Windows;

namespace Depth3D.Cli.Tests;

/// <summary>A clip that is cut into windows, from frames to files, held against the truth.</summary>
public sealed class LongClipTests : IDisposable
{
    private const int Frames = 40, Width = 96, Height = 64;

    private readonly string _root = Directory.CreateTempSubdirectory("depth3d-long-").FullName;

    private string Truth => Path.Combine(_root, "truth");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Windows_meet_without_a_seam_and_a_machine_with_other_cores_leaves_the_same_bytes()
    {
        Assert.Equal(0, (await CliProcess.RunAsync("sample", "render", "--scene", "room", "--camera", "sweep", "--frames", $"{Frames}",
            "--size", $"{Width}x{Height}", "--out", Truth)).ExitCode);
        var folder = Path.Combine(_root, "run");
        var run = await RunAsync(folder, null);
        Assert.True(run.ExitCode == 0, run.OutputTail);

        var alignment = StageJson.Read<WindowAlignments>(Directory.GetFiles(folder, Artifacts.Alignment, SearchOption.AllDirectories).Single());
        Assert.Equal(2, alignment.Seams.Count);
        Assert.All(alignment.Seams, s => Assert.True(s.Residual.Mean < 0.03, $"seam {s.Index}: {s.Residual}"));
        Assert.All(alignment.Placements, p => Assert.InRange(p.Scale, 0.99, 1.01));

        var depth = Enumerable.Range(0, Frames).Select(f => LogError(folder, f)).ToArray();
        var steps = Enumerable.Range(1, Frames - 1).Select(f => Step(depth[f - 1], depth[f])).ToArray();
        var seams = alignment.Seams.SelectMany(s => Enumerable.Range(s.Frames.First - 1, s.Frames.Count + 1)).ToHashSet();
        var (at, off) = (steps.Where((_, f) => seams.Contains(f)).Average(), steps.Where((_, f) => !seams.Contains(f)).Average());
        Assert.True(at < 1.5 * off + 0.002, $"error changes by {at:0.0000} from frame to frame in seams, by {off:0.0000} elsewhere");
        Assert.Equal(Frames, Directory.GetFiles(Path.Combine(folder, "depth"), "*.npz").Length);
        Assert.Equal(Frames, Directory.GetFiles(Path.Combine(folder, "prior"), "*.npy").Length);
        Assert.Equal(Frames, Directory.GetFiles(Path.Combine(folder, "masks"), "*.png").Length);

        var other = Path.Combine(_root, "elsewhere");
        var elsewhere = await RunAsync(other, new Dictionary<string, string> { ["DOTNET_PROCESSOR_COUNT"] = "1", ["OMP_NUM_THREADS"] = "1" });
        Assert.True(elsewhere.ExitCode == 0, elsewhere.OutputTail);
        for (var f = 0; f < Frames; f++)
            Assert.Equal(await File.ReadAllBytesAsync(DepthFile(folder, f)), await File.ReadAllBytesAsync(DepthFile(other, f)));
    }

    private string[] Arguments(string folder) =>
    [
        "run", "--out", folder, "--cameras", "file:" + Path.Combine(Truth, "cameras.json"), "--masks", "none", "--train-size", "96", "--steps", "24",
        "--warmup-steps", "2", "--chunk-steps", "13", "--window", "18", "--window-overlap", "5", "--no-ply", "--", Path.Combine(Truth, "images"),
    ];

    private Task<ProcessResult> RunAsync(string folder, IReadOnlyDictionary<string, string>? environment) => CliProcess.RunAsync(Arguments(folder), environment);

    private static string DepthFile(string folder, int frame) => Path.Combine(folder, "depth", Artifacts.DepthNpz(frame));

    private float[] LogError(string folder, int frame)
    {
        var depth = Npz.Read(DepthFile(folder, frame))["depth"].As<float>().ToArray();
        var truth = Npy.Read(Directory.GetFiles(Path.Combine(Truth, "depth"), $"*{frame:00000}*.npy").Single()).As<float>().ToArray();
        return [.. depth.Zip(truth, (d, t) => MathF.Log(d / t))];
    }

    private static double Step(float[] before, float[] now) => Math.Abs(before.Average() - now.Average());
}
