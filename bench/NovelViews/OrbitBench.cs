using System.Diagnostics;
using System.Globalization;
using Depth3D.Imaging;
using Depth3D.Reconstruction.Evaluation;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Rendering.Effects;
using Depth3D.Rendering.Splatting;
using Depth3D.Rendering.TruthScenes;
using Depth3D.Rendering.Views;

namespace Depth3D.Bench.NovelViews;

/// <summary>
/// Shows frames of a clip from both ends of an orbit around what lies ahead at the median depth, and compares with the true views. A pixel is
/// visible where the frame saw its point, or, for what stands still, another frame did; the rest is painted.
/// </summary>
internal sealed class OrbitBench
{
    public const double Degrees = 5;

    private const int TestFrames = 3;

    /// <summary>Share of depth within which a frame has seen a point.</summary>
    private const double Seen = 0.01;

    private readonly TruthSceneClip _truth;
    private readonly string? _pictures;
    private readonly Lazy<List<Case>> _cases;

    public OrbitBench(TruthSceneClip truth, string? pictures)
    {
        (_truth, _pictures) = (truth, pictures);
        _cases = new(Cases);
    }

    public void Show(string depthName, ISceneClip clip, PointCloud background, ViewOptions options)
    {
        if (clip.FrameCount != _truth.FrameCount) throw new InvalidOperationException($"{clip.FrameCount} frames, the scene has {_truth.FrameCount}");
        var synthesizer = new ViewSynthesizer(clip, background, options);
        // Depth that is known up to a scale moves its cameras by the same scale.
        var scale = Scale(clip);
        PictureQuality all = new(), still = new(), moving = new(), others = new(), painted = new();
        double milliseconds = 0;
        foreach (var c in _cases.Value)
        {
            var start = Stopwatch.GetTimestamp();
            var view = Rgb(synthesizer.Render(c.Frame, _truth.Intrinsics, c.Orbit with { Translation = c.Orbit.Translation * scale } * clip.CamFromWorld(c.Frame)));
            milliseconds += Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            all.Add(view, c.Expected.Rgb, [.. c.Still.Zip(c.Moving, (a, b) => a || b)]);
            still.Add(view, c.Expected.Rgb, c.Still);
            moving.Add(view, c.Expected.Rgb, c.Moving);
            others.Add(view, c.Expected.Rgb, c.Others);
            painted.Add(view, c.Expected.Rgb, c.Nobody);
            Save(depthName, options, c, view);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{depthName,-18} | {(options.Surface ? "surface" : "points"),-9} | {Figures(all)} | {Figures(still)} | {Figures(moving)} | {Figures(others),-25} | {Share(painted, still, moving, others)} | {milliseconds / _cases.Value.Count:F0}"));
    }

    /// <summary>Median ratio of a clip's depth to the true one where nothing moves.</summary>
    private double Scale(ISceneClip clip)
    {
        var ratios = new List<double>();
        foreach (var frame in Enumerable.Range(0, TestFrames).Select(k => (int)((k + 0.5) * _truth.FrameCount / TestFrames)))
        {
            float[] depth = clip.Depth(frame).Samples, truth = _truth.Depth(frame).Samples;
            var moving = _truth.Moving(frame).Samples;
            for (var i = 0; i < depth.Length; i += 7)
                if (moving[i] == 0) ratios.Add(depth[i] / truth[i]);
        }

        ratios.Sort();
        return ratios[ratios.Count / 2];
    }

    private static string Figures(PictureQuality q) => q.Pixels == 0 ? "none         " : string.Create(CultureInfo.InvariantCulture, $"{q.Psnr,5:F2} / {q.Ssim:F3}");

    private static string Share(PictureQuality part, params PictureQuality[] rest) => string.Create(CultureInfo.InvariantCulture,
        $"{100.0 * part.Pixels / (part.Pixels + rest.Sum(r => r.Pixels)):F1} % of view");

    private static RigidTransform Orbit(double degrees, double distance)
    {
        var rotation = Mat3.FromRotationVector(new(0, degrees * Math.PI / 180, 0));
        var pivot = new Vec3(0, 0, distance);
        return new(rotation, pivot - (rotation * pivot));
    }

    private List<Case> Cases()
    {
        var rest = Enumerable.Range(0, _truth.FrameCount).Where(f => f % 4 == 0).ToArray();
        var depths = rest.Select(_truth.Depth).ToArray();
        var cases = new List<Case>();
        foreach (var frame in Enumerable.Range(0, TestFrames).Select(k => (int)((k + 0.5) * _truth.FrameCount / TestFrames)))
            foreach (var degrees in new[] { -Degrees, Degrees })
            {
                var orbit = Orbit(degrees, _truth.DepthRange.Median);
                cases.Add(Regions(frame, degrees, orbit, _truth.Seen(frame, _truth.Intrinsics, orbit * _truth.CamFromWorld(frame)), rest, depths));
            }

        return cases;
    }

    private Case Regions(int frame, double degrees, RigidTransform orbit, TruthFrame view, int[] rest, Raster<float>[] depths)
    {
        var n = view.Rgb.PixelCount;
        var regions = new Case(frame, degrees, orbit, view, new bool[n], new bool[n], new bool[n], new bool[n]);
        var own = _truth.Depth(frame);
        Parallel.For(0, n, i =>
        {
            var point = new Vec3(view.WorldPoints.Samples[3 * i], view.WorldPoints.Samples[(3 * i) + 1], view.WorldPoints.Samples[(3 * i) + 2]);
            var isMoving = view.MovingMask.Samples[i] != 0;
            if (Sees(frame, own, point)) (isMoving ? regions.Moving : regions.Still)[i] = true;
            else if (!isMoving && rest.Where((f, k) => Sees(f, depths[k], point)).Any()) regions.Others[i] = true;
            else regions.Nobody[i] = true;
        });
        return regions;
    }

    private bool Sees(int frame, Raster<float> depth, Vec3 point)
    {
        var camera = _truth.CamFromWorld(frame).Apply(point);
        if (!(camera.Z > 0)) return false;
        var (u, v) = _truth.Intrinsics.Project(camera);
        if (!(u > -0.5 && v > -0.5 && u < depth.Width - 0.5 && v < depth.Height - 0.5)) return false;
        return Math.Abs((depth[(int)Math.Round(u), (int)Math.Round(v)] / camera.Z) - 1) < Seen;
    }

    private static Raster<byte> Rgb(ViewLayer layer)
    {
        var rgb = new Raster<byte>(layer.Width, layer.Height, 3);
        for (var i = 0; i < rgb.PixelCount; i++) layer.Rgba.AsSpan(4 * i, 3).CopyTo(rgb.Samples.AsSpan(3 * i));
        return rgb;
    }

    private void Save(string depthName, ViewOptions options, Case c, Raster<byte> view)
    {
        if (_pictures is null) return;
        Directory.CreateDirectory(_pictures);
        var name = string.Create(CultureInfo.InvariantCulture, $"{c.Frame:D3}-{(c.Degrees < 0 ? "left" : "right")}");
        ImageFile.WritePng(Path.Combine(_pictures, $"{name}-{depthName}-{(options.Surface ? "surface" : "points")}.png"), view);
        ImageFile.WritePng(Path.Combine(_pictures, name + "-true.png"), c.Expected.Rgb);
    }

    /// <summary>A view and which of its pixels the frame saw, still and moving, which only other frames saw, and which nobody.</summary>
    private sealed record Case(
        int Frame, double Degrees, RigidTransform Orbit, TruthFrame Expected, bool[] Still, bool[] Moving, bool[] Others, bool[] Nobody);
}
