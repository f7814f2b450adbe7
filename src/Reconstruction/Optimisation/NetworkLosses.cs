using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>
/// The losses of a frame and its targets at once (spec 4.1, 4.2): one unroll of the scene flow gives the motion to every target, and its
/// first two steps the acceleration prior (spec 9.1, 9.2). Each pair's losses are what they are for the pair alone.
/// </summary>
/// <param name="logPrior">Log prior depth of a frame over units of length, [H * W].</param>
internal sealed class NetworkLosses(TrainingClip clip, NetworkSettings settings, ISceneFlow motion, ClipTensors data, Func<int, Tensor> logPrior)
{
    private const double Far = 100;
    private const double NearestDepth = 1e-3;
    private const double DisparityFactor = 100;
    private const double Tiny = 1e-8;
    private readonly int _framesPerStep = settings.Subsample ? 2 : 1;

    /// <param name="depth">Depth of the frame, then of each target, [1 + T, H, W], in units of length.</param>
    public NetworkTerms Evaluate(FrameTargets group, Tensor depth, PixelSample pixels, bool warmup)
    {
        var regularised = settings is { InterpolationSteps: > 0, AccelerationWeight: > 0 } && (!warmup || settings.RegulariseWarmup);
        var depth1 = At(depth.select(0, 0).reshape(clip.Width * clip.Height), pixels);
        var world = World(group.Frame, depth1, pixels);
        var path = Follow(group, world, regularised);
        var moved = stack([.. group.Flows.Select(f => path.Totals[Steps(f) - 1])], 0);
        if (settings.UseMotionMask) moved = moved.mul(At(data.Moving(group.Frame), pixels).reshape(1, -1, 1));

        var (targets, valid) = data.Flows(group, pixels.Indices);
        var grid = Grid(targets);
        var warped = Warp(depth.narrow(0, 1, group.Pairs).unsqueeze(1), grid).squeeze(1);
        var mask = Mask(valid, depth1, warped, pixels);
        var (motion2, predicted) = Project(group, world.unsqueeze(0).add(moved), targets, pixels);
        var flow = Mean((warmup ? motion2.square() : motion2.abs()).sum([2L]), mask);
        var (second, shown) = settings.UseDisparity
            ? Both(Mean(Inverse(predicted).sub(Inverse(warped)).abs().mul(DisparityFactor), mask))
            : (Mean(SceneFlowResidual(group, depth, grid, world, moved), mask), Mean(DepthChange(predicted.detach(), warped.detach()), mask));

        var total = flow.mul(settings.FlowWeight).add(second.mul(settings.DisparityWeight));
        if (settings.WeightByGap) total = total.mul(tensor(group.Flows.Select(f => (float)(f.To - f.From)).ToArray(), [group.Pairs], device: depth.device));
        var acceleration = regularised ? Acceleration(path, pixels) : zeros([], device: depth.device);
        if (regularised) total = total.add(acceleration.mul(settings.AccelerationWeight));
        if (!warmup && settings.MovingAnchor > 0) total = total.add(Anchor(group.Frame, depth1, pixels).mul(settings.MovingAnchor));
        return new NetworkTerms(total, flow, shown, acceleration);
    }

    /// <summary>Mean over the picture of what moving pixels' log depth is away from the prior's.</summary>
    private Tensor Anchor(int frame, Tensor depth1, PixelSample pixels)
    {
        var moving = At(data.Moving(frame), pixels);
        if (pixels.Weights is not null) moving = moving.mul(pixels.Weights);
        var count = pixels.Weights is null ? full([], moving.shape[0], dtype: ScalarType.Float32, device: depth1.device) : pixels.Weights.sum();
        return depth1.log().sub(At(logPrior(frame), pixels)).abs().mul(moving).sum().div(count);
    }

    private SceneFlowPath Follow(FrameTargets group, Tensor world, bool withSecond)
    {
        var time = full([world.shape[0], 1], (double)group.Frame / clip.Frames, dtype: world.dtype, device: world.device);
        return motion.Unroll(world, time, (double)_framesPerStep / clip.Frames, group.Flows.Max(Steps), withSecond);
    }

    private int Steps(DirectedFlow flow) => (flow.To - flow.From) / _framesPerStep;

