using System.Globalization;
using System.Text.Json;
using Depth3D.Imaging;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Reporting;

namespace Depth3D.Nodes.Trainer;

/// <summary>The page a running training is watched with: curves, held-out pairs, pictures and settings, all in one file.</summary>
internal static class TrainLog
{
    /// <summary>The page of a running training asks for itself again after this long.</summary>
    private const int RefreshSeconds = 10;

    private const int MostStages = 8, StripWidth = 240;

    public static void Write(StageContext context, TrainClip clip, ChunkFiles files, TrainProgress progress, bool isLast)
    {
        var page = new HtmlPage($"Training of {clip.Maps.Frames.SourceName}", isLast ? null : RefreshSeconds);
        var (prior, last) = (progress.Checks[0], progress.Checks[^1]);
        page.Note(State(progress, last, isLast)).Facts(Facts(clip, progress, prior));
        foreach (var warning in clip.Warnings) page.Warning(warning);
        Curves(page, files, progress);
        Pictures(page, clip, files, progress);
        page.Heading("Chunks").Table(["chunk", "steps", "loss", "flow, px", "|log z - log z'|", "score", "batch"], progress.Checks.Select(c => Row(c, progress)));
        page.Heading("Settings").Facts(Settings(clip.Method.Deciding).Append(("device", context.Options.Train.Device)));
        File.WriteAllText(context.Output(Artifacts.TrainLog(files.Chunk)), page.ToString());
    }

    private static string State(TrainProgress progress, TrainCheck last, bool isLast)
    {
        var steps = F($"{last.Step} of {progress.TotalSteps} steps");
        return progress.Stopped ? $"Stopped early after {steps}: pairs of frames that are kept from training no longer improved."
            : isLast ? $"Finished: {steps}." : $"Running: {steps}. This page renews itself.";
    }

    private static IEnumerable<(string, string)> Facts(TrainClip clip, TrainProgress progress, TrainCheck prior)
    {
        yield return ("method", progress.Method);
        yield return ("clip", F($"{clip.Clip.Frames} frames, trained at {clip.Clip.Width}x{clip.Clip.Height}"));
        yield return ("pairs", F($"{clip.Clip.FlowsFrom.Sum(f => f.Length)} directed flows to train on, {clip.Clip.HeldOut.Length} pairs held out"));
        if (progress.Checks.FirstOrDefault(c => c.Chunk == progress.BestChunk) is not { Score: not double.NaN } best) yield break;
        yield return ("best so far", F($"after {best.Step} steps: flow {prior.FlowPixels:0.000} -> {best.FlowPixels:0.000} px, depth disagreement {prior.LogDepth:0.0000} -> {best.LogDepth:0.0000}"));
    }

    private static void Curves(HtmlPage page, ChunkFiles files, TrainProgress progress)
    {
        page.Heading("Held-out pairs").Note("Pairs of frames that are never trained on: how far depth and cameras are from explaining their flow, as a share of the prior's.");
        var (prior, trained) = (progress.Checks[0], progress.Checks);
        ChartSeries Share(string name, Func<TrainCheck, double> of) =>
            new(name, [.. trained.Select(c => new ChartPoint(c.Step, of(c) / of(prior)))]);
        page.Svg(SvgChart.Lines("Held-out residuals over the prior's", "step", [Share("flow", c => c.FlowPixels), Share("log depth", c => c.LogDepth)]));
        page.Heading("Losses").Note("Unweighted, on the pairs trained on. During warm-up only the scene-flow network learns, with squared flow residuals.");
        page.Svg(SvgChart.Lines("Losses", "step", Smoothed.Of(LossCurves.Read(files.Losses(progress)))));
    }

    private static void Pictures(HtmlPage page, TrainClip clip, ChunkFiles files, TrainProgress progress)
    {
        var chunks = progress.Checks.Where(c => c.Chunk >= 0).Select(c => c.Chunk).ToArray();
        var latest = chunks[^1];
        page.Heading("Pictures").Note(F($"Columns: picture, disparity, depth disagreement (white at {TrainPreviews.MostLogDepth} in log depth), flow residual (white at {TrainPreviews.MostFlowPixels} px); black is zero or not known. Upper row: prior. Lower row: moving pixels tinted, and depth as of now."));
        foreach (var frame in TrainPreviews.Frames(clip.Clip.Frames))
            page.Note(F($"Frame {frame}")).Jpeg(ImageFile.EncodeJpeg(ImageFile.ReadRgb(files.Preview(latest, frame)), quality: 85), F($"frame {frame}"));
        if (chunks.Length < 2) return;
        var shown = Spread(chunks);
        page.Note(F($"Disparity of frame {clip.Clip.Frames / 2} after chunk {string.Join(", ", shown)}:"));
        page.Jpeg(ImageFile.EncodeJpeg(Strip(clip, [.. shown.Select(c => files.Preview(c, clip.Clip.Frames / 2))]), quality: 85), "from chunk to chunk");
    }

    /// <summary>The optimised disparity out of several previews, small and side by side.</summary>
    private static Raster<byte> Strip(TrainClip clip, string[] previews)
    {
        var (w, h) = (clip.Clip.Width, clip.Clip.Height);
        var height = StripWidth * h / w;
        var strip = new Raster<byte>(previews.Length * StripWidth, height, 3);
        for (var i = 0; i < previews.Length; i++)
        {
            var preview = ImageFile.ReadRgb(previews[i]);
            var tile = new Raster<byte>(w, h, 3);
            for (var y = 0; y < h; y++) preview.Row(h + y).Slice(3 * w, 3 * w).CopyTo(tile.Row(y));
            var small = Resize.Linear(tile, StripWidth, height);
            for (var y = 0; y < height; y++) small.Row(y).CopyTo(strip.Row(y)[(3 * StripWidth * i)..]);
        }

        return strip;
    }

    private static int[] Spread(int[] chunks) => chunks.Length <= MostStages ? chunks
        : [.. Enumerable.Range(0, MostStages).Select(i => chunks[i * (chunks.Length - 1) / (MostStages - 1)])];

    private static IReadOnlyList<string> Row(TrainCheck c, TrainProgress progress) =>
    [
        c.Chunk < 0 ? "prior" : F($"{c.Chunk}{(c.Chunk == progress.BestChunk ? " (best)" : "")}"),
        F($"{c.Step}{(c.Warmup ? " (warm-up)" : "")}"), Number(c.Loss, "G4"), Number(c.FlowPixels, "0.000"), Number(c.LogDepth, "0.0000"), Number(c.Score, "0.000"),
        c.BatchDivisor == 1 ? "full" : F($"1/{c.BatchDivisor}"),
    ];

    private static IEnumerable<(string, string)> Settings(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. Flatten(document.RootElement, "")];
    }

    private static IEnumerable<(string, string)> Flatten(JsonElement element, string prefix)
    {
        foreach (var property in element.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Object)
            {
                foreach (var inner in Flatten(property.Value, $"{prefix}{property.Name}.")) yield return inner;
            }
            else if (property.Value.ToString() is { Length: > 0 } value)
            {
                yield return (prefix + property.Name, value);
            }
        }
    }

    private static string Number(double value, string format) => double.IsNaN(value) ? "-" : value.ToString(format, CultureInfo.InvariantCulture);

    private static string F(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
