using System.Globalization;
using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Model;
using Depth3D.Reconstruction.Loops.Single;
using Depth3D.Reconstruction.Loops.Views;
using Depth3D.Rendering.Loops;

namespace Depth3D.Nodes.Trainer.Loops;

/// <summary><c>loop-scene</c> of one camera: the loop is cut out of the clip and put on planes; nothing is optimised.</summary>
internal sealed class SingleLoopScene(StageContext context)
{
    private readonly LoopOptions _loop = context.Options.Loop!;
    private readonly StageName _source = LoopArtifacts.ViewsStage(context.Options.Loop!);
    private readonly List<LoopChoice> _choices = [];
    private readonly List<string> _warnings = [];
    private int _leftOut;

    public void Run(CancellationToken cancellation)
    {
        var view = StageJson.Read<LoopViewInfo>(context.Inputs.PathOf(_source, LoopArtifacts.View(0)));
        var cameras = StageJson.Read<LoopCameras>(context.Inputs.PathOf(LoopStages.Cameras, LoopArtifacts.Cameras));
        var frames = Frames(view, cancellation);
        var states = ImageFile.ReadGray(context.Inputs.PathOf(_source, LoopArtifacts.ViewLoopable(0)));
        if (_loop.Input == LoopInputs.Fixed && WithoutPasserBy(frames) is { } without)
        {
            frames = without;
            states = LoopableMask.Of(frames);
        }

        Report(0.4, "who passes by");
        var cut = Cut(view, frames, states);
        Report(0.5, "loop found");
        var video = Lift(cameras, cut, states, view.FramesPerSecond);
        Write(video, cut);
        Report(1, "scene");
    }

    private List<Raster<byte>> Frames(LoopViewInfo view, CancellationToken cancellation)
    {
        var frames = new List<Raster<byte>>();
        for (var t = 0; t < view.Frames; t++)
        {
            cancellation.ThrowIfCancellationRequested();
            frames.Add(ImageFile.ReadRgb(context.Inputs.PathOf(_source, LoopArtifacts.ViewFrame(0, t))));
        }

        Report(0.2, "clip read");
        return frames;
    }

    /// <summary>The frames with the scene in place of somebody who leaves his place for good; null where nobody does.</summary>
    private List<Raster<byte>>? WithoutPasserBy(List<Raster<byte>> frames)
    {
        if (PasserByFinder.Find(frames) is not { } passerBy) return null;
        _choices.Add(new LoopChoice("passer-by", string.Create(CultureInfo.InvariantCulture, $"{passerBy.Share:p0} of the picture"),
            "something leaves its place for good: it is taken out, and the scene behind it is from frames that show it"));
        Parallel.For(0, frames.Count, t =>
        {
            var valid = passerBy.Shown[t];
            if (Array.IndexOf(valid.Samples, (byte)0) < 0) return;
            if (LoopArtifacts.ValidPath(context.Inputs, _loop, 0, t) is { } path) valid = Both(valid, ImageFile.ReadGray(path));
            ImageFile.WritePng(context.Output(LoopArtifacts.ViewValid(0, t)), valid);
        });
        return [.. frames.Select(passerBy.Without)];
    }

    private static Raster<byte> Both(Raster<byte> a, Raster<byte> b) =>
        new(a.Width, a.Height, 1, [.. a.Samples.Zip(b.Samples, Math.Min)]);

    private LoopCut Cut(LoopViewInfo view, List<Raster<byte>> frames, Raster<byte> states)
    {
        var settings = new SegmentSettings { FramesPerSecond = view.FramesPerSecond, Period = _loop.Frames };
        var cut = new LoopCutter(frames, Where(states, LoopableMask.Loopable), Where(states, LoopableMask.Unchanging)).Cut(settings, WhenNotLoopable(), view.Name);
        _choices.AddRange(LoopCutNotes.Choices(cut, settings));
        _warnings.AddRange(LoopCutNotes.Warnings(cut, settings));
        return cut;
    }

