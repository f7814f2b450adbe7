using System.Diagnostics;
using System.Globalization;
using Depth3D.Bench.Splatting;
using Depth3D.Imaging;
using Depth3D.Rendering.Splatting;
using Depth3D.Rendering.TruthScenes;

// Point splatting of one 640x360 frame (230,400 points) into 1280x720, clear and resolve included. Run with: dotnet run -c Release --project bench/Splatting
// With -- --ply DIR the cloud and the camera are written for open3d_frames.py, which times Open3D on them.
const int repeats = 40;
var scene = TruthScene.Courtyard(9);
var frame = TruthRenderer.Render(scene, 0, 640, 360);
var cloud = CloudFromDepth.Make(frame.Rgb, frame.Depth, scene.Intrinsics(640, 360), scene.CamFromWorld(0));
var view = scene.Intrinsics(1280, 720);

Console.WriteLine(FormattableString.Invariant($"{cloud.Count} points to 1280x720, fastest of {repeats}; ratios against scalar, 1 thread"));
Console.WriteLine("splat   | scalar 1 thread | scalar 2 threads | vector 1 thread | vector 2 threads");
foreach (var pixels in new[] { 1, 2, 3 })
{
    var scalar = Milliseconds(pixels, false, 1);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{pixels}x{pixels}     | {scalar,9:F2} ms 1.00 | {Ratio(scalar, pixels, false, 2),16} | {Ratio(scalar, pixels, true, 1),15} | {Ratio(scalar, pixels, true, 2),16}"));
}

await Encoding();
if (args is ["--ply", var folder]) WriteForOthers(folder);

// A film, four samples per pixel: how long its pictures take from depth on, and how long the encoder takes for them. Processor time, too, for machines
// that are not idle.
async Task Encoding()
{
    var file = Path.Combine(Path.GetTempPath(), $"depth3d-splatting-{Environment.ProcessId}.mp4");
    var fine = new SplatOptions { Supersampling = 2 };
    var pictures = new List<Raster<byte>>();
    PointCloud made = cloud, kept = cloud;
    for (var i = 0; i < 5; i++) Frame(i);
    Parts part = new("points from depth"), outliers = new("statistical outliers, 30 neighbours"), splats = new("splatting"), encode = new("encoding");
    for (var i = 0; i < repeats; i++)
    {
        part.Time(() => made = CloudFromDepth.Make(frame.Rgb, frame.Depth, scene.Intrinsics(640, 360), scene.CamFromWorld(0)));
        outliers.Time(() => kept = made.Where(OutlierRemoval.Keep(made)));
        splats.Time(() => pictures.Add(SplatRenderer.Render(kept, view, scene.CamFromWorld(i % 9), fine)));
    }

    await using (var writer = VideoWriter.Open(file, view.Width, view.Height, 24))
        await encode.TimeAsync(async () =>
        {
            foreach (var picture in pictures) writer.Write(picture);
            await writer.FinishAsync();
        });
    File.Delete(file);
    Console.WriteLine(FormattableString.Invariant($"a film, 2x2 samples, {100.0 * kept.Count / cloud.Count:F1} % of the points kept; ms a picture, and of processor time (the encoder's as well)"));
    foreach (var p in (Parts[])[part, outliers, splats, encode]) Console.WriteLine(p.Line(repeats));
    var tree = new Parts("outliers of points of no one frame, by the k-d tree");
    tree.Time(() => OutlierRemoval.Keep(new(cloud.X, cloud.Y, cloud.Z, cloud.Diameters, cloud.Colours)));
    Console.WriteLine(tree.Line(1));
    void Frame(int i) => SplatRenderer.Render(cloud.Where(OutlierRemoval.Keep(cloud)), view, scene.CamFromWorld(i), fine);
}

// The same cloud and camera for open3d_frames.py: cloud.ply, camera.txt (fx fy cx cy, then the 4x4 CamFromWorld by rows) and our picture.
void WriteForOthers(string to)
{
    Directory.CreateDirectory(to);
    Ply.WriteBinary(Path.Combine(to, "cloud.ply"), cloud.Interleaved(), cloud.Rgb(), []);
    var t = scene.CamFromWorld(4);
    double[] numbers =
    [
        view.Fx, view.Fy, view.Cx, view.Cy, t.Rotation.M00, t.Rotation.M01, t.Rotation.M02, t.Translation.X, t.Rotation.M10, t.Rotation.M11, t.Rotation.M12,
        t.Translation.Y, t.Rotation.M20, t.Rotation.M21, t.Rotation.M22, t.Translation.Z, 0, 0, 0, 1,
    ];
    File.WriteAllText(Path.Combine(to, "camera.txt"), string.Join(' ', numbers.Select(n => n.ToString("R", CultureInfo.InvariantCulture))) + "\n");
    ImageFile.WritePng(Path.Combine(to, "ours.png"), SplatRenderer.Render(cloud, view, t, new SplatOptions { SizeFactor = 1.5f, MaxSizePixels = 3 }));
}

string Ratio(double scalar, int pixels, bool vectorised, int threads)
{
    var own = Milliseconds(pixels, vectorised, threads);
    return string.Create(CultureInfo.InvariantCulture, $"{own:F2} ms {own / scalar:F2}");
}

double Milliseconds(int pixels, bool vectorised, int threads)
{
    // A pixel of the frame is two pixels wide in the view.
    var options = new SplatOptions { SizeFactor = pixels / 2f, MaxSizePixels = pixels, Vectorised = vectorised, Threads = threads };
    var times = new double[repeats];
    for (var i = -5; i < repeats; i++)
    {
        var start = Stopwatch.GetTimestamp();
        SplatRenderer.Render(cloud, view, scene.CamFromWorld(4), options);
        if (i >= 0) times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    Array.Sort(times);
    return times[0];
}