    private Tensor World(int frame, Tensor depth, PixelSample pixels)
    {
        var rays = At(data.Rays, pixels).matmul(data.Rotations.select(0, frame)); // row form of the rotation to the world
        return rays.mul(depth.unsqueeze(1)).add(data.Centres.select(0, frame));
    }

    /// <returns>Predicted less measured motion, [T, P, 2], and depth in the target's camera, [T, P].</returns>
    private (Tensor Motion, Tensor Depth) Project(FrameTargets group, Tensor points, Tensor targets, PixelSample pixels)
    {
        var to = tensor(group.Flows.Select(f => (long)f.To).ToArray(), [group.Pairs], device: points.device);
        var camera = points.matmul(data.Rotations.index_select(0, to).transpose(1, 2)).add(data.Translations.index_select(0, to).unsqueeze(1));
        var (u, v, safe, front) = PinholeTensors.Project(clip.Intrinsics, camera.select(2, 0), camera.select(2, 1), camera.select(2, 2));
        var own = At(data.Pixels, pixels).unsqueeze(0);
        var predicted = stack([u, v], 2).sub(own).mul(front.unsqueeze(2));
        return (predicted.sub(targets.sub(own)), where(front.gt(0), safe, camera.select(2, 2)));
    }

    private Tensor Mask(Tensor valid, Tensor depth1, Tensor warped, PixelSample pixels)
    {
        var mask = valid;
        if (settings.FarMask)
            mask = mask.mul(depth1.detach().lt(Far).to_type(valid.dtype).unsqueeze(0)).mul(warped.detach().lt(Far).to_type(valid.dtype));
        return pixels.Weights is null ? mask : mask.mul(pixels.Weights.unsqueeze(0));
    }

    /// <summary>|where frame 2's own depth puts the point, less frame 1's point - scene flow|, over the axes, [T, P].</summary>
    private Tensor SceneFlowResidual(FrameTargets group, Tensor depth, Tensor grid, Tensor world, Tensor moved)
    {
        var maps = group.Flows.Select((f, i) => World(f.To, depth.select(0, i + 1).reshape(clip.Width * clip.Height), PixelSample.All)
            .t().reshape(3, clip.Height, clip.Width)).ToArray();
        var seen = Warp(stack(maps, 0), grid).transpose(1, 2);
        return seen.sub(world.unsqueeze(0)).sub(moved).abs().sum([2L]);
    }

    private Tensor DepthChange(Tensor predicted, Tensor warped) => settings.LogDisparityRatio
        ? predicted.clamp_min(NearestDepth).maximum(warped.clamp_min(NearestDepth)).div(predicted.clamp_min(NearestDepth).minimum(warped.clamp_min(NearestDepth))).sub(1)
        : predicted.sub(warped).abs();

    private static Tensor Acceleration(SceneFlowPath path, PixelSample pixels)
    {
        if (pixels.Weights is null) return PairLosses.Acceleration(path.First, path.Second);
        var change = path.Second.sub(path.First).abs().mul(pixels.Weights.unsqueeze(1));
        return change.sum().div(pixels.Weights.sum().mul(3).add(1e-6));
    }

    private Tensor Grid(Tensor targets)
    {
        var gx = targets.select(2, 0).mul(2.0 / (clip.Width - 1)).sub(1);
        var gy = targets.select(2, 1).mul(2.0 / (clip.Height - 1)).sub(1);
        return stack([gx, gy], 2).unsqueeze(1);
    }

    /// <param name="maps">[T, C, H, W].</param>
    /// <returns>[T, C, P].</returns>
    private static Tensor Warp(Tensor maps, Tensor grid) => nn.functional.grid_sample(maps, grid, mode: GridSampleMode.Bilinear,
        padding_mode: GridSamplePaddingMode.Border, align_corners: true).squeeze(2);

    private static Tensor At(Tensor perPixel, PixelSample pixels) =>
        pixels.Indices is null ? perPixel : perPixel.index_select(0, pixels.Indices);

    /// <summary>Mean over each pair's mask; what lies outside has no influence, not even through NaN.</summary>
    private static Tensor Mean(Tensor residual, Tensor mask) =>
        where(mask.gt(0), residual, zeros_like(residual)).mul(mask).sum([1L]).div(mask.sum([1L]).add(Tiny));

    private static Tensor Inverse(Tensor depth) => depth.clamp_min(NearestDepth).reciprocal();

    private static (Tensor Loss, Tensor Shown) Both(Tensor loss) => (loss, loss);
}
