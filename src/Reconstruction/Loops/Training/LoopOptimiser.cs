using Depth3D.Reconstruction.Loops.Looping;
using Depth3D.Reconstruction.Loops.Model;
using Depth3D.Reconstruction.Optimisation;
using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Loops.Training;

/// <summary>
/// Stage 2 (spec 5, 9.8): the looping loss over all views, coarse to fine. What happens in an iteration depends on its number, the settings and the
/// texels alone, so going on from a checkpoint is the same as never having stopped.
/// </summary>
public sealed class LoopOptimiser : IDisposable
{
    private const int OrderStream = 1, NoiseStream = 2;

    /// <summary>The rate at the end of a level, as a share of that at its begin.</summary>
    private const double LastRate = 0.1;

    private readonly MultiTileVideo _begin;
    private readonly IReadOnlyList<LoopFootage> _footage;
    private readonly LoopSettings _settings;
    private readonly int _threads, _divisor;
    private readonly Device? _device;
    private readonly List<double> _ratios = [];
    private readonly List<(int Level, int Iterations)> _plan;
    private LevelRun? _run;

    /// <param name="begin">The loop as stage 1 left it.</param>
    /// <param name="footage">Views that take part, all of one size.</param>
    /// <param name="settings">What decides the outcome.</param>
    /// <param name="threads">Of the processor; they change nothing but time.</param>
    /// <param name="device">Where tensors do the work (on one thread, see TorchThread); null for the processor's own kernels.</param>
    /// <param name="divisor">1, 2, 4 or 8: how many times smaller squares of the search, and on a device the frames drawn at a time, are to save memory. The
    /// processor's kernels learn the same to the bit, a device to rounding.</param>
    public LoopOptimiser(MultiTileVideo begin, IReadOnlyList<LoopFootage> footage, LoopSettings settings, int threads, Device? device = null, int divisor = 1)
    {
        ArgumentNullException.ThrowIfNull(begin);
        ArgumentNullException.ThrowIfNull(footage);
        ArgumentNullException.ThrowIfNull(settings);
        (_begin, _footage, _settings, _threads, _device, _divisor) = (begin, footage, settings, threads, device, divisor);
        var size = footage[0].View.Intrinsics;
        Levels = LoopSchedule.Levels(size.Width, size.Height, begin.Geometry.TileSize, settings.SingleCamera, settings.WholePictures);
        _plan = [.. Levels.Select((l, n) => (n, settings.Epochs * footage.Count * l.Patches.Count))];
    }

    public IReadOnlyList<LoopLevel> Levels { get; }

    public int TotalIterations => _plan.Sum(p => p.Iterations);

    public int Completed { get; private set; }

    /// <summary>Temporal deviation of the loop over the input's after each finished level.</summary>
    public IReadOnlyList<double> DeviationRatios => _ratios;

    /// <summary>Iterations of each level, in order.</summary>
    public IReadOnlyList<int> IterationsOfLevels => [.. _plan.Select(p => p.Iterations)];

    /// <summary>The loop as it is now, at the size of the current level.</summary>
    public MultiTileVideo Current
    {
        get
        {
            _run ??= Enter(LevelOf(Completed), null);
            _run.Pull();
            return _run.Texels.ToVideo();
        }
    }

    /// <summary>Goes on to an iteration.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; what was done since the last checkpoint is lost.</exception>
    public IReadOnlyList<LoopLoss> Run(int end, IProgress<(int Step, double Loss)>? progress = null, CancellationToken cancellation = default)
    {
        var losses = new List<LoopLoss>();
        while (Completed < end)
        {
            cancellation.ThrowIfCancellationRequested();
            var (level, first) = At(Completed);
            if (_run?.Level != level) Change(level);
            var loss = Iterate(_run!, Completed - first, cancellation);
            losses.Add(loss);
            Completed++;
            if (Completed == first + _plan[level].Iterations)
            {
                _run!.Pull();
                _ratios.Add((float)_run.DeviationRatio());
            }

            progress?.Report((Completed, loss.Total));
        }

        return losses;
    }

