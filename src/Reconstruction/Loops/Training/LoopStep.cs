using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Depth3D.Reconstruction.Loops.Looping;

namespace Depth3D.Reconstruction.Loops.Training;

/// <summary>
/// Draws the moving pixels of a patch and moves their texels towards a target, on the processor: piece of frames by piece of frames, in strips of rows
/// that fit the caches, with the gradient written out (spec 2.5, 5.3, 5.4). Pieces share nothing but the static texels, whose gradients are added up in
/// order, so the number of threads changes nothing.
/// </summary>
public sealed class LoopStep(LoopTexels texels, int threads)
{
    private const int StripRows = 8, Channels = 4;

    private readonly ConcurrentBag<StepScratch> _free = [];
    private readonly StripSamples _samples = new(texels);
    private readonly float[][] _static = [.. Enumerable.Range(0, texels.Pieces).Select(_ => new float[texels.StaticCount * Channels])];
    private readonly int[] _updates = new int[texels.StaticCount + texels.DynamicCount];

    /// <summary>How often each texel was moved: static ones, then dynamic ones.</summary>
    public int[] Updates => _updates;

    /// <summary>Draws all frames of the moving pixels.</summary>
    public void Show(PatchPlan plan, PackedLoop to)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(to);
        Each(texels.Pieces, piece =>
        {
            var scratch = Take();
            var (first, count) = texels.FramesOf(piece);
            ForEachStrip(plan, (begin, end, hit, hitEnd) =>
            {
                _samples.Look(plan, piece, hit, hitEnd, scratch);
                for (var p = begin; p < end; p++)
                {
                    for (var t = 0; t < count; t += 2)
                    {
                        var shown = _samples.Composite(plan, scratch, piece, p, hit, t);
                        Put(to, first + t, plan.Pixels[p], shown.GetLower());
                        if (t + 1 < count) Put(to, first + t + 1, plan.Pixels[p], shown.GetUpper());
                    }
                }
            });
            _free.Add(scratch);
        });
    }

    /// <summary>One update of all texels under the patch.</summary>
    /// <param name="target">Of the whole picture; pixels that no window reaches are not compared.</param>
    public StepSums Run(PatchPlan plan, PackedFold target, StepSettings settings)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(settings);
        foreach (var texel in plan.Touched) _updates[texel]++;
        var (residual, variation) = (new LoopResidual(texels, target, settings), new PlaneVariation(texels, settings));
        var sums = new (double Penalty, double Variation, long Compared)[texels.Pieces];
        Each(texels.Pieces, piece =>
        {
            var scratch = Take();
            (scratch.Penalty, scratch.Variation, scratch.Compared) = (0, 0, 0);
            StepScratch.Grow(ref scratch.Dynamic, texels.DynamicCount * texels.Width(0));
            ForEachStrip(plan, (begin, end, hit, hitEnd) =>
            {
                _samples.Look(plan, piece, hit, hitEnd, scratch);
                for (var p = begin; p < end; p++) residual.Compare(plan, piece, p, hit, scratch);
                variation.Add(plan, piece, begin, end, hit, scratch);
                Scatter(plan, piece, begin, end, hit, scratch);
            });
            sums[piece] = (scratch.Penalty, scratch.Variation, scratch.Compared);
            Update(plan, piece, settings, scratch);
            _free.Add(scratch);
        });
        UpdateStatic(plan, settings);
        double compared = Math.Max(1, sums.Sum(s => s.Compared));
        return new StepSums(sums.Sum(s => s.Penalty) / compared, sums.Sum(s => s.Variation) / compared);
    }

    private void Each(int count, Action<int> work) => Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, work);

    private StepScratch Take() => _free.TryTake(out var scratch) ? scratch : new StepScratch();

    /// <summary>Strips of rows as pixels begin .. end and, with the rows above and below, hits from hit to hitEnd.</summary>
    private static void ForEachStrip(PatchPlan plan, Action<int, int, int, int> work)
    {
        for (var row = 0; row < plan.Rectangle.Height; row += StripRows)
        {
            var last = Math.Min(plan.Rectangle.Height, row + StripRows);
            var (begin, end) = (plan.Rows[row], plan.Rows[last]);
            if (begin == end) continue;
            var (above, below) = (plan.Rows[Math.Max(0, row - 1)], plan.Rows[Math.Min(plan.Rectangle.Height, last + 1)]);
            work(begin, end, plan.Hits[above], plan.Hits[below]);
        }
    }

    private static void Put(PackedLoop to, int frame, int pixel, Vector128<float> shown)
    {
        var samples = to.Samples[frame].AsSpan(pixel * Channels, 3);
        for (var c = 0; c < 3; c++) samples[c] = PackedLoop.Packed(shown[c]);
    }

    private void Scatter(PatchPlan plan, int piece, int begin, int end, int hit, StepScratch scratch)
    {
        var width = texels.Width(piece);
        ref var slopes = ref MemoryMarshal.GetArrayDataReference(scratch.Slopes);
        for (var h = plan.Hits[begin]; h < plan.Hits[end]; h++)
        {
            ref var from = ref Unsafe.Add(ref slopes, (h - hit) * width);
            for (var tap = h * PatchPlan.Taps; tap < (h + 1) * PatchPlan.Taps; tap++)
            {
                var weight = plan.Weights[tap];
                if (weight == 0) continue;
                var texel = plan.Texels[tap] - texels.StaticCount;
                if (texel >= 0) TexelRows.Add(ref scratch.Dynamic[texel * width], ref from, Vector256.Create(weight), width, false);
                else TexelRows.Sum(ref _static[piece][plan.Texels[tap] * Channels], ref from, weight, width);
            }
        }
    }

    private void Update(PatchPlan plan, int piece, StepSettings settings, StepScratch scratch)
    {
        var width = texels.Width(piece);
        foreach (var texel in plan.Touched)
        {
            var at = (texel - texels.StaticCount) * width;
            if (at >= 0) Move(texels.Dynamic[piece], scratch.Dynamic, at, width, _updates[texel], settings, 1);
        }
    }

    private void UpdateStatic(PatchPlan plan, StepSettings settings)
    {
        foreach (var texel in plan.Touched)
        {
            if (texel >= texels.StaticCount) break;
            var at = texel * Channels;
            for (var piece = 1; piece < texels.Pieces; piece++)
            {
                for (var c = at; c < at + Channels; c++) (_static[0][c], _static[piece][c]) = (_static[0][c] + _static[piece][c], 0);
            }

            // The gradient of a static texel is a sum over the frames, and epsilon with it.
            Move(texels.Static, _static[0], at, Channels, _updates[texel], settings, texels.Frames);
        }
    }

    private static void Move(TexelState state, float[] gradient, int at, int count, int updates, StepSettings settings, int frames)
    {
        var rate = (float)(settings.LearningRate / (1 - Math.Pow(0.9, updates)));
        var alpha = (float)(rate * settings.AlphaRate);
        state.Step(gradient, at, at, count, Vector256.Create(rate, rate, rate, alpha, rate, rate, rate, alpha), (float)(1 / (1 - Math.Pow(0.999, updates))), (float)(settings.Epsilon * frames));
    }
}
