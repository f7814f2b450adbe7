using System.Diagnostics;
using System.Globalization;
using Depth3D.Bench.LossStep;
using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Looping;
using Depth3D.Reconstruction.Loops.Model;
using Depth3D.Reconstruction.Loops.Training;
using Depth3D.Reconstruction.Optimisation;
using TorchSharp;

// The looping loss's search three ways, a step of stage 2 two ways, the memory of the studio profile from its sizes, and a step of it at full size.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var device = args.FirstOrDefault(a => a.StartsWith("cuda", StringComparison.Ordinal)) ?? "cpu";
var size = args.FirstOrDefault(a => a.Contains('x', StringComparison.Ordinal))?.Split('x').Select(int.Parse).ToArray() ?? [96, 64];
var (width, height) = (size[0], size[1]);
if (args is ["studio", ..])
{
    // studio [own or tensors [SHARE_KEPT [DIVISOR]]]
    var (kept, divisor) = (args.Length > 2 ? double.Parse(args[2], CultureInfo.InvariantCulture) : 0.15, args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : 1);
    await TorchThread.Run(() =>
    {
        new StudioStep(kept, args.Length > 1 && args[1] == "own" ? null : ComputeDevice.Parse(device), divisor).Run();
        return true;
    }, 2);
    return;
}

const int loopFrames = 16, clipFrames = 64, threads = 2;
await TorchThread.Run(() =>
{
    using var scope = torch.NewDisposeScope();
    Console.WriteLine($"{width}x{height}, loop of {loopFrames}, clip of {clipFrames} frames, {threads} threads, tensors on {device}");
    var searches = new Searches(width, height, loopFrames, clipFrames, threads, ComputeDevice.Parse(device));
    searches.Print("reference view (11, 4)", PatchSettings.Reference);
    searches.Print("other views (3, 2)", PatchSettings.Other);
    var own = Step(null);
    var tensors = Step(ComputeDevice.Parse(device));
    Console.WriteLine($"an iteration of stage 2, three planes: own kernels {own:0.000} s, tensors {tensors:0.000} s (ratio {tensors / own:0.0})");
    return true;
}, threads);

foreach (var (name, model) in new[]
{
    ("fall1 as published, patches of 320x180", new StudioModel(320, 180, 50, 250, 1444 * 256, 2155 * 256, 8, 16)),
    ("640x360, 32 planes, 60 frames, 15 % of tiles kept, half of them moving", new StudioModel(320, 180, 60, 250, (long)(0.075 * 73_728 * 256), (long)(0.075 * 73_728 * 256), 12, 32)),
})
{
    Console.WriteLine($"{name}: texels {model.Texels:0.00} GiB, drawn {model.Drawn:0.00}, layers {model.Layers:0.00}, pictures {model.Pictures:0.00}, search {Math.Max(model.Search(3, 2), model.Search(11, 4)):0.00}; together {model.Total:0.0} GiB");
}

double Step(torch.Device? on)
{
    var camera = Intrinsics.Centered(width, width, width, height);
    var geometry = new LoopGeometry { Reference = camera, Plane = camera, PlaneDepths = [1, 1.5, 3], TileSize = 16 };
    var random = new CounterRandom(2, 0, 0);
    var video = new MultiTileVideoBuilder(geometry, [.. Enumerable.Range(0, geometry.TileCount).Select(n => n % 2 == 0 ? TileLabel.Dynamic : TileLabel.Static)], loopFrames)
        .Build(25, new ViewBox(new Vec3(0.1, 0.1, 0.1), new Vec3(0, 0, 2), new Vec3(0, -1, 0)));
    for (var n = 0; n < video.DynamicTexels.Length; n++) video.DynamicTexels[n] = (float)random.Unit((ulong)n);
    for (var n = 0; n < video.StaticTexels.Length; n++) video.StaticTexels[n] = (float)random.Unit((ulong)n);
    Raster<byte>[] clip = [.. Enumerable.Range(0, clipFrames).Select(t => new Raster<byte>(width, height, 3, [.. Enumerable.Range(0, 3 * width * height).Select(n => (byte)random.Below(256, (ulong)((t * 3 * width * height) + n)))]))];
    using var optimiser = new LoopOptimiser(video, [new LoopFootage(new LoopView(0, camera, RigidTransform.Identity), clip)],
        new LoopSettings { SingleCamera = true, Epochs = 4, SharpenEvery = 0 }, threads, on);
    optimiser.Run(9);
    var watch = Stopwatch.StartNew();
    optimiser.Run(12);
    return watch.Elapsed.TotalSeconds / 3;
}
