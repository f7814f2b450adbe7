using System.Globalization;
using Depth3D.Imaging;
using Depth3D.Rendering.Effects;
using Depth3D.Rendering.Effects.Insert;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Bench.Insertion;

/// <summary>
/// Stands a card of a colour that no scene has parallel to the picture, 15 % farther than what moves, and compares the pixels in which it is seen
/// with those in which the exact depth lets it be seen. Depth that is known up to a scale places the card at the same share of it.
/// </summary>
internal sealed class CardBench(TruthSceneClip truth, string? pictures)
{
    private const int TestFrames = 6, Aside = 20;
    private const double Behind = 1.15, HeightShare = 0.55;

    public void Show(string depthName, ISceneClip clip)
    {
        var card = Path.Combine(Path.GetTempPath(), $"card-{Environment.ProcessId}.png");
        ImageFile.WritePng(card, new Raster<byte>(60, 60, 3, [.. Enumerable.Range(0, 60 * 60 * 3).Select(i => (byte)(i % 3 == 1 ? 0 : 255))]));
        try
        {
            foreach (var frame in Enumerable.Range(0, TestFrames).Select(k => (int)((k + 0.5) * truth.FrameCount / TestFrames))) Show(depthName, clip, card, frame);
        }
        finally
        {
            File.Delete(card);
        }
    }

    private void Show(string depthName, ISceneClip clip, string card, int frame)
    {
        var exact = truth.Depth(frame);
        var (x, y, far) = Mover(exact, truth.Moving(frame));
        var depth = far * Behind;
        var scale = Scale(exact, clip.Depth(frame), truth.Moving(frame));
        var settings = new InsertSettings
        {
            Object = card,
            Frame = frame,
            X = x,
            Y = y,
            Depth = depth / scale,
            Anchor = InsertAnchor.Centre,
            Facing = InsertFacing.Picture,
            HeightShare = HeightShare,
        };
        var picture = Render(settings, clip, frame);
        if (pictures is not null)
        {
            Directory.CreateDirectory(pictures);
            ImageFile.WritePng(Path.Combine(pictures, $"{depthName}-{frame:D3}.png"), picture);
        }

        var half = HeightShare * exact.Height / 2;
        int both = 0, either = 0, hidden = 0, all = 0;
        for (var i = 0; i < exact.Samples.Length; i++)
        {
            var inside = Math.Abs((i % exact.Width) - x) < half && Math.Abs((i / exact.Width) - y) < half;
            var expected = inside && exact.Samples[i] >= depth;
            var seen = IsCard(picture.Samples.AsSpan(3 * i, 3));
            (both, either) = (both + (expected && seen ? 1 : 0), either + (expected || seen ? 1 : 0));
            (hidden, all) = (hidden + (inside && !expected ? 1 : 0), all + (inside ? 1 : 0));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{depthName,-10} | {frame,5} | {(double)both / either:F3} | {(double)hidden / all:P0}"));
    }

    private static Raster<byte> Render(InsertSettings settings, ISceneClip clip, int frame)
    {
        var prepared = Path.GetTempFileName();
        try
        {
            var effect = settings.Open();
            effect.Prepare(clip, prepared, new Progress<double>(), CancellationToken.None);
            using var renderer = effect.Renderer(clip, prepared);
            return renderer.Render(frame);
        }
        finally
        {
            File.Delete(prepared);
        }
    }

    /// <summary>A pixel beside the middle of what moves, and how far its farther parts are.</summary>
    private static (int X, int Y, double Depth) Mover(Raster<float> depth, Raster<byte> moving)
    {
        var inside = Enumerable.Range(0, moving.Samples.Length).Where(i => moving.Samples[i] != 0).ToArray();
        if (inside.Length == 0) throw new InvalidOperationException("nothing moves in this frame: choose another scene");
        var depths = inside.Select(i => depth.Samples[i]).Order().ToArray();
        return ((int)inside.Average(i => i % depth.Width) + Aside, (int)inside.Average(i => i / depth.Width), depths[depths.Length * 9 / 10]);
    }

    private static double Scale(Raster<float> exact, Raster<float> own, Raster<byte> moving)
    {
        var ratios = Enumerable.Range(0, exact.Samples.Length).Where(i => moving.Samples[i] == 0).Select(i => exact.Samples[i] / own.Samples[i]).Order().ToArray();
        return ratios[ratios.Length / 2];
    }

    private static bool IsCard(ReadOnlySpan<byte> p) => p[0] > p[1] + 60 && p[2] > p[1] + 60 && p[0] > 170 && p[2] > 170;
}
