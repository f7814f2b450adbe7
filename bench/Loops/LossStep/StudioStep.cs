using System.Diagnostics;
using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Model;
using Depth3D.Reconstruction.Loops.Training;
using Depth3D.Reconstruction.Optimisation;
using TorchSharp;

namespace Depth3D.Bench.LossStep;

/// <summary>
/// An iteration of stage 2 at the size of <c>studio</c>: 640x360, 32 planes, 50 frames of a clip of 250, patches of 320x180. Which tiles are kept is drawn
/// by lot; colours do not matter for memory and time.
/// </summary>
internal sealed class StudioStep(double kept, torch.Device? device, int divisor)
{
    private const int Width = 640, Height = 360, Planes = 32, LoopFrames = 50, ClipFrames = 250, Threads = 2;
    private const double Gibi = 1L << 30;

    public void Run()
    {
        var video = Loop();
        var clip = Enumerable.Range(0, ClipFrames).Select(Frame).ToArray();
        var view = new LoopView(0, video.Geometry.Reference, RigidTransform.Identity);
        using var optimiser = new LoopOptimiser(video, [new LoopFootage(view, clip)], new LoopSettings { SingleCamera = true, Epochs = 1, SharpenEvery = 0, WholePictures = false }, Threads, device, divisor);
        var begin = optimiser.TotalIterations - optimiser.IterationsOfLevels[^1] + 1;
        optimiser.Restore(begin, State(video));
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var before = Environment.WorkingSet / Gibi;
        var model = new StudioModel(320, 180, LoopFrames, ClipFrames, video.Tiles.DynamicSlots * 256L, video.Tiles.StaticSlots * 256L, kept * Planes, Planes);
        Console.WriteLine($"{video.Tiles.StaticSlots} still and {video.Tiles.DynamicSlots} moving tiles of {video.Geometry.TileCount}; loop, texels and clip hold {before:0.00} GiB");
        var (most, cpu) = (before, Environment.CpuUsage.TotalTime);
        using (new Timer(_ => most = Math.Max(most, Environment.WorkingSet / Gibi), null, 0, 50)) optimiser.Run(begin + 2);
        Console.WriteLine($"{(device is null ? "own kernels" : "tensors")}, divisor {divisor}: at most {most:0.00} GiB, {most - before:0.00} on top; {(Environment.CpuUsage.TotalTime - cpu).TotalSeconds / 2:0.0} s of processor time an iteration");
        if (device is not null) Console.WriteLine($"model of a device: {model.Total:0.00} GiB: texels {model.Texels:0.00}, drawn {model.Drawn:0.00}, layers {model.Layers:0.00}, pictures {model.Pictures:0.00}, search {model.Search(11, 4):0.00}");
    }

    private MultiTileVideo Loop()
    {
        var camera = Intrinsics.Centered(459, 459, Width, Height);
        var geometry = PlaneLadder.Grid(camera, PlaneLadder.UniformInDisparity(0.9, 26.7, Planes), 1.6, 16);
        var random = new CounterRandom(1, 0, 0);
        TileLabel[] labels = [.. Enumerable.Range(0, geometry.TileCount).Select(n => random.Unit((ulong)n) is var lot && lot < kept / 2 ? TileLabel.Dynamic : lot < kept ? TileLabel.Static : TileLabel.Empty)];
        var video = new MultiTileVideoBuilder(geometry, labels, LoopFrames).Build(25, new ViewBox(new Vec3(0.1, 0.1, 0.1), new Vec3(0, 0, 2), new Vec3(0, -1, 0)));
        for (var n = 0; n < video.DynamicTexels.Length; n++) video.DynamicTexels[n] = ((n * 7) % 97) / 97f;
        for (var n = 0; n < video.StaticTexels.Length; n++) video.StaticTexels[n] = ((n * 7) % 97) / 97f;
        return video;
    }

    private static Raster<byte> Frame(int t)
    {
        var frame = new Raster<byte>(Width, Height, 3);
        for (var n = 0; n < frame.Samples.Length; n++) frame.Samples[n] = (byte)((n * 13) + (n / Width * 5) + (t * 31));
        return frame;
    }

    /// <summary>Texels as a finished coarser level would hand them on, so that the level of full size can begin at once.</summary>
    private static List<CheckpointTensor> State(MultiTileVideo video)
    {
        var texels = new LoopTexels(video);
        return
        [
            new CheckpointTensor("ratios", [0], []),
            new CheckpointTensor("static", [texels.Static.Logits.Length], texels.Static.Logits),
            .. texels.Dynamic.Select((d, n) => new CheckpointTensor(FormattableString.Invariant($"dynamic{n}"), [d.Logits.Length], d.Logits)),
        ];
    }
}
