using System.Globalization;
using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;
using Depth3D.Reconstruction;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Single;
using Depth3D.Reconstruction.Loops.Views;

namespace Depth3D.Nodes.Render.Loops;

/// <summary>A finished run as the view of one reference camera: its frames and depth warped there, and what only other frames saw (spec 9.2, 9.4).</summary>
internal sealed class SteadyRun(StageContext context, CancellationToken cancellation)
{
    /// <summary>Frames below which nothing can be said about repetition.</summary>
    private const int LeastFrames = 16;

    /// <summary>Near and far of a run: these quantiles of depth over this many frames.</summary>
    private const double NearShare = 0.01, FarShare = 0.995;
    private const int RangeFrames = 8, RangeStride = 7;

    /// <summary>Planes that vote on what is hidden.</summary>
    private const int VotingPlanes = 24;

    private readonly RunScene _scene = RunScene.Open(context.Inputs);
    private readonly List<string> _warnings = [];

    public void Run()
    {
        var (near, far) = Range();
        var reference = Choose(near, far);
        var frames = Warp(reference, 0.25 * ((1 / near) - (1 / far)) / VotingPlanes);
        Hidden(reference, frames);
        Write(reference, frames);
    }

    private (double Near, double Far) Range()
    {
        var depths = new List<double>();
        for (var k = 0; k < Math.Min(RangeFrames, _scene.FrameCount); k++)
        {
            var depth = _scene.Depth(k * _scene.FrameCount / Math.Min(RangeFrames, _scene.FrameCount)).Samples;
            for (var i = 0; i < depth.Length; i += RangeStride)
                if (depth[i] > 0 && float.IsFinite(depth[i])) depths.Add(depth[i]);
        }

        if (depths.Count == 0) throw new Depth3DException("no depth in this run", _scene.Name, "run it again");
        return (OrderStatistics.LowerQuantile(depths, NearShare), Math.Max(OrderStatistics.LowerQuantile(depths, FarShare), OrderStatistics.LowerQuantile(depths, NearShare) * 1.01));
    }

    private ReferenceView Choose(double near, double far)
    {
        var reference = ReferenceView.Choose([.. Enumerable.Range(0, _scene.FrameCount).Select(_scene.CamFromWorld)], _scene.Intrinsics, near, far);
        var largest = ReferenceView.LargestShare * _scene.Intrinsics.Width;
        if (reference.Count < LeastFrames)
        {
            throw new Depth3DException(Text($"the camera travels too far for one loop: only {reference.Count} of {_scene.FrameCount} frames in a row stay within {largest:f0} pixels of parallax; at least {LeastFrames} are needed"),
                _scene.Name, "film more of less: a loop is seen from about one place");
        }

        if (reference.Count < _scene.FrameCount)
            _warnings.Add(Text($"the camera travels: frames {reference.First}-{reference.First + reference.Count - 1} of {_scene.FrameCount} are used, which stay within {largest:f0} pixels of parallax"));
        return reference;
    }

    private SteadyFrame[] Warp(ReferenceView reference, double softness)
    {
        var frames = new SteadyFrame[reference.Count];
        var done = 0;
        Parallel.For(0, frames.Length, new ParallelOptions { CancellationToken = cancellation }, t =>
        {
            var frame = reference.First + t;
            frames[t] = SteadyFrame.Of(_scene.Rgb(frame), _scene.Depth(frame), _scene.Intrinsics, ReferenceFromCam(reference, frame), _scene.Intrinsics, softness);
            lock (frames) context.Progress.Report(new StageProgress(0.4 * ++done / frames.Length, "frames as one camera sees them"));
        });

        return frames;
    }

    private RigidTransform ReferenceFromCam(ReferenceView reference, int frame) => reference.CamFromWorld * _scene.CamFromWorld(frame).Inverse();

    private void Hidden(ReferenceView reference, SteadyFrame[] frames)
    {
        var depth = SteadyDepth.Middle([.. frames.Select(f => f.Disparity)]);
        for (var i = 0; i < depth.Samples.Length; i++) depth.Samples[i] = 1 / depth.Samples[i];
        var geometry = PlanePlacement.Geometry(depth, _scene.Intrinsics, VotingPlanes, context.Options.Loop!.SceneTileSize);
        var votes = new PlaneVotes(geometry);
        for (var t = 0; t < frames.Length; t++)
        {
            cancellation.ThrowIfCancellationRequested();
            var frame = reference.First + t;
            votes.Add(_scene.Rgb(frame), _scene.Depth(frame), _scene.Intrinsics, ReferenceFromCam(reference, frame).Inverse(), _scene.Moving(frame));
            context.Progress.Report(new StageProgress(0.4 + (0.5 * (t + 1) / frames.Length), "what is hidden"));
        }

        var hidden = HiddenLayer.Of(geometry, votes);
        Npy.Write(context.Output(LoopArtifacts.HiddenDisparity), hidden.Disparity);
        ImageFile.WritePng(context.Output(LoopArtifacts.HiddenColour), hidden.Colour);
    }

    private void Write(ReferenceView reference, SteadyFrame[] frames)
    {
        var plate = FrameMedian.Of([.. frames.Select(f => f.Rgb)], [.. frames.Select(f => f.Valid)]);
        var filled = frames.AsParallel().AsOrdered().Select(f => BorderFill.Of(f.Rgb, f.Valid, plate)).ToArray();
        var mask = LoopableMask.Of(filled);
        ImageFile.WritePng(context.Output(LoopArtifacts.ViewExposure(0)), LongExposure.Of(filled));
        ImageFile.WritePng(context.Output(LoopArtifacts.ViewLoopable(0)), mask);
        Parallel.For(0, frames.Length, t =>
        {
            ImageFile.WritePng(context.Output(LoopArtifacts.ViewFrame(0, t)), filled[t]);
            Npy.Write(context.Output(LoopArtifacts.ViewDisparity(0, t)), frames[t].Disparity);
            if (Array.IndexOf(frames[t].Valid.Samples, (byte)0) >= 0) ImageFile.WritePng(context.Output(LoopArtifacts.ViewValid(0, t)), frames[t].Valid);
        });
        WriteFacts(reference, mask);
    }

    private void WriteFacts(ReferenceView reference, Raster<byte> mask)
    {
        var camera = _scene.Intrinsics;
        StageJson.Write(context.Output(LoopArtifacts.RunReference), new RunLoopInfo(reference.First, camera.Fx, camera.Fy, camera.Cx, camera.Cy, reference.ParallaxPixels,
            reference.ParallaxPixels > ReferenceView.StandingPixels));
        var (loopable, unloopable, unchanging) = LoopableMask.Shares(mask);
        StageJson.Write(context.Output(LoopArtifacts.View(0)), new LoopViewInfo
        {
            Index = 0,
            Name = _scene.Name,
            Frames = reference.Count,
            Width = camera.Width,
            Height = camera.Height,
            SourceWidth = camera.Width,
            SourceHeight = camera.Height,
            FramesPerSecond = _scene.FramesPerSecond,
            SteadiedPixels = reference.ParallaxPixels,
            LoopableShare = loopable,
            UnloopableShare = unloopable,
            UnchangingShare = unchanging,
            Warnings = _warnings,
        });
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
