using System.Diagnostics;
using System.Globalization;
using Depth3D.Bench.LoopViewer;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Model;
using Depth3D.Rendering.Loops;
using Depth3D.Rendering.Loops.Packages;

// Pictures a second of the offline renderer: the tiles that a loop keeps against all of its planes, drawn whole. Processor time of one thread does not
// depend on what else the machine does; the clock does.
// dotnet run -c Release --project bench/Loops/Rendering -- [LOOP.safetensors|PACKAGE] [--pictures N]
// Without a loop, a flag of the truth loops is put on 32 planes.
string? Option(string name) => Array.IndexOf(args, name) is >= 0 and var i && i + 1 < args.Length ? args[i + 1] : null;
var pictures = int.Parse(Option("--pictures") ?? "24", CultureInfo.InvariantCulture);
var loop = args.Length == 0 || args[0].StartsWith("--", StringComparison.Ordinal) ? LiftedLoop.Make("flag", 320, 180, frames: 6)
    : File.Exists(args[0]) ? MtvFile.Load(args[0]) : MtvPackageReader.Read(args[0]);
var geometry = loop.Geometry;
Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
    $"{geometry.Planes} planes of {geometry.Plane.Width}x{geometry.Plane.Height} texels, {loop.Frames} frames, pictures of {geometry.Reference.Width}x{geometry.Reference.Height}; the best of 3 rounds of {pictures}"));
Console.WriteLine("             |  tiles | of all |  numbers | MB as floats | 1 thread: CPU ms a picture | all threads: ms a picture | a second");
var kept = Show("tiles kept", loop, loop.Parameters);
var dense = Show("dense planes", DenseLoop.Of(loop), loop.DenseParameters);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
    $"the tiles are drawn {dense / kept:0.0} times as fast as the dense planes and hold {(double)loop.Parameters / loop.DenseParameters:P1} of their numbers"));

double Show(string name, MultiTileVideo video, long numbers)
{
    double one = Milliseconds(video, 1).Processor, all = Milliseconds(video, -1).Clock;
    var tiles = video.Tiles.StaticSlots + video.Tiles.DynamicSlots;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{name,-12} | {tiles,6} | {(double)tiles / video.Geometry.TileCount,6:P1} | {numbers / 1e6,6:0.0} M | {numbers * 4 / 1048576.0,12:0.0} | {one,26:0.00} | {all,25:0.00} | {1000 / all,8:0.0}"));
    return one;
}

// Frame after frame along a swing, as a film is drawn.
(double Processor, double Clock) Milliseconds(MultiTileVideo video, int threads)
{
    var renderer = new LoopRenderer(video) { Threads = threads };
    var (processor, clock) = (double.MaxValue, double.MaxValue);
    for (var round = 0; round < 4; round++)
    {
        var (watch, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        for (var i = 0; i < pictures; i++)
        {
            var centre = new Vec3(video.View.Extent.X * Math.Sin(2 * Math.PI * i / pictures), 0, 0);
            renderer.Render(video.Geometry.Reference, ViewBoxCamera.CamFromReference(video.View, centre), i);
        }

        if (round == 0) continue;
        processor = Math.Min(processor, (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / pictures);
        clock = Math.Min(clock, watch.Elapsed.TotalMilliseconds / pictures);
    }

    return (processor, clock);
}
