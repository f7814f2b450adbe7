using System.Globalization;
using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Nodes.Preprocess.Cameras;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Cameras.Colmap;
using Depth3D.Reconstruction.Cameras.Features;
using Depth3D.Reconstruction.Cameras.Import;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Model;
using Depth3D.Reconstruction.Loops.Views;

namespace Depth3D.Nodes.Preprocess.Loops;

/// <summary>Cameras of several views, from a file or by COLMAP on their long exposures, and the planes that follow from what they see.</summary>
internal sealed class ViewCameras(StageContext context, CancellationToken cancellation)
{
    private const int LeastViews = 2, LeastPoints = 30, KeyPoints = 2500;

    /// <summary>Planes of profiles preview and studio (spec 2.1).</summary>
    private const int PreviewPlanes = 20, StudioPlanes = 32;

    private readonly LoopOptions _loop = context.Options.Loop!;
    private readonly List<string> _warnings = [];

    public async Task<LoopCameras> SolveAsync()
    {
        var infos = Infos();
        var images = infos.Select(i => context.Inputs.PathOf(LoopStages.Views, LoopArtifacts.ViewExposure(i.Index))).ToArray();
        var moving = infos.Select(Moving).ToArray();
        var method = context.Options.Cameras.Method;
        var (intrinsics, cameras) = method.StartsWith(CamerasStage.FilePrefix, StringComparison.Ordinal)
            ? FromFile(method[CamerasStage.FilePrefix.Length..], infos)
            : await FromColmapAsync(images, moving, infos[0]).ConfigureAwait(false);
        var found = Enumerable.Range(0, infos.Count).Where(i => cameras[i] is not null).ToArray();
        Miss(infos, cameras);
        context.Progress.Report(new StageProgress(0.8, "points between the views"));
        var features = FeatureExtraction.Run([.. found.Select(i => images[i])], [.. found.Select(i => moving[i])], KeyPoints, null, cancellation);
        var points = ViewPoints.Triangulate(features, [.. found.Select(i => cameras[i]!.Value)], intrinsics);
        if (points.Count < LeastPoints)
        {
            throw new Depth3DException($"only {points.Count} points are seen by two views at where the cameras say ({LeastPoints} needed): the views show different things, or the cameras are wrong",
                context.Options.SourcePath, "check the cameras; film with more that stands still and has texture, from closer together");
        }

        return Place(infos, [.. found.Select(i => (infos[i].Index, cameras[i]!.Value))], intrinsics, points, method);
    }

    private LoopCameras Place(IReadOnlyList<LoopViewInfo> infos, IReadOnlyList<(int Index, RigidTransform CamFromWorld)> cameras, Intrinsics intrinsics, IReadOnlyList<Vec3> points, string method)
    {
        var planes = _loop.Planes ?? (_loop.Profile == "studio" ? StudioPlanes : PreviewPlanes);
        var placed = ViewPlacement.Of(cameras, intrinsics, points, planes, _loop.SceneTileSize);
        var trained = placed.Views.Where(v => v.Index != _loop.HeldOutView).ToArray();
        var references = _loop.ReferenceViews ?? ReferenceViews.Choose(trained, [.. trained.Select(v => infos.First(i => i.Index == v.Index).LoopableShare)]);
        CheckViews(placed.Views, trained, references);
        return new LoopCameras
        {
            Geometry = placed.Geometry,
            Views = placed.Views,
            ReferenceViews = references,
            HeldOutView = _loop.HeldOutView,
            UnitsOfSource = placed.UnitsOfSource,
            Choices = [.. Choices(placed, references, points.Count, method, planes)],
            Warnings = _warnings,
        };
    }

    private IEnumerable<LoopChoice> Choices(ViewPlacement placed, IReadOnlyList<int> references, int points, string method, int planes)
    {
        yield return new LoopChoice("cameras", $"{placed.Views.Count} views", $"{(method == "colmap" ? "COLMAP on the long exposures, without what moves" : method)}, focal {placed.Geometry.Reference.Fx.ToString("f1", CultureInfo.InvariantCulture)} px");
        yield return new LoopChoice("near", Number(placed.Near), $"the nearest of {points} points between the views lies at 1");
        yield return new LoopChoice("far", Number(placed.Far), "the farthest of these points, and a little more");
        yield return new LoopChoice("planes", planes.ToString(CultureInfo.InvariantCulture), _loop.Planes is null ? $"profile {_loop.Profile}" : "asked for");
        yield return new LoopChoice("texels", $"{placed.Geometry.Plane.Width} x {placed.Geometry.Plane.Height}", $"the views see {Number(placed.Border)} times the reference picture");
        yield return new LoopChoice("reference views", string.Join(", ", references), _loop.ReferenceViews is null ? "much of them loops and they stand far apart" : "asked for");
    }

