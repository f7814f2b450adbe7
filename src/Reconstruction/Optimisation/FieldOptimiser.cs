using Depth3D.Messages;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Cameras.Bundle;
using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>
/// The field method: every frame's log depth gets a correction made of low-resolution grids, one set for static and one for moving pixels;
/// a scene-flow network explains how moving points move. The same clip, settings and seed give the same bytes, also when interrupted
/// after any step and continued from a checkpoint. Belongs to one thread (<see cref="TorchThread"/>).
/// </summary>
public sealed class FieldOptimiser : IClipOptimiser
{
    private readonly TrainingClip _clip;
    private readonly FieldSettings _settings;
    private readonly Device _device;
    private readonly PointSampler _sampler;
    private readonly DepthCorrection _static;
    private readonly DepthCorrection? _moving;
    private readonly SceneFlowField? _motion;
    private readonly MovingTerms? _movingTerms;
    private readonly AdamState _depthAdam;
    private readonly AdamState? _motionAdam;
    private readonly CameraRefinement? _adjusted;
    private readonly CameraCorrection? _cameras;
    private readonly AdamState? _cameraAdam;

    /// <exception cref="Depth3DException">The device does not exist, or the clip has no flow to train on.</exception>
    public FieldOptimiser(TrainingClip clip, FieldSettings settings)
    {
        _settings = settings;
        _device = ComputeDevice.Parse(settings.Device);
        if (clip.FlowsFrom.All(f => f.Length == 0))
            throw new Depth3DException("no pair of frames has valid flow; there is nothing to optimise against", null, "check the clip with `depth3d doctor` and its preflight report");
        // Steps of one learning rate crawl along what focal length, turns and depths can trade against each other; a bundle adjustment does not.
        if (settings.RefineCameras && clip.Motion == CameraMotion.Parallax) _adjusted = FlowCameraSolver.Refine(clip, settings.RefineFocal, CancellationToken.None);
        _clip = clip = _adjusted is null ? clip : clip.With(_adjusted);
        _sampler = new PointSampler(clip, settings);
        _static = new DepthCorrection(clip.Frames, clip.Width, clip.Height, settings.StaticStrides, _device);
        var grids = Named("static", _static);
        if (clip.HasMoving && _sampler.Gaps.Count > 0)
        {
            _moving = new DepthCorrection(clip.Frames, clip.Width, clip.Height, settings.MovingStrides, _device);
            _motion = new SceneFlowField(settings.FieldWidth, settings.FieldLayers, settings.FieldDivisor, settings.Seed, _device);
            _movingTerms = new MovingTerms(clip, settings, _motion, _moving, _device);
            _motionAdam = new AdamState(_motion.Parameters, 0.5, 0.9);
            grids = [.. grids, .. Named("moving", _moving)];
        }

        _depthAdam = new AdamState(grids, 0.9, 0.99);
        if (!settings.RefineCameras || clip.Motion == CameraMotion.Static) return;
        _cameras = new CameraCorrection(clip, settings.RefineFocal, _device);
        _cameraAdam = new AdamState(_cameras.Parameters, 0.9, 0.99);
    }

    public string Method => "field";

    public int TotalSteps => _settings.TotalSteps;

    public int CompletedSteps { get; private set; }

    public IReadOnlyList<StepLoss> Run(int untilStep, IProgress<(int Step, double Loss)>? progress, CancellationToken cancellation)
    {
        var losses = new List<StepLoss>();
        while (CompletedSteps < Math.Min(untilStep, _settings.TotalSteps))
        {
            using var scope = NewDisposeScope();
            var (start, pending) = (CompletedSteps, new List<Tensor>());
            var before = OptimiserState.Copy(State);
            var end = Math.Min(start + _settings.CheckEverySteps, Math.Min(untilStep, _settings.TotalSteps));
            for (var step = start; step < end; step++)
            {
                cancellation.ThrowIfCancellationRequested();
                pending.Add(Step(step));
                CompletedSteps = step + 1;
            }

            var rows = stack(pending, 0).cpu().data<float>().ToArray();
            for (var i = 0; i < pending.Count; i++)
                losses.Add(new StepLoss(start + i, IsWarmup(start + i), rows[4 * i], rows[(4 * i) + 1], rows[(4 * i) + 2], rows[(4 * i) + 3]));
            var bad = losses.FindIndex(l => !double.IsFinite(l.Total));
            if (bad >= 0) throw NotFinite(before, start, losses[bad].Step);
            progress?.Report((CompletedSteps, losses[^1].Total));
        }

        return losses;
    }

    public FrameCorrection Correction(int frame) => new(_static.Map(frame), _moving?.Map(frame));

    public CameraRefinement? Cameras => _cameras?.Read() is { } now ? now with { FocalFactor = now.FocalFactor * (_adjusted?.FocalFactor ?? 1) } : null;

