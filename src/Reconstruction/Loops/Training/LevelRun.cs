using Depth3D.Reconstruction.Loops.Looping;
using Depth3D.Reconstruction.Loops.Model;
using Depth3D.Reconstruction.Optimisation;
using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Loops.Training;

/// <summary>One level while it is optimised: texels, what each view sees of them, and the buffers of the search.</summary>
internal sealed class LevelRun : IDisposable
{
    private readonly LoopLevel _level;
    private readonly LoopStep _step;
    private readonly PackedLoop _shown;
    private readonly int _threads, _divisor;
    private readonly Device? _device;
    private TensorUpdate? _tensors;
    private readonly Dictionary<int, PackedFold> _targets = [];
    private readonly Dictionary<(int Size, int Frames), PackedSearch> _searches = [];

    public LevelRun(int number, LoopLevel level, MultiTileVideo video, IReadOnlyList<LoopFootage> footage, int threads, Device? device, int divisor)
    {
        (Level, _level, _threads, _device, _divisor) = (number, level, threads, device, divisor);
        Texels = new LoopTexels(video);
        _step = new LoopStep(Texels, threads);
        _shown = new PackedLoop(video.Frames, level.Width, level.Height);
        var clips = footage.Select(f => new LevelFootage(f, level)).ToArray();
        Patches = [.. from clip in clips.Index()
                      from rectangle in level.Patches
                      select new LevelPatch(clip.Item.View.Index, clip.Item, PatchPlan.Of(Texels, clip.Item.View, rectangle))];
    }

    public int Level { get; }

    public LoopTexels Texels { get; }

    public IReadOnlyList<LevelPatch> Patches { get; }

    /// <summary>Draws a patch, finds what it is drawn to, and moves its texels there.</summary>
    public (StepSums Sums, double Exposure) Update(LevelPatch patch, PatchSettings settings, StepSettings step, CancellationToken cancellation)
    {
        if (patch.Plan.Pixels.Length == 0) return (default, 1);
        if (_device is not null) return (_tensors ??= new TensorUpdate(Texels, _step.Updates, _device, _divisor)).Run(patch, settings, step);
        _step.Show(patch.Plan, _shown);
        var exposure = patch.Exposure(_shown);
        Brighten(patch, exposure);
        var keys = Search(settings, patch.Footage.Clip.Frames)
            .Run(_shown, patch.Footage.Clip, patch.Counts, patch.Footage.Usable(settings), threads: _threads, cancellation: cancellation);
        if (!_targets.TryGetValue(settings.Size, out var target)) _targets[settings.Size] = target = new PackedFold(settings, Texels.Frames, _level.Width, _level.Height);
        target.Run(keys, patch.Footage.Clip, _threads);
        return (_step.Run(patch.Plan, target, step with { Exposure = exposure }), exposure);
    }

    /// <summary>Brings what a device holds back into <see cref="Texels"/>.</summary>
    public void Pull() => _tensors?.Pull();

    public void Dispose() => _tensors?.Dispose();

    /// <summary>Mean over the patches of <see cref="TemporalDeviation.Ratio"/>.</summary>
    public double DeviationRatio()
    {
        var ratios = new List<double>();
        foreach (var patch in Patches.Where(p => p.Plan.Pixels.Length > 0))
        {
            _step.Show(patch.Plan, _shown);
            ratios.Add(TemporalDeviation.Ratio(_shown, patch.Footage.Clip, patch.Plan.Pixels));
        }

        return ratios.Count == 0 ? 1 : ratios.Average();
    }

    /// <summary>Adds normal noise to the dynamic texels.</summary>
    public void Jitter(CounterRandom random, double deviation)
    {
        if (deviation == 0) return;
        Parallel.For(0, Texels.Pieces, piece =>
        {
            var logits = Texels.Dynamic[piece].Logits;
            for (var n = 0; n < logits.Length; n++)
            {
                if (n % 4 == 3) continue; // geometry is not what has to come apart
                logits[n] += (float)(deviation * random.Normal(((ulong)piece << 40) + (ulong)n));
            }
        });
        Texels.Draw();
    }

    public IEnumerable<CheckpointTensor> State(bool finished)
    {
        IEnumerable<(string Name, TexelState State)> all = [("static", Texels.Static), .. Texels.Dynamic.Select((d, n) => ($"dynamic{n}", d))];
        foreach (var (name, state) in all)
        {
            yield return new CheckpointTensor(name, [state.Logits.Length], state.Logits);
            if (finished) continue;
            yield return new CheckpointTensor(name + ".adam1", [state.First.Length], state.First);
            yield return new CheckpointTensor(name + ".adam2", [state.Second.Length], state.Second);
        }

        if (!finished) yield return new CheckpointTensor("updates", [_step.Updates.Length], [.. _step.Updates.Select(u => (float)u)]);
    }

    public void Restore(IReadOnlyDictionary<string, float[]> state)
    {
        IEnumerable<(string Name, TexelState State)> all = [("static", Texels.Static), .. Texels.Dynamic.Select((d, n) => ($"dynamic{n}", d))];
        foreach (var (name, texels) in all)
        {
            state[name].CopyTo(texels.Logits, 0);
            if (state.TryGetValue(name + ".adam1", out var first)) first.CopyTo(texels.First, 0);
            if (state.TryGetValue(name + ".adam2", out var second)) second.CopyTo(texels.Second, 0);
        }

        if (state.TryGetValue("updates", out var updates))
            for (var n = 0; n < updates.Length; n++) _step.Updates[n] = (int)updates[n];
        Texels.Draw();
    }

    private PackedSearch Search(PatchSettings settings, int frames)
    {
        if (!_searches.TryGetValue((settings.Size, frames), out var search))
            _searches[(settings.Size, frames)] = search = new PackedSearch(settings, Texels.Frames, frames, _level.Width, _level.Height, _divisor);
        return search;
    }

    private void Brighten(LevelPatch patch, double exposure)
    {
        if (Math.Abs(exposure - 1) < 1e-6) return;
        foreach (var frame in _shown.Samples)
            foreach (var p in patch.Plan.Pixels)
                for (var n = 4 * p; n < (4 * p) + 3; n++) frame[n] = (short)Math.Min(PackedLoop.One, Math.Round(frame[n] * exposure));
    }
}
