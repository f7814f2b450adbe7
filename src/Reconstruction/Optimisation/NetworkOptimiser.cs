using Depth3D.Messages;
using Depth3D.Reconstruction.Networks;
using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>
/// The published method: a depth network is fine-tuned on one clip while a scene-flow network learns how its points move (spec 2 to 4), in
/// three phases: an untrained network is fitted to the prior, then only the scene flow is trained, then both. The same clip, settings,
/// seed and first weights give the same bytes, also when interrupted. Belongs to one thread (<see cref="TorchThread"/>).
/// </summary>
public sealed class NetworkOptimiser : IClipOptimiser
{
    private const int FitBatch = 4;
    private const int FitStream = 13;
    private readonly TrainingClip _clip;
    private readonly NetworkSettings _settings;
    private readonly Device _device;
    private readonly PairPlan _plan;
    private readonly IDepthNetwork _network;
    private readonly NetworkDepth _depth;
    private readonly ISceneFlow _motion;
    private readonly ClipTensors _data;
    private readonly NetworkLosses _losses;
    private readonly AdamState _depthAdam;
    private readonly AdamState _motionAdam;
    private readonly int _warmupSteps;

    /// <param name="network">On the device of the settings; belongs to the optimiser from here.</param>
    /// <param name="pictures">RGB at training size.</param>
    /// <exception cref="Depth3DException">The device does not exist, the clip has no pair to train on, or pictures do not fit.</exception>
    public NetworkOptimiser(TrainingClip clip, ClipPictures pictures, IDepthNetwork network, NetworkSettings settings)
    {
        (_clip, _network, _settings) = (clip, network, settings);
        _device = ComputeDevice.Parse(settings.Device);
        _plan = new PairPlan(clip, settings);
        var length = settings.AbsoluteLengths ? clip.DepthUnit : NetworkSettings.MedianDepth;
        var shape = settings.Field with { LengthUnit = settings.AbsoluteLengths ? 1 : NetworkSettings.MedianDepth };
        _depth = new NetworkDepth(network, clip, pictures, length, settings.Aligning, _device);
        _motion = settings.UseCnn
            ? new SceneFlowGrid(clip.Width, clip.Height, settings.CnnLevels, shape, settings.Seed, _device)
            : new SceneFlowField(shape, settings.Seed, _device);
        _data = new ClipTensors(clip, length, _device);
        _losses = new NetworkLosses(clip, settings, _motion, _data, frame => _depth.LogPrior([frame]).reshape((long)clip.Height * clip.Width));
        _depthAdam = new AdamState([.. network.Parameters.Select(p => ("depth." + p.Name, p.Value))], settings.Beta1, settings.Beta2);
        _motionAdam = new AdamState([.. _motion.Parameters.Select(p => ("motion." + p.Name, p.Value))], settings.Beta1, settings.Beta2);
        _warmupSteps = settings.Fitting + (Math.Min(settings.WarmupEpochs, settings.Epochs) * settings.StepsPerEpoch(clip.Frames));
        TotalSteps = settings.TotalSteps(clip.Frames);
    }

    public string Method => "network";

    public int TotalSteps { get; }

    public int CompletedSteps { get; private set; }

    /// <summary>Pairs of frames that training can draw.</summary>
    public int Pairs => _plan.Pairs;

    public IReadOnlyList<(string Name, Tensor Value)> State => [.. _depthAdam.Stateful(), .. _motionAdam.Stateful()];

    public IReadOnlyList<TrainedWeights> Weights => [new("network", _network.Weights), new("motion", _motion.Parameters)];

    public IReadOnlyList<StepLoss> Run(int untilStep, IProgress<(int Step, double Loss)>? progress, CancellationToken cancellation)
    {
        var losses = new List<StepLoss>();
        while (CompletedSteps < Math.Min(untilStep, TotalSteps))
        {
            using var scope = NewDisposeScope();
            var (start, pending) = (CompletedSteps, new List<Tensor>());
            var end = Math.Min(start + _settings.CheckEverySteps, Math.Min(untilStep, TotalSteps));
            for (var step = start; step < end; step++)
            {
                cancellation.ThrowIfCancellationRequested();
                pending.Add(Step(step));
                CompletedSteps = step + 1;
            }

            var row = 0;
            var values = cat(pending, 0).cpu().data<float>().ToArray();
            for (var step = start; step < end; step++)
            {
                var loss = new StepLoss(step, step < _warmupSteps, values[row], values[row + 1], values[row + 2], values[row + 3]);
                var length = (int)pending[step - start].shape[0];
                if (!double.IsFinite(loss.Total)) throw NotFinite(step, values[(row + 4)..(row + length)]);
                losses.Add(loss);
                row += length;
            }

            progress?.Report((CompletedSteps, losses[^1].Total));
        }

        return losses;
    }

