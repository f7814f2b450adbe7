using System.Globalization;
using Depth3D.Imaging;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Model;
using Depth3D.Reconstruction.Loops.Single;

namespace Depth3D.Nodes.Preprocess.Loops;

/// <summary><c>loop-cameras</c> of one camera that stands: it is the reference itself; its depth decides where the planes lie.</summary>
internal sealed class FixedLoopCameras(StageContext context)
{
    /// <summary>The picture that depth is estimated on is the middle of at most this many frames, spread over the clip.</summary>
    private const int PictureFrames = 25;

    public void Run(CancellationToken cancellation)
    {
        var view = StageJson.Read<LoopViewInfo>(context.Inputs.PathOf(LoopStages.Views, LoopArtifacts.View(0)));
        var depthReader = new FixedDepth(context, view, MiddlePicture(view));
        var depth = depthReader.Read(cancellation);
        var unit = PlanePlacement.NearestDepth(depth);
        for (var i = 0; i < depth.Samples.Length; i++) depth.Samples[i] = (float)(depth.Samples[i] / unit);
        var choices = depthReader.Choices;
        var reference = Reference(view, choices);
        var geometry = PlanePlacement.Geometry(depth, reference, SingleLoopPlanes.Of(context.Options.Loop!), context.Options.Loop!.SceneTileSize);
        choices.AddRange(SingleLoopPlanes.Describe(geometry));
        Npy.Write(context.Output(LoopArtifacts.ReferenceDepth), depth);
        StageJson.Write(context.Output(LoopArtifacts.Cameras), new LoopCameras
        {
            Geometry = geometry,
            Views = [new LoopView(0, reference, RigidTransform.Identity)],
            ReferenceViews = [0],
            UnitsOfSource = unit,
            Choices = choices,
            Warnings = depthReader.Warnings,
        });
    }

    private Raster<byte> MiddlePicture(LoopViewInfo view)
    {
        var step = Math.Max(1, (view.Frames + PictureFrames - 1) / PictureFrames);
        var frames = Enumerable.Range(0, view.Frames).Where(t => t % step == 0)
            .Select(t => ImageFile.ReadRgb(context.Inputs.PathOf(LoopStages.Views, LoopArtifacts.ViewFrame(0, t))));
        return FrameMedian.Of([.. frames]);
    }

    private Intrinsics Reference(LoopViewInfo view, List<LoopChoice> choices)
    {
        var known = context.Options.Cameras.FocalPixels;
        var focal = known * view.Width / view.SourceWidth ?? Math.Max(view.Width, view.Height);
        choices.Add(new LoopChoice("focal length", string.Create(CultureInfo.InvariantCulture, $"{focal:f0} px"),
            known is null ? "the long side of the picture, a usual lens: a fixed camera does not show it" : "given"));
        return Intrinsics.Centered(focal, focal, view.Width, view.Height);
    }
}