    private void CheckViews(IReadOnlyList<LoopView> all, IReadOnlyList<LoopView> trained, IReadOnlyList<int> references)
    {
        if (_loop.HeldOutView is { } held && all.All(v => v.Index != held)) throw NoView("held out", held);
        foreach (var view in references.Where(r => trained.All(v => v.Index != r))) throw NoView("the reference", view);
        if (trained.Count < LeastViews) throw TooFew(trained.Count);
    }

    private Depth3DException NoView(string what, int view) =>
        new($"view {view} is to be {what}, and it is not among the views with a camera that are trained on", context.Options.SourcePath, "give the number of another view", FailureKind.Usage);

    private IReadOnlyList<LoopViewInfo> Infos()
    {
        var infos = new List<LoopViewInfo>();
        while (context.Inputs.Exists(LoopStages.Views, LoopArtifacts.View(infos.Count)))
            infos.Add(StageJson.Read<LoopViewInfo>(context.Inputs.PathOf(LoopStages.Views, LoopArtifacts.View(infos.Count))));
        foreach (var warning in infos.SelectMany(i => i.Warnings.Select(w => $"{i.Name}: {w}"))) _warnings.Add(warning);
        return infos.Count >= LeastViews ? infos : throw TooFew(infos.Count);
    }

    private Depth3DException TooFew(int count) =>
        new($"{count} views are left; at least {LeastViews} are needed", context.Options.SourcePath, "film more views, close to each other");

    private Raster<byte> Moving(LoopViewInfo info)
    {
        var mask = ImageFile.ReadGray(context.Inputs.PathOf(LoopStages.Views, LoopArtifacts.ViewLoopable(info.Index)));
        for (var i = 0; i < mask.PixelCount; i++) mask.Samples[i] = (byte)(mask.Samples[i] == LoopableMask.Unchanging ? 0 : 255);
        return mask;
    }

    private (Intrinsics, RigidTransform?[]) FromFile(string path, IReadOnlyList<LoopViewInfo> infos)
    {
        var loaded = CameraImport.Load(path, [.. infos.Select(i => i.Name)], infos[0].Width, infos[0].Height);
        _warnings.AddRange(loaded.Warnings);
        return (loaded.Track.Intrinsics, [.. loaded.Track.Frames.Select(f => f.Registered ? f.CamFromWorld : (RigidTransform?)null)]);
    }

    private async Task<(Intrinsics, RigidTransform?[])> FromColmapAsync(string[] images, Raster<byte>[] moving, LoopViewInfo first)
    {
        var settings = new ColmapSettings
        {
            FeaturesPerFrame = KeyPoints,
            MatchGaps = [.. Enumerable.Range(1, images.Length - 1)],
            FocalPixels = context.Options.Cameras.FocalPixels * first.Width / first.SourceWidth,
            MinRegisteredShare = Math.Min(context.Options.Cameras.MinRegisteredShare, 0.5),
            Seed = context.Options.Seed,
        };
        var report = await new ColmapSolver(settings).SolveAsync(new ColmapInput(images, moving, first.Width, first.Height), context.ScratchFolder,
            (done, message) => context.Progress.Report(new StageProgress(0.8 * done, message)), cancellation).ConfigureAwait(false);
        if (report is { Accepted: true, Best: { } best }) return (best.Intrinsics, [.. best.CamFromWorld]);
        throw new Depth3DException($"no trustworthy cameras were found for the {images.Length} views. COLMAP:\n  " + string.Join("\n  ", report.Attempts), context.Options.SourcePath,
            "give the cameras: --cameras file:PATH; or the focal length: --focal PIXELS; or film with more that stands still and has texture, from closer together");
    }

    /// <summary>Says which views have no camera; they are left out.</summary>
    private void Miss(IReadOnlyList<LoopViewInfo> infos, RigidTransform?[] cameras)
    {
        var missing = infos.Where((_, i) => cameras[i] is null).ToArray();
        if (missing.Length == 0) return;
        _warnings.Add($"No camera was found for {string.Join(", ", missing.Select(i => $"view {i.Index} ({i.Name})"))}; left out.");
        if (infos.Count - missing.Length < LeastViews) throw TooFew(infos.Count - missing.Length);
    }

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
