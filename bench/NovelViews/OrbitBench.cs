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
internal sealed class OrbitBench(TruthSceneClip truth, string? pictures)
{
    public const double Degrees = 5;

    private const int TestFrames = 5;

    /// <summary>Share of depth within which a frame has seen a point.</summary>
    private const double Seen = 0.01;

    public void Show(string depthName, ISceneClip clip, PointCloud background, ViewOptions options)
    {
        if (clip.FrameCount != truth.FrameCount) throw new InvalidOperationException($"{clip.FrameCount} frames, the scene has {truth.FrameCount}");
        var synthesizer = new ViewSynthesizer(clip, background, options);
        // Depth that is known up to a scale moves its cameras by the same scale.
        var scale = clip.DepthRange.Median / truth.DepthRange.Median;
        PictureQuality still = new(), moving = new(), others = new(), painted = new();
        double milliseconds = 0;
        foreach (var frame in Enumerable.Range(0, TestFrames).Select(k => (int)((k + 0.5) * truth.FrameCount / TestFrames)))
            foreach (var degrees in new[] { -Degrees, Degrees })
            {
                var orbit = Orbit(degrees, truth.DepthRange.Median);
                var expected = truth.Seen(frame, truth.Intrinsics, orbit * truth.CamFromWorld(frame));
                var start = Stopwatch.GetTimestamp();
                var view = Rgb(synthesizer.Render(frame, truth.Intrinsics, orbit with { Translation = orbit.Translation * scale } * clip.CamFromWorld(frame)));
                milliseconds += Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                var (ofStill, ofMoving, ofOthers, ofNobody) = Regions(expected, frame);
                still.Add(view, expected.Rgb, ofStill);
                moving.Add(view, expected.Rgb, ofMoving);
                others.Add(view, expected.Rgb, ofOthers);
                painted.Add(view, expected.Rgb, ofNobody);
                Save(depthName, options, frame, degrees, view, expected.Rgb);
            }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{depthName,-18} | {(options.Surface ? "surface" : "points"),-9} | {Figures(still)} | {Figures(moving)} | {Figures(others),-25} | {Share(painted, still, moving, others)} | {milliseconds / (2 * TestFrames):F0}"));
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

    private (bool[] Still, bool[] Moving, bool[] Others, bool[] Nobody) Regions(TruthFrame view, int frame)
    {
        var n = view.Rgb.PixelCount;
        bool[] still = new bool[n], moving = new bool[n], others = new bool[n], nobody = new bool[n];
        var rest = Enumerable.Range(0, truth.FrameCount).Where(f => f != frame && f % 3 == 0).ToArray();
        var depths = rest.Select(truth.Depth).ToArray();
        var own = truth.Depth(frame);
        Parallel.For(0, n, i =>
        {
            var point = new Vec3(view.WorldPoints.Samples[3 * i], view.WorldPoints.Samples[(3 * i) + 1], view.WorldPoints.Samples[(3 * i) + 2]);
            var isMoving = view.MovingMask.Samples[i] != 0;
            if (Sees(frame, own, point)) (isMoving ? moving : still)[i] = true;
            else if (!isMoving && rest.Where((f, k) => Sees(f, depths[k], point)).Any()) others[i] = true;
            else nobody[i] = true;
        });
        return (still, moving, others, nobody);
    }

    private bool Sees(int frame, Raster<float> depth, Vec3 point)
    {
        var camera = truth.CamFromWorld(frame).Apply(point);
        if (!(camera.Z > 0)) return false;
        var (u, v) = truth.Intrinsics.Project(camera);
        if (!(u > -0.5 && v > -0.5 && u < depth.Width - 0.5 && v < depth.Height - 0.5)) return false;
        return Math.Abs((depth[(int)Math.Round(u), (int)Math.Round(v)] / camera.Z) - 1) < Seen;
    }

    private static Raster<byte> Rgb(ViewLayer layer)
    {
        var rgb = new Raster<byte>(layer.Width, layer.Height, 3);
        for (var i = 0; i < rgb.PixelCount; i++) layer.Rgba.AsSpan(4 * i, 3).CopyTo(rgb.Samples.AsSpan(3 * i));
        return rgb;
    }

    private void Save(string depthName, ViewOptions options, int frame, double degrees, Raster<byte> view, Raster<byte> expected)
    {
        if (pictures is null) return;
        Directory.CreateDirectory(pictures);
        var name = string.Create(CultureInfo.InvariantCulture, $"{depthName}-{(options.Surface ? "surface" : "points")}-{frame:D3}-{(degrees < 0 ? "left" : "right")}");
        ImageFile.WritePng(Path.Combine(pictures, name + ".png"), view);
        ImageFile.WritePng(Path.Combine(pictures, name + "-true.png"), expected);
    }
}