    public IReadOnlyList<CheckpointTensor> State()
    {
        var run = _run ?? throw new InvalidOperationException("nothing was run");
        run.Pull();
        var (level, _) = At(Math.Max(0, Completed - 1));
        var finished = Completed == _plan.Take(level + 1).Sum(p => p.Iterations);
        return [new CheckpointTensor("ratios", [_ratios.Count], [.. _ratios.Select(r => (float)r)]), .. run.State(finished)];
    }

    /// <summary>Takes a state of this many iterations.</summary>
    public void Restore(int completed, IReadOnlyList<CheckpointTensor> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var byName = state.ToDictionary(t => t.Name, t => t.Values, StringComparer.Ordinal);
        _ratios.Clear();
        _ratios.AddRange(byName["ratios"].Select(r => (double)r));
        _run = new LevelRun(LevelOf(completed), Levels[LevelOf(completed)], Begin(LevelOf(completed)), _footage, _threads, _device, _divisor);
        _run.Restore(byName);
        Completed = completed;
    }

    public void Dispose() => _run?.Dispose();

    private void Change(int level)
    {
        var before = _run;
        _run = Enter(level, before);
        before?.Dispose();
    }

    private int LevelOf(int completed) => At(Math.Max(0, completed - 1)).Level;

    /// <summary>Level of an iteration, and the level's first one.</summary>
    private (int Level, int First) At(int iteration)
    {
        var first = 0;
        foreach (var (level, count) in _plan)
        {
            if (iteration < first + count) return (level, first);
            first += count;
        }

        return (_plan.Count - 1, first - _plan[^1].Iterations);
    }

    private MultiTileVideo Begin(int level) => TileResize.To(_begin, Levels[level].TileSize);

    private LevelRun Enter(int level, LevelRun? before)
    {
        var video = Begin(level);
        if (before is not null) video = TileResize.Refined(video, Begin(before.Level), before.Texels.ToVideo());
        var run = new LevelRun(level, Levels[level], video, _footage, _threads, _device, _divisor);
        var frozen = before is not null && _ratios.Count > 0 && _ratios[^1] < TemporalDeviation.Alarm;
        if (before is null || frozen) run.Jitter(new CounterRandom(_settings.Seed, level, NoiseStream), frozen ? _settings.ThawLogits : _settings.NoiseLogits);
        return run;
    }

    private LoopLoss Iterate(LevelRun run, int iteration, CancellationToken cancellation)
    {
        var patches = run.Patches;
        var (epoch, turn) = (iteration / patches.Count, iteration % patches.Count);
        var patch = patches[Order(run.Level, epoch, patches.Count)[turn]];
        var settings = Patch(patch, iteration);
        var rate = _settings.LearningRate * LearningRate.Cosine(iteration, 0, _plan[run.Level].Iterations, LastRate);
        var (sums, exposure) = run.Update(patch, settings, new StepSettings { LearningRate = rate, AlphaRate = _settings.AlphaRate, Gain = settings.Gain }, cancellation);
        return new LoopLoss(Completed, run.Level, patch.View, sums.Looping, sums.Variation, exposure);
    }

    private PatchSettings Patch(LevelPatch patch, int iteration)
    {
        if (!_settings.SingleCamera) return patch.Footage.Leads ? PatchSettings.Reference : PatchSettings.Other;
        return _settings.SharpenEvery > 0 && iteration % _settings.SharpenEvery == _settings.SharpenEvery - 1 ? PatchSettings.Other : PatchSettings.SingleCamera;
    }

    /// <summary>The patches in the order of an epoch.</summary>
    private int[] Order(int level, int epoch, int count)
    {
        var random = new CounterRandom(_settings.Seed, (level * 100_003) + epoch, OrderStream);
        return [.. Enumerable.Range(0, count).OrderBy(n => random.Bits((ulong)n)).ThenBy(n => n)];
    }
}