    public FrameCorrection Correction(int frame) =>
        new(new CorrectionMap(_clip.Width, _clip.Height, [(_clip.Height, _clip.Width, _depth.LogCorrection(frame))]), null);

    public void ContinueFrom(int completedSteps)
    {
        CompletedSteps = completedSteps;
        _depth.Forget();
    }

    public void Dispose()
    {
        _depthAdam.Dispose();
        _motionAdam.Dispose();
        _depth.Dispose();
        _motion.Dispose();
        _data.Dispose();
    }

    /// <summary>Losses of one group of pairs as training sees them, [T] each; for checks.</summary>
    internal NetworkTerms Evaluate(FrameTargets group, PixelSample pixels, bool warmup) =>
        _losses.Evaluate(group, warmup ? _depth.Frozen(Frames(group)) : _depth.Of(Frames(group)), pixels, warmup);

    /// <summary>Depth of some frames in units of length, [B, H, W].</summary>
    internal Tensor Depth(IReadOnlyList<int> frames) => _depth.Of(frames);

    internal IReadOnlyList<FrameTargets> Groups => _plan.Groups;

    /// <summary>One step; leaves total, flow, disparity, acceleration, then the total of every pair.</summary>
    private Tensor Step(int step)
    {
        using var scope = NewDisposeScope();
        if (step < _settings.Fitting) return FitStep(step).MoveToOuterDisposeScope();
        var warmup = step < _warmupSteps;
        if (!warmup) _depth.Forget();
        var groups = _plan.Step(step - _settings.Fitting);
        var pairs = groups.Sum(g => g.Pairs);
        var rows = new List<Tensor>();
        foreach (var group in groups)
        {
            var pixels = PixelSample.Draw(_clip, group.Frame, _settings, step, _device);
            foreach (var part in group.Split(_settings.TargetsPerPass)) rows.Add(Backward(part, pixels, warmup, pairs));
        }

        var share = LearningRate.Cosine(step, _warmupSteps, TotalSteps, _settings.FinalRateShare);
        if (!warmup) _depthAdam.Step(_settings.DepthRate * share, step - _warmupSteps + _settings.Fitting + 1);
        _motionAdam.Step(_settings.FieldRate * share, step - _settings.Fitting + 1);
        var table = cat(rows, 1);
        return cat([table.mean([1L]), table.select(0, 0)], 0).MoveToOuterDisposeScope();
    }

    /// <summary>Adds a part's gradients and leaves its losses, [4, T].</summary>
    private Tensor Backward(FrameTargets part, PixelSample pixels, bool warmup, int pairs)
    {
        using var scope = NewDisposeScope();
        var terms = Evaluate(part, pixels, warmup);
        terms.Total.sum().div(pairs).backward();
        return stack([terms.Total, terms.Flow, terms.Depth, terms.Acceleration.expand(part.Pairs)], 0).detach().MoveToOuterDisposeScope();
    }

    /// <summary>Brings an untrained network nearer to the prior: mean |log depth - log prior| of some frames.</summary>
    private Tensor FitStep(int step)
    {
        var random = new CounterRandom(_settings.Seed, step, FitStream);
        int[] frames = [.. Enumerable.Range(0, Math.Min(FitBatch, _clip.Frames)).Select(i => random.Below(_clip.Frames, (ulong)i)).Distinct()];
        var loss = _depth.Of(frames).log().sub(_depth.LogPrior(frames)).abs().mean();
        loss.backward();
        _depthAdam.Step(_settings.FitLearningRate, step + 1);
        var nothing = zeros([], device: _device);
        return stack([loss.detach(), nothing, loss.detach(), nothing], 0);
    }

    private static int[] Frames(FrameTargets group) => [group.Frame, .. group.Flows.Select(f => f.To)];

    private Depth3DException NotFinite(int step, float[] pairTotals)
    {
        var all = step < _settings.Fitting ? [] : _plan.Step(step - _settings.Fitting).SelectMany(g => g.Flows).ToArray();
        var names = string.Join("; ", all.Zip(pairTotals).Where(p => !float.IsFinite(p.Second)).Select(p => $"frames {p.First.From} and {p.First.To}"));
        return FailingPair.Error(step, names.Length > 0 ? names : null);
    }
}