    public IReadOnlyList<(string Name, Tensor Value)> State =>
    [
        .. Stateful(_depthAdam),
        .. _motionAdam is null ? [] : Stateful(_motionAdam),
        .. _cameraAdam is null ? [] : Stateful(_cameraAdam),
    ];

    public void ContinueFrom(int completedSteps) => CompletedSteps = completedSteps;

    public void Dispose()
    {
        _depthAdam.Dispose();
        _motionAdam?.Dispose();
        _cameraAdam?.Dispose();
        _cameras?.Dispose();
        _static.Dispose();
        _moving?.Dispose();
        _motion?.Dispose();
    }

    private bool IsWarmup(int step) => step < _settings.WarmupSteps;

    /// <summary>One step. Its tensors go with it, but for the four numbers total, flow, disparity, acceleration.</summary>
    private Tensor Step(int step)
    {
        using var scope = NewDisposeScope();
        var terms = Evaluate(step);
        if (terms.Count == 0) return zeros([4]).MoveToOuterDisposeScope();
        var total = terms.Select(t => t.Total).Aggregate((a, b) => a.add(b));
        total.backward();
        if (IsWarmup(step))
        {
            _motionAdam!.Step(_settings.FlowFieldLearningRate, step + 1);
        }
        else
        {
            var joint = step - _settings.WarmupSteps;
            var rate = Cosine(joint);
            _depthAdam.Step(_settings.DepthLearningRate * rate, joint + 1);
            _motionAdam?.Step(_settings.FlowFieldLearningRate * rate, step + 1);
            _cameraAdam?.Step(_settings.CameraLearningRate * rate, joint + 1);
        }

        var count = terms.Select(t => t.Count).Aggregate((a, b) => a.add(b));
        Tensor Mean(Func<LossTerms, Tensor> of) => terms.Select(t => of(t).mul(t.Count)).Aggregate((a, b) => a.add(b)).div(count);
        return stack([total, Mean(t => t.Flow), Mean(t => t.Depth), terms[^1].Acceleration], 0).detach().MoveToOuterDisposeScope();
    }

    private List<LossTerms> Evaluate(int step)
    {
        var (first, count) = _sampler.Window(step);
        var terms = new List<LossTerms>();
        if (!IsWarmup(step))
            terms.Add(StaticTerms.Evaluate(_sampler.Static(step, first, count), _static, _clip, _settings, first, count, _device, _cameras));
        var (sampler, moving) = MovingParts();
        if (moving is not null && sampler.Moving(step, first, count) is { Count: > 0 } batch)
            terms.Add(moving.Evaluate(batch, first, count, IsWarmup(step)));
        return terms;
    }

    /// <summary>What moves is seen by the cameras as they are now, and does not move them.</summary>
    private (PointSampler Sampler, MovingTerms? Terms) MovingParts()
    {
        if (_cameras is null || _movingTerms is null) return (_sampler, _movingTerms);
        var now = _clip.With(_cameras.Read());
        return (new PointSampler(now, _settings), new MovingTerms(now, _settings, _motion!, _moving, _device));
    }

    private double Cosine(int joint)
    {
        var done = (double)joint / Math.Max(1, _settings.JointSteps);
        return _settings.FinalRateShare + ((1 - _settings.FinalRateShare) * 0.5 * (1 + Math.Cos(Math.PI * done)));
    }

    /// <summary>Replays from the last good state up to the step that failed, and looks for the pair of frames that did it.</summary>
    private Depth3DException NotFinite(IReadOnlyList<Tensor> before, int start, int badStep)
    {
        OptimiserState.Restore(State, before);
        for (var step = start; step < badStep; step++) Step(step);
        return FailingPair.Error(badStep, Residuals(badStep));
    }

    private IEnumerable<(Tensor, Func<int, string>)> Residuals(int step)
    {
        var (first, count) = _sampler.Window(step);
        var terms = Evaluate(step);
        if (!IsWarmup(step)) yield return (terms[0].PerSample, _sampler.Static(step, first, count).Describe(first));
        if (_movingTerms is not null && _sampler.Moving(step, first, count) is { Count: > 0 } moving)
            yield return (terms[^1].PerSample, moving.Describe(first));
    }

    private static IReadOnlyList<(string, Tensor)> Named(string kind, DepthCorrection field) =>
        [.. field.Grids.Select((g, i) => ($"{kind}.grid{i}", g))];

    private static IEnumerable<(string, Tensor)> Stateful(AdamState adam) =>
        adam.Parameters.SelectMany((p, i) => new[] { p, ($"{p.Name}.adam1", adam.First[i]), ($"{p.Name}.adam2", adam.Second[i]) });
}
