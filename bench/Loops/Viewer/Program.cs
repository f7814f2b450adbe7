using System.Globalization;
using Depth3D.Bench.LoopViewer;
using Depth3D.Browser.Fixtures;
using Depth3D.Reconstruction.Loops.Model;
using Depth3D.Rendering.Loops.Packages;
using Depth3D.Viewer.Loops;

// Pictures a second of the loop's page in headless Chromium with WebGL in software: the tiles that a loop keeps against all of its planes, drawn whole.
// dotnet run -c Release --project bench/Loops/Viewer -- [PACKAGE] [--size WIDTHxHEIGHT] [--pictures N] [--out DIR]
// PACKAGE is a folder in format mtv/1; without one, a flag of the truth loops is put on 32 planes; --out DIR keeps that as a package
// with its page and measures nothing.
if (ChromiumPage.Program is null)
{
    Console.Error.WriteLine("Chromium is needed: apt-get install chromium");
    return 1;
}

string? Option(string name) => Array.IndexOf(args, name) is >= 0 and var i && i + 1 < args.Length ? args[i + 1] : null;
var size = (Option("--size") ?? "640x360").Split('x').Select(v => int.Parse(v, CultureInfo.InvariantCulture)).ToArray();
var pictures = int.Parse(Option("--pictures") ?? "12", CultureInfo.InvariantCulture);
var loop = args.Length > 0 && !args[0].StartsWith("--", StringComparison.Ordinal) ? MtvPackageReader.Read(args[0]) : LiftedLoop.Make("flag", 320, 180, frames: 6);
if (Option("--out") is { } keep)
{
    var film = LiftedLoop.Make("flag", 480, 270, frames: 24);
    await MtvPackageWriter.WriteAsync(keep, film, new() { Provenance = new Dictionary<string, string> { ["name"] = "Flag, a truth loop" } }).ConfigureAwait(false);
    LoopViewerPage.Write(keep);
    EnclosedLoopPage.Write(keep, Path.Combine(keep, EnclosedLoopPage.FileName));
    return 0;
}

var dense = DenseLoop.Of(loop);
var bench = new PageBench(size[0], size[1], pictures);
await using (bench.ConfigureAwait(false))
{
    await bench.StartAsync().ConfigureAwait(false);
    var geometry = loop.Geometry;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{geometry.Planes} planes of {geometry.Plane.Width}x{geometry.Plane.Height} texels, {loop.Frames} frames; shown at {size[0]}x{size[1]}; means of {pictures} pictures, the best of three rounds"));
    Console.WriteLine($"{"",-12} | {"tiles",14} | {"of all",6} | {"texels of T frames",18} | {"ms a picture: middle, aside, near",34} | {"pictures a second",17}");
    var kept = await ShowAsync("tiles kept", loop, loop.Frames).ConfigureAwait(false);
    var all = await ShowAsync("dense planes", dense, loop.Frames).ConfigureAwait(false);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the tiles are drawn {all / kept:0.0} times as fast as the dense planes"));
}

return 0;

async Task<double> ShowAsync(string name, MultiTileVideo video, int frames)
{
    var times = await bench.MeasureAsync(video).ConfigureAwait(false);
    var (still, moving, side) = (video.Tiles.StaticSlots, video.Tiles.DynamicSlots, (long)video.Geometry.TileSize * video.Geometry.TileSize);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{name,-12} | {still,6} + {moving,5} | {(still + moving) / (double)video.Geometry.TileCount,6:P1} | {side * (still + ((long)moving * frames)) / 1e6,16:0.0} M | {string.Join(", ", times.Select(t => t.ToString("0.0", CultureInfo.InvariantCulture))),34} | {1000 / times.Average(),17:0.0}"));
    return times.Average();
}
