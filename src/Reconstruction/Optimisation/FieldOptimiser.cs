using Depth3D.Messages;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Cameras.Bundle;
using Depth3D.Reconstruction.Optimisation.Placement;
using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>
/// The field method: every frame's log depth gets a correction made of low-resolution grids, one set for static and one for moving pixels;
/// a scene-flow network explains how moving points move. Static pixels come first; on what they give, moving objects are placed, then the
/// scene-flow field warms up, then all is trained together. The same clip, settings and seed give the same bytes, also when interrupted
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
    private readonly AdamState _staticAdam;
    private readonly AdamState? _movingAdam;
    private readonly AdamState? _motionAdam;
    private readonly CameraRefinement? _adjusted;
    private readonly CameraCorrection? _cameras;
    private readonly AdamState? _cameraAdam;
    private readonly ObjectPlacement? _placement;
    private readonly Tensor? _shifts;
    private PlacedPrior? _placed;

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
        _staticAdam = new AdamState(Named("static", _static), 0.9, 0.99);
        if (clip.HasMoving && _sampler.Gaps.Count > 0)
        {
            _moving = new DepthCorrection(clip.Frames, clip.Width, clip.Height, settings.MovingStrides, _device);
            _motion = new SceneFlowField(settings.FieldWidth, settings.FieldLayers, settings.FieldDivisor, settings.Seed, _device);
            _movingTerms = new MovingTerms(clip, settings, _motion, _moving, _device);
            _motionAdam = new AdamState(_motion.Parameters, 0.5, 0.9);
            _movingAdam = new AdamState(Named("moving", _moving), 0.9, 0.99);
            _placement = settings.PlaceMoving ? new ObjectPlacement(clip) : null;
            if (_placement is not null) _shifts = zeros([_placement.Objects, clip.Frames], dtype: ScalarType.Float32).DetachFromDisposeScope();
        }

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

    public FrameCorrection Correction(int frame) => new(_static.Map(frame), _moving?.Map(frame, _placed?.Offset(frame, _clip.Width, _clip.Height)));

    public CameraRefinement? Cameras => _cameras?.Read() is { } now ? now with { FocalFactor = now.FocalFactor * (_adjusted?.FocalFactor ?? 1) } : null;

    public IReadOnlyList<(string Name, Tensor Value)> State =>
    [
        .. Stateful(_staticAdam),
        .. _movingAdam is null ? [] : Stateful(_movingAdam),
        .. _motionAdam is null ? [] : Stateful(_motionAdam),
        .. _cameraAdam is null ? [] : Stateful(_cameraAdam),
        .. _shifts is null ? Array.Empty<(string, Tensor)>() : [("moving.shift", _shifts)],
    ];

    public void ContinueFrom(int completedSteps)
    {
        CompletedSteps = completedSteps;
        _placed = _placement is not null && completedSteps > StaticSteps ? PlacedPrior.Make(_clip, _placement, Rows(_shifts!)) : null;
    }

    public void Dispose()
    {
        _staticAdam.Dispose();
        _movingAdam?.Dispose();
        _motionAdam?.Dispose();
        _cameraAdam?.Dispose();
        _cameras?.Dispose();
        _shifts?.Dispose();
        _static.Dispose();
        _moving?.Dispose();
        _motion?.Dispose();
    }

    /// <summary>Steps until moving objects are placed, on static pixels that most of their training has passed.</summary>
    private int StaticSteps => _movingTerms is null ? 0 : Math.Min(_settings.WarmupSteps, _settings.JointSteps / 2);

    /// <summary>Step from which moving depth is trained.</summary>
    private int WarmupEnd => _movingTerms is null ? 0 : StaticSteps + _settings.WarmupSteps;

    private bool IsWarmup(int step) => step < WarmupEnd;

    /// <summary>One step. Its tensors go with it, but for the four numbers total, flow, disparity, acceleration.</summary>
    private Tensor Step(int step)
    {
        using var scope = NewDisposeScope();
        if (step == StaticSteps) Place();
        var terms = Evaluate(step);
        var total = terms.Select(t => t.Total).Aggregate((a, b) => a.add(b));
        total.backward();
        _staticAdam.Step(_settings.DepthLearningRate * Cosine(step, 0), step + 1);
        _cameraAdam?.Step(_settings.CameraLearningRate * Cosine(step, 0), step + 1);
        if (step >= StaticSteps)
            _motionAdam?.Step(_settings.FlowFieldLearningRate * Cosine(step, WarmupEnd), step + 1 - StaticSteps);
        if (!IsWarmup(step))
            _movingAdam?.Step(_settings.DepthLearningRate * Cosine(step, WarmupEnd), step + 1 - WarmupEnd);

        var count = terms.Select(t => t.Count).Aggregate((a, b) => a.add(b));
        Tensor Mean(Func<LossTerms, Tensor> of) => terms.Select(t => of(t).mul(t.Count)).Aggregate((a, b) => a.add(b)).div(count);
        return stack([total, Mean(t => t.Flow), Mean(t => t.Depth), terms[^1].Acceleration], 0).detach().MoveToOuterDisposeScope();
    }

    private List<LossTerms> Evaluate(int step)
    {
        var (first, count) = _sampler.Window(step);
        var terms = new List<LossTerms>
        {
            StaticTerms.Evaluate(_sampler.Static(step, first, count), _static, _clip, _settings, first, count, _device, _cameras),
        };
        if (step < StaticSteps) return terms;
        var (sampler, moving) = MovingParts();
        if (moving is not null && MovingBatch(sampler, step, first, count) is { Count: > 0 } batch)
            terms.Add(moving.Evaluate(batch, first, count, IsWarmup(step)));
        return terms;
    }

    private MovingBatch MovingBatch(PointSampler sampler, int step, int first, int count) =>
        sampler.Moving(step, first, count, _placed?.LogDepth ?? _clip.LogPriorDepth);

    /// <summary>What moves is seen by the cameras as they are now, and does not move them.</summary>
    private (PointSampler Sampler, MovingTerms? Terms) MovingParts()
    {
        if (_cameras is null || _movingTerms is null) return (_sampler, _movingTerms);
        var now = _clip.With(_cameras.Read());
        return (new PointSampler(now, _settings), new MovingTerms(now, _settings, _motion!, _moving, _device));
    }

    /// <summary>Puts moving objects where the static scene, as it is now, says they are.</summary>
    private void Place()
    {
        if (_placement is null) return;
        var maps = Enumerable.Range(0, _clip.Frames).Select(f => _static.Map(f)).ToArray();
        var shifts = _placement.Find((f, i) => _clip.LogPriorDepth[f][i] + maps[f].At(i % _clip.Width, i / _clip.Width));
        using var frozen = no_grad();
        _shifts!.copy_(tensor(shifts.SelectMany(s => s).Select(v => (float)v).ToArray(), [shifts.Length, _clip.Frames]));
        _placed = PlacedPrior.Make(_clip, _placement, Rows(_shifts));
    }

    private static double[][] Rows(Tensor shifts)
    {
        var (values, frames) = (shifts.data<float>().ToArray(), (int)shifts.shape[1]);
        return [.. Enumerable.Range(0, (int)shifts.shape[0]).Select(o => values.Skip(o * frames).Take(frames).Select(v => (double)v).ToArray())];
    }

    /// <summary>The learning rate's share at a step: a cosine from the step at which that training starts to the last.</summary>
    private double Cosine(int step, int from) => LearningRate.Cosine(step, from, _settings.TotalSteps, _settings.FinalRateShare);

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
        yield return (terms[0].PerSample, _sampler.Static(step, first, count).Describe(first));
        if (terms.Count > 1) yield return (terms[^1].PerSample, MovingBatch(_sampler, step, first, count).Describe(first));
    }

    private static IReadOnlyList<(string, Tensor)> Named(string kind, DepthCorrection field) =>
        [.. field.Grids.Select((g, i) => ($"{kind}.grid{i}", g))];

    private static IEnumerable<(string, Tensor)> Stateful(AdamState adam) =>
        adam.Parameters.SelectMany((p, i) => new[] { p, ($"{p.Name}.adam1", adam.First[i]), ($"{p.Name}.adam2", adam.Second[i]) });
}