    private LoopKind? WhenNotLoopable() => _loop.WhenNotLoopable switch
    {
        "ping-pong" => LoopKind.PingPong,
        "static" => LoopKind.Still,
        _ => null,
    };

    private MultiTileVideo Lift(LoopCameras cameras, LoopCut cut, Raster<byte> states, double framesPerSecond)
    {
        var depth = Npy.Read(context.Inputs.PathOf(LoopStages.Cameras, LoopArtifacts.ReferenceDepth)).ToRaster<float>();
        var disparity = new Raster<float>(depth.Width, depth.Height, 1, Array.ConvertAll(depth.Samples, z => 1 / z));
        var plate = FrameMedian.Of(cut.Frames);
        var layers = SceneLayers.Of(cameras.Geometry, disparity, plate);
        if (_loop.Input == LoopInputs.Run) layers = Hidden().In(cameras.Geometry, layers, cameras.UnitsOfSource);
        return Culled(LiftedLoop.Build(cameras.Geometry, layers, cut.Frames, plate, Array.ConvertAll(states.Samples, s => s == LoopableMask.Loopable), framesPerSecond, View(cameras.Geometry)), cameras.Views);
    }

    /// <summary>Without tiles that hardly show from the box, before they cost anything: one camera's alphas stand still, so what is seen of them is known.</summary>
    private MultiTileVideo Culled(MultiTileVideo video, IReadOnlyList<LoopView> sources)
    {
        var boxed = video with { View = ViewBoxFinder.Find(video, video.View.Extent) };
        var culled = ViewBoxCulling.Cull(boxed, sources, _loop.CullingBudget, [0]);
        _leftOut = video.Tiles.StaticSlots + video.Tiles.DynamicSlots - culled.Tiles.StaticSlots - culled.Tiles.DynamicSlots;
        return culled;
    }

    /// <summary>What other frames of the run saw. Disparity is in 1 / unit of the run, whose unit is so many of the loop's.</summary>
    private HiddenLayer Hidden() => new(Npy.Read(context.Inputs.PathOf(_source, LoopArtifacts.HiddenDisparity)).ToRaster<float>(),
        ImageFile.ReadRgb(context.Inputs.PathOf(_source, LoopArtifacts.HiddenColour)));

    /// <summary>A box from which the nearest and the farthest plane move against each other by what the layers carry on; the middle depth is looked at.</summary>
    private static ViewBox View(LoopGeometry geometry)
    {
        double near = 1 / geometry.PlaneDepths[0], far = 1 / geometry.PlaneDepths[^1];
        var parallax = geometry.Planes == 1 ? near : near - far;
        var extent = SceneLayers.ReachPixels(geometry.Reference.Width) / 2.0 / (geometry.Reference.Fx * parallax);
        return new ViewBox(new Vec3(extent, extent, extent / 2), new Vec3(0, 0, 2 / (near + far)), new Vec3(0, -1, 0));
    }

    private void Write(MultiTileVideo video, LoopCut cut)
    {
        MtvFile.Save(context.Output(LoopArtifacts.Scene), video);
        StageJson.Write(context.Output(LoopArtifacts.SceneIndex), new LoopSceneInfo
        {
            Frames = video.Frames,
            FirstFrame = cut.Segment?.First,
            LoopScore = cut.Segment?.Score,
            IsPingPong = cut.Kind == LoopKind.PingPong,
            Choices =
            [
                .. _choices,
                new LoopChoice("tiles", string.Create(CultureInfo.InvariantCulture, $"{video.Tiles.StaticSlots} still, {video.Tiles.DynamicSlots} moving of {video.Geometry.TileCount}"),
                    string.Create(CultureInfo.InvariantCulture, $"moving where a colour that can loop varies visibly; {_leftOut} hardly show from the box and are left out")),
            ],
            Warnings = _warnings,
        });
    }

    private void Report(double share, string what) => context.Progress.Report(new StageProgress(share, what));

    private static Raster<byte> Where(Raster<byte> states, byte state) =>
        new(states.Width, states.Height, 1, Array.ConvertAll(states.Samples, s => s == state ? (byte)255 : (byte)0));
}
