using Depth3D.Imaging;
using Depth3D.Nodes.Preprocess.Prior;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Nodes.Preprocess.Tests.Models;

/// <summary>A wall of grey stripes: the model's disparity is the grey value, the truth 1/z = 0.002 grey + 0.05.</summary>
public sealed class ModelPriorTests : IDisposable
{
    private const int Width = 128, Height = 64, Frames = 6;
    private const double Slope = 0.002, Shift = 0.05, Focal = 100;
    private readonly string _folder = Directory.CreateTempSubdirectory("depth3d-prior-").FullName;

    private static byte Grey(int x) => (byte)(40 + (20 * (x / 16)));

    private static double Depth(int x) => 1 / ((Slope * Grey(x)) + Shift);

    private ModelRun Run(CameraMotion motion)
    {
        var run = ModelRun.Create(Frames, Width, Height, _ =>
        {
            var rgb = new Raster<byte>(Width, Height, 3);
            for (var y = 0; y < Height; y++)
                for (var x = 0; x < Width; x++)
                    for (var c = 0; c < 3; c++) rgb[x, y, c] = Grey(x);
            return rgb;
        });
        File.WriteAllBytes(Path.Combine(_folder, "m.onnx"), ModelFiles.Disparity());
        run.Options = run.Options with { Prior = new PriorOptions { Method = $"onnx:{Path.Combine(_folder, "m.onnx")}" } };
        return run.WithEmptyMasks().WithCameras(motion, _ => RigidTransform.Identity, Focal);
    }

    private static void WritePoints(ModelRun run, double outlierShare)
    {
        var camera = Intrinsics.Centered(Focal, Focal, Width, Height);
        var xyz = new List<float>();
        for (var i = 0; i < 200; i++)
        {
            var (u, v) = ((i * 37 % 8 * 16) + 8, i * 13 % Height);
            var depth = i < outlierShare * 200 ? 0.5 + (i * 7 % 11) : Depth(u);
            var p = camera.Unproject(u, v, depth);
            xyz.AddRange([(float)p.X, (float)p.Y, (float)p.Z]);
        }

        Ply.WriteBinary(run.Path(Stages.Cameras, Artifacts.SparsePoints), [.. xyz], []);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.4)]
    public async Task Disparity_is_fitted_to_sparse_points_once_per_clip_despite_outliers(double outlierShare)
    {
        using var run = Run(CameraMotion.Parallax);
        WritePoints(run, outlierShare);
        await run.Execute(new PriorStage());
        for (var frame = 0; frame < Frames; frame++)
        {
            var prior = run.Prior(frame);
            Assert.Equal((Width, Height), (prior.Width, prior.Height));
            for (var x = 8; x < Width; x += 16) Assert.Equal(Depth(x), prior[x, 30], 0.02 * Depth(x));
        }

        var info = StageJson.Read<PriorInfo>(run.PathOf(Stages.Prior, Artifacts.PriorIndex));
        Assert.Contains("one fit per clip", info.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_points_depth_triangulated_from_flow_takes_their_place()
    {
        using var run = Run(CameraMotion.Parallax);
        const double Step = 0.3; // to the right, per frame
        run.WithCameras(CameraMotion.Parallax, i => new RigidTransform(Mat3.Identity, new Vec3(-Step * i, 0, 0)), Focal);
        run.WithFlow((x, gap) => (float)(-Focal * Step * gap / Depth(x)));
        await run.Execute(new PriorStage());
        var prior = run.Prior(2);
        for (var x = 8; x < Width; x += 16) Assert.Equal(Depth(x), prior[x, 30], 0.02 * Depth(x));
        Assert.Contains("triangulated from flow", StageJson.Read<PriorInfo>(run.PathOf(Stages.Prior, Artifacts.PriorIndex)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Points_of_a_camera_that_only_turns_are_not_used_the_assumption_is_stated_and_order_is_kept()
    {
        using var run = Run(CameraMotion.RotationOnly);
        WritePoints(run, 0);
        await run.Execute(new PriorStage());
        var prior = run.Prior(0);
        for (var x = 24; x < Width; x += 16) Assert.True(prior[x, 10] < prior[x - 16, 10]);
        Assert.Equal(20, prior[8, 10] / prior[120, 10], 0.5);
        var info = StageJson.Read<PriorInfo>(run.PathOf(Stages.Prior, Artifacts.PriorIndex));
        Assert.Contains(info.Warnings, w => w.Contains("proportions are assumed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_value_is_positive_and_finite_and_a_second_run_gives_the_same_bytes()
    {
        using var run = Run(CameraMotion.Parallax);
        WritePoints(run, 0.1);
        await run.Execute(new PriorStage());
        var first = File.ReadAllBytes(run.PathOf(Stages.Prior, Artifacts.Prior(3)));
        Assert.All(run.Prior(3).Samples, z => Assert.True(z > 0 && float.IsFinite(z)));
        await run.Execute(new PriorStage());
        Assert.Equal(first, File.ReadAllBytes(run.PathOf(Stages.Prior, Artifacts.Prior(3))));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
