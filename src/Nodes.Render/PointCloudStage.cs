using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Rendering.Paths;
using Depth3D.Rendering.Splatting;

namespace Depth3D.Nodes.Render;

/// <summary>
/// Stage <c>pointcloud</c>: the points of every frame in the world, without those that bleed between surfaces or stand alone (spec 7), as PLY and
/// seen along a camera path. Fans out by frames.
/// </summary>
internal sealed class PointCloudStage : IStage
{
    /// <summary>Samples per pixel and axis of the views.</summary>
    private const int Supersampling = 2;

    /// <summary>The views show depth from half the 2 % percentile to twice the 98 % percentile (spec 7).</summary>
    private const double NearShare = 0.5, FarShare = 2;

    public StageName Name => Stages.PointCloud;

    public WorkerPool Pool => WorkerPool.Render;

    public IReadOnlyList<StageName> After { get; } = [Stages.Frames, Stages.Sequence, Stages.Train, Stages.Merge, Stages.Depth];

    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context) => FramePlan.Make(context);

    public Task ExecuteAsync(StageContext context, CancellationToken cancellation) => Task.Run(() => Run(context, cancellation), cancellation);

    private static void Run(StageContext context, CancellationToken cancellation)
    {
        var frames = FramePlan.FramesOf(context);
        var inputs = new RenderInputs(context.Inputs);
        var range = ClipDepthRange.Measure(inputs, cancellation);
        var output = context.Options.Output;
        var path = CameraPath.Parse(output.CameraPath, output.PathAmplitude, range.Median);
        var view = new SplatOptions
        {
            Supersampling = Supersampling,
            Near = (float)(range.Near * NearShare),
            Far = (float)(range.Far * FarShare),
        };
        foreach (var frame in frames.Indices)
        {
            cancellation.ThrowIfCancellationRequested();
            var cloud = Cloud(inputs, frame);
            if (output.Ply) WritePly(context.Output(Artifacts.Cloud(frame)), cloud, inputs, frame);
            var camera = path.CamFromWorld(frame, inputs.Frames.Count, inputs.Cameras.Frames[frame].CamFromWorld);
            ImageFile.WritePng(context.Output(Artifacts.View(frame)), SplatRenderer.Render(cloud, inputs.Cameras.Intrinsics, camera, view));
            FramePlan.Report(context, frames, frame, "point clouds");
        }
    }

    private static PointCloud Cloud(RenderInputs inputs, int frame)
    {
        var depth = inputs.Refined(frame);
        var camera = inputs.Cameras.Frames[frame].CamFromWorld;
        var cloud = CloudFromDepth.Make(inputs.Rgb(frame), depth, inputs.Cameras.Intrinsics, camera, DepthEdges.OnSurface(depth));
        return cloud.Where(OutlierRemoval.Keep(cloud));
    }

    private static void WritePly(string path, PointCloud cloud, RenderInputs inputs, int frame) =>
        Ply.WriteBinary(path, cloud.Interleaved(), cloud.Rgb(),
        [
            FormattableString.Invariant($"clip {inputs.Frames.SourceName}, frame {frame}"),
            DepthConventions.Unit,
            "world axes: the world of the cameras, OpenCV: x right, y down, z forward in camera coordinates",
        ]);
}
