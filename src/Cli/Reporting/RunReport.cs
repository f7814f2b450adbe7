using System.Globalization;
using System.Text.Json;
using Depth3D.Cli.Running;
using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Reporting;
using Depth3D.Reconstruction.Cameras;

namespace Depth3D.Cli.Reporting;

/// <summary>
/// <c>report.html</c> of one finished run: settings, preflight, masks and depth contact sheets, loss curves, camera path, timings, and the
/// error table where the truth is known.
/// </summary>
internal sealed class RunReport(DepthOptions options, IArtifactReader artifacts)
{
    private readonly FramesInfo _frames = StageJson.Read<FramesInfo>(artifacts.PathOf(Stages.Frames, Artifacts.FramesIndex));

    public string Build(IReadOnlyList<StageTiming> timings, Evaluation? errors)
    {
        var page = new HtmlPage($"Depth of {Terminal.Printable(_frames.SourceName)}");
        page.Facts(
        [
            ("frames", $"{_frames.Count} of {_frames.SourceWidth}x{_frames.SourceHeight}, worked at {_frames.Width}x{_frames.Height}, optimised at {_frames.TrainWidth}x{_frames.TrainHeight}"),
            ("rate", string.Create(CultureInfo.InvariantCulture, $"{_frames.FramesPerSecond:0.###} frames/s")),
            ("seed", options.Seed.ToString(CultureInfo.InvariantCulture)),
        ]);
        if (errors is not null) Errors(page, errors);
        Depth(page);
        Cameras(page);
        Masks(page);
        Losses(page);
        Preflight(page);
        Timings(page, timings);
        page.Heading("Settings").Facts(Flatten(JsonSerializer.SerializeToElement(options, Terminal.Json), ""));
        return page.ToString();
    }

    private static void Errors(HtmlPage page, Evaluation errors)
    {
        page.Heading("Against the truth");
        page.Table(EvaluationTable.Header, errors.Rows.Select(EvaluationTable.Cells));
        foreach (var line in EvaluationTable.Describe(errors.Cameras)) page.Note(line);
    }

    private void Depth(HtmlPage page)
    {
        var prior = StageJson.Read<PriorInfo>(artifacts.PathOf(Stages.Prior, Artifacts.PriorIndex));
        page.Heading("Depth").Note("Disparity in colour, one range for the whole clip. Above: before the joint optimisation; below: after.");
        page.Facts([("prior", $"{prior.Method}: {prior.Reason}")]);
        foreach (var warning in prior.Warnings) page.Warning(warning);
        Sheet(page, "prior depth", i => Read(Stages.Depth, Artifacts.PriorColour(i)));
        Sheet(page, "optimised depth", i => Read(Stages.Depth, Artifacts.DepthColour(i)));
    }

    private void Cameras(HtmlPage page)
    {
        var track = CameraTrack.Load(artifacts.PathOf(Stages.Cameras, Artifacts.Cameras));
        page.Heading("Cameras").Facts(
        [
            ("motion", track.Motion.ToString()),
            ("source", track.Source),
            ("registered", track.RegisteredShare.ToString("P0", CultureInfo.InvariantCulture)),
            ("focal length", string.Create(CultureInfo.InvariantCulture, $"{track.Intrinsics.Fx:0.#} px at {track.Intrinsics.Width} px width")),
            ("verdict", track.Verdict),
        ]);
        var centres = track.Frames.Select(f => f.CamFromWorld.Center).Select(c => new ChartPoint(c.X, c.Z)).ToList();
        if (track.Motion == CameraMotion.Parallax) page.Svg(SvgChart.Path("Camera path", centres));
    }

    private void Masks(HtmlPage page)
    {
        page.Heading("Moving objects").Note($"Masks by {options.Masks.Method}; moving pixels are tinted.");
        using var index = JsonDocument.Parse(File.ReadAllText(artifacts.PathOf(Stages.Masks, Artifacts.MasksIndex)));
        page.Facts(Flatten(index.RootElement, "").Where(f => f.Value.Length < 300).Take(24));
        Sheet(page, "masks", i => MaskTint.Of(
            Read(Stages.Frames, Artifacts.Frame(i)), ImageFile.ReadGray(artifacts.PathOf(Stages.Masks, Artifacts.Mask(i)))));
    }

    private void Losses(HtmlPage page)
    {
        var info = StageJson.Read<TrainInfo>(artifacts.PathOf(Stages.Train, Artifacts.TrainIndex));
        page.Heading("Joint optimisation").Facts(
        [
            ("method", info.Method),
            ("steps", TrainSteps.Describe(info)),
            ("flow error on held-out pairs", HeldOutText.Flow(info.HeldOut)),
            ("depth against depth on held-out pairs", HeldOutText.Depth(info.HeldOut)),
            ("flicker without truth", RunFlicker.Describe(info)),
        ]);
        foreach (var warning in info.Warnings ?? []) page.Warning(warning);
        page.Svg(SvgChart.Lines("Losses", "step", LossCurves.Read(artifacts)));
        page.Link("The training from chunk to chunk", ResultFiles.TrainLog);
    }

    private void Preflight(HtmlPage page)
    {
        var preflight = StageJson.Read<PreflightReport>(artifacts.PathOf(Stages.Frames, Artifacts.Preflight));
        page.Heading("Preflight");
        foreach (var warning in preflight.Warnings) page.Warning(warning);
        page.Facts(
        [
            ("camera", preflight.Motion.ToString()),
            ("parallax score", preflight.ParallaxScore.ToString("G3", CultureInfo.InvariantCulture)),
            ("median motion", string.Create(CultureInfo.InvariantCulture, $"{preflight.MedianMotionPixels:0.##} px per frame")),
            ("cuts", preflight.CutFrames.Count == 0 ? "none" : string.Join(", ", preflight.CutFrames)),
        ]);
        page.Svg(SvgChart.Lines("Sharpness (variance of the Laplacian)", "frame",
            [new ChartSeries("sharpness", [.. preflight.BlurScores.Select((v, i) => new ChartPoint(i, v))])]));
    }

    private static void Timings(HtmlPage page, IReadOnlyList<StageTiming> timings) =>
        page.Heading("Time").Table(["stage", "tasks", "seconds"], timings.Select(t => (IReadOnlyList<string>)
            [t.Stage, t.Tasks.ToString(CultureInfo.InvariantCulture), t.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)]));

    private void Sheet(HtmlPage page, string alt, Func<int, Raster<byte>> picture)
    {
        var sheet = new FrameSheet(_frames.Count, mostThumbs: 12, thumbWidth: 200, columns: 4, ground: 255);
        foreach (var frame in sheet.Shown) sheet.Add(frame, picture(frame));
        page.Jpeg(ImageFile.EncodeJpeg(sheet.Picture, quality: 85), alt);
    }

    private Raster<byte> Read(StageName stage, string name) => ImageFile.ReadRgb(artifacts.PathOf(stage, name));

    private static IEnumerable<(string Name, string Value)> Flatten(JsonElement element, string prefix)
    {
        foreach (var property in element.EnumerateObject())
        {
            var name = prefix + property.Name;
            if (property.Value.ValueKind == JsonValueKind.Object)
            {
                foreach (var inner in Flatten(property.Value, name + ".")) yield return inner;
            }
            else
            {
                yield return (name, Terminal.Printable(property.Value.ToString()));
            }
        }
    }
}
