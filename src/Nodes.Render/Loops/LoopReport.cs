using System.Globalization;
using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;
using Depth3D.Pipeline.Reporting;

namespace Depth3D.Nodes.Render.Loops;

/// <summary>The page of one loop: what it is worth, what was chosen and why, its clips, and how the optimisation went.</summary>
internal sealed class LoopReport(StageContext context)
{
    private const int PictureWidth = 480;

    private readonly IArtifactReader _files = context.Inputs;
    private readonly LoopOptions _options = context.Options.Loop!;

    /// <param name="sheet">Frames of the finished loop.</param>
    public string Build(Raster<byte> sheet)
    {
        var cameras = Read<LoopCameras>(LoopStages.Cameras, LoopArtifacts.Cameras);
        var scene = Read<LoopSceneInfo>(LoopStages.Scene, LoopArtifacts.SceneIndex);
        var train = Read<LoopTrainInfo>(LoopStages.Train, LoopArtifacts.TrainIndex);
        var views = cameras.Views.Select(v => Read<LoopViewInfo>(LoopArtifacts.ViewsStage(_options), LoopArtifacts.View(v.Index))).ToList();
        var page = new HtmlPage($"Loop of {string.Join(", ", views.Select(v => v.Name))}");
        foreach (var warning in cameras.Warnings.Concat(scene.Warnings).Concat(train.Warnings)) page.Warning(warning);
        page.Jpeg(ImageFile.EncodeJpeg(sheet, quality: 88), "frames of the loop");
        Worth(page, scene);
        page.Heading("What was chosen").Table(["what", "value", "from what"],
            cameras.Choices.Concat(scene.Choices).Concat(train.Choices).Select(c => (IReadOnlyList<string>)[c.Name, c.Value, c.Reason]));
        Views(page, cameras, views);
        Training(page, train);
        return page.ToString();
    }

    private void Worth(HtmlPage page, LoopSceneInfo scene)
    {
        var quality = Read<LoopQuality>(LoopStages.Package, LoopArtifacts.Quality);
        page.Heading("What it is worth").Facts(
        [
            ("frames of the loop", Text($"{scene.Frames}{(scene.IsPingPong ? ", back and forth" : "")}")),
            ("seam against an ordinary step", Text($"{quality.Seam:0.0000} against {quality.MeanStep:0.0000} on average, {quality.LargestStep:0.0000} at most: {quality.SeamVerdict}")),
            ("motion kept", Text($"{quality.DeviationRatio:0.00} of the clip's temporal deviation")),
            ("tiles", Text($"{quality.TilesStatic} still and {quality.TilesDynamic} moving of {quality.TilesTotal}")),
            ("numbers stored", Text($"{quality.Parameters:N0}, {(double)quality.Parameters / quality.DenseParameters:P1} of all planes over all frames")),
            ("package", Text($"{quality.PackageBytes / 1048576.0:0.0} MiB")),
            .. quality.Metrics.Select(m => (m.Key, Text($"{m.Value:0.###}"))),
            .. quality.Missing.Select(m => (m.Key, "not measured: " + m.Value)),
        ]);
    }

    private void Views(HtmlPage page, LoopCameras cameras, List<LoopViewInfo> views)
    {
        page.Heading("Clips").Table(["view", "clip", "frames", "steadied by", "can loop", "changes, cannot", "still", "role"], views.Select(v => (IReadOnlyList<string>)
        [
            Text($"{v.Index}"), v.Name, Text($"{v.Frames} of {v.SourceWidth}x{v.SourceHeight}, worked at {v.Width}x{v.Height}"), Text($"{v.SteadiedPixels:0.00} px"),
            Text($"{v.LoopableShare:P0}"), Text($"{v.UnloopableShare:P0}"), Text($"{v.UnchangingShare:P0}"), Role(cameras, v.Index),
        ]));
        foreach (var view in views)
        {
            foreach (var warning in view.Warnings) page.Warning($"{view.Name}: {warning}");
            page.Note($"{view.Name}: long exposure; what can loop is white, what changes and cannot is grey.");
            Picture(page, LoopArtifacts.ViewsStage(_options), LoopArtifacts.ViewExposure(view.Index), "long exposure");
            Picture(page, LoopArtifacts.ViewsStage(_options), LoopArtifacts.ViewLoopable(view.Index), "what can loop");
        }
    }

    private void Training(HtmlPage page, LoopTrainInfo train)
    {
        page.Heading("Optimisation").Facts(
        [
            ("iterations", Text($"{train.Iterations}")),
            ("motion kept, by level", string.Join(", ", train.DeviationRatios.Select(r => Text($"{r:0.00}")))),
        ]);
        foreach (var (stage, title) in new[] { (LoopStages.Scene, "Losses of the still scene"), (LoopStages.Train, "Losses of the loop") })
        {
            var curves = LossCurves.Read(Chunks(stage, LoopArtifacts.Losses));
            if (curves.Count > 0) page.Svg(SvgChart.Lines(title, "step", curves));
            if (_files.List(stage).LastOrDefault(f => f.Name.StartsWith("preview_", StringComparison.Ordinal)) is { } last) Picture(page, stage, last.Name, title);
        }
    }

    private IEnumerable<string> Chunks(StageName stage, Func<int, string> name) =>
        Enumerable.Range(0, int.MaxValue).Select(name).TakeWhile(n => _files.Exists(stage, n)).Select(n => _files.PathOf(stage, n));

    private void Picture(HtmlPage page, StageName stage, string file, string alt)
    {
        if (!_files.Exists(stage, file)) return;
        var picture = ImageFile.ReadRgb(_files.PathOf(stage, file));
        var width = Math.Min(picture.Width, Math.Max(PictureWidth, picture.Width / 2));
        page.Jpeg(ImageFile.EncodeJpeg(Resize.Area(picture, width, Math.Max(1, picture.Height * width / picture.Width)), quality: 85), alt);
    }

    private static string Role(LoopCameras cameras, int view) =>
        view == cameras.HeldOutView ? "measured against only" : cameras.ReferenceViews.Contains(view) ? "large patches" : "small patches";

    private T Read<T>(StageName stage, string file) => StageJson.Read<T>(_files.PathOf(stage, file));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
