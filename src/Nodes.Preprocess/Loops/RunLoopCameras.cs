using System.Globalization;
using Depth3D.Imaging;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Model;
using Depth3D.Reconstruction.Loops.Single;
using Depth3D.Reconstruction.Loops.Views;

namespace Depth3D.Nodes.Preprocess.Loops;

/// <summary><c>loop-cameras</c> of a finished run: its frames were warped into the reference camera already; their middle depth decides where the planes lie.</summary>
internal sealed class RunLoopCameras(StageContext context)
{
    /// <summary>Fewer planes, farther apart, where the depth of still pixels wanders by more than half their spacing (spec 9.2).</summary>
    private static readonly int[] Fewer = [24, 16];

    private readonly List<LoopChoice> _choices = [];
    private readonly List<string> _warnings = [];

    public void Run()
    {
        var view = StageJson.Read<LoopViewInfo>(Input(LoopArtifacts.View(0)));
        var run = StageJson.Read<RunLoopInfo>(Input(LoopArtifacts.RunReference));
        var disparities = Enumerable.Range(0, view.Frames).Select(t => Npy.Read(Input(LoopArtifacts.ViewDisparity(0, t))).ToRaster<float>()).ToArray();
        var middle = SteadyDepth.Middle(disparities);
        var wander = SteadyDepth.Wander(disparities, middle, Still());
        var depth = new Raster<float>(view.Width, view.Height, 1, Array.ConvertAll(middle.Samples, d => 1 / d));
        var unit = PlanePlacement.NearestDepth(depth);
        for (var i = 0; i < depth.Samples.Length; i++) depth.Samples[i] = (float)(depth.Samples[i] / unit);
        var reference = new Intrinsics(run.FocalPixels, run.FocalPixelsDown, run.CentreX, run.CentreY, view.Width, view.Height);
        _choices.Add(new LoopChoice("camera", Text($"{(run.MovingCamera ? "hand-held" : "tripod")}, frames {run.FirstFrame}-{run.FirstFrame + view.Frames - 1}"),
            Text($"parallax {run.ParallaxPixels:f1} px to their middle; 2 px is a tripod, {ReferenceView.LargestShare:p0} of the width too much")));
        var geometry = Geometry(depth, reference, wander * unit);
        _choices.AddRange(SingleLoopPlanes.Describe(geometry));
        Npy.Write(context.Output(LoopArtifacts.ReferenceDepth), depth);
        StageJson.Write(context.Output(LoopArtifacts.Cameras), new LoopCameras
        {
            Geometry = geometry,
            Views = [new LoopView(0, reference, RigidTransform.Identity)],
            ReferenceViews = [0],
            UnitsOfSource = unit,
            Choices = _choices,
            Warnings = _warnings,
        });
    }

    private LoopGeometry Geometry(Raster<float> depth, Intrinsics reference, double wander)
    {
        var asked = SingleLoopPlanes.Of(context.Options.Loop!);
        LoopGeometry geometry = PlanePlacement.Geometry(depth, reference, asked, context.Options.Loop!.SceneTileSize);
        foreach (var planes in Fewer.Where(n => n < asked))
        {
            if (wander < new PlaneWeights(geometry.PlaneDepths).Spacing / 2) break;
            geometry = PlanePlacement.Geometry(depth, reference, planes, context.Options.Loop!.SceneTileSize);
        }

        var spacing = new PlaneWeights(geometry.PlaneDepths).Spacing;
        _choices.Add(new LoopChoice("depth consistency", Text($"{wander:f4} of disparity"), Text($"what 90 % of the still pixels stay below; half the planes' spacing is {spacing / 2:f4}")));
        if (wander >= spacing / 2 && geometry.Planes > 1)
            _warnings.Add(Text($"the depth of still pixels wanders by {wander:f4}, more than half the planes' spacing ({spacing / 2:f4}): edges may smear across planes"));
        return geometry;
    }

    private Raster<byte> Still()
    {
        var states = ImageFile.ReadGray(Input(LoopArtifacts.ViewLoopable(0)));
        return new Raster<byte>(states.Width, states.Height, 1, Array.ConvertAll(states.Samples, s => s == LoopableMask.Unchanging ? (byte)255 : (byte)0));
    }

    private string Input(string name) => context.Inputs.PathOf(LoopStages.Steady, name);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
