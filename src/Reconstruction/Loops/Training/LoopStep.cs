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
    private const int StripRows = 8, Channels = 4, Lanes = 8;

    /// <summary>Layers that the published weights of total variation are for (spec 3.2).</summary>
    private const double PublishedLayers = 32;

    private readonly ConcurrentBag<StepScratch> _free = [];
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
                Sample(plan, piece, hit, hitEnd, scratch);
                for (var p = begin; p < end; p++)
                {
                    for (var t = 0; t < count; t += 2)
                    {
                        var shown = Composite(plan, scratch, piece, p, hit, t);
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
        var sums = new (double Penalty, double Variation, long Compared)[texels.Pieces];
        Each(texels.Pieces, piece =>
        {
            var scratch = Take();
            (scratch.Penalty, scratch.Variation, scratch.Compared) = (0, 0, 0);
            StepScratch.Grow(ref scratch.Dynamic, texels.DynamicCount * texels.Width(0));
            ForEachStrip(plan, (begin, end, hit, hitEnd) =>
            {
                Sample(plan, piece, hit, hitEnd, scratch);
                for (var p = begin; p < end; p++) Compare(plan, piece, p, hit, target, settings, scratch);
                Vary(plan, piece, begin, end, hit, settings, scratch);
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

    private void Sample(PatchPlan plan, int piece, int hit, int hitEnd, StepScratch scratch)
    {
        var width = texels.Width(piece);
        StepScratch.Grow(ref scratch.Samples, (hitEnd - hit) * width);
        StepScratch.Grow(ref scratch.Slopes, (hitEnd - hit) * width);
        var (moving, still) = (texels.Dynamic[piece].Drawn, texels.Static.Drawn);
        ref var samples = ref MemoryMarshal.GetArrayDataReference(scratch.Samples);
        for (var h = hit; h < hitEnd; h++)
        {
            ref var to = ref Unsafe.Add(ref samples, (h - hit) * width);
            var fresh = true;
            for (var tap = h * PatchPlan.Taps; tap < (h + 1) * PatchPlan.Taps; tap++)
            {
                var weight = plan.Weights[tap];
                if (weight == 0) continue;
                var texel = plan.Texels[tap] - texels.StaticCount;
                if (texel >= 0) Add(ref to, ref moving[texel * width], Vector256.Create(weight), width, fresh);
                else Repeat(ref to, ref still[plan.Texels[tap] * Channels], weight, width, fresh);
                fresh = false;
            }
        }
    }

    private static void Add(ref float to, ref float from, Vector256<float> weight, int width, bool fresh)
    {
        for (nuint n = 0; n < (nuint)width; n += Lanes)
        {
            var value = Vector256.LoadUnsafe(ref from, n) * weight;
            (fresh ? value : value + Vector256.LoadUnsafe(ref to, n)).StoreUnsafe(ref to, n);
        }
    }

    private static void Repeat(ref float to, ref float from, float weight, int width, bool fresh)
    {
        var one = Vector128.LoadUnsafe(ref from) * weight;
        var two = Vector256.Create(one, one);
        for (nuint n = 0; n < (nuint)width; n += Lanes) (fresh ? two : two + Vector256.LoadUnsafe(ref to, n)).StoreUnsafe(ref to, n);
    }

    /// <summary>Two frames of a pixel, near to far.</summary>
    private Vector256<float> Composite(PatchPlan plan, StepScratch scratch, int piece, int pixel, int hit, int frame)
    {
        var (shown, through) = (Vector256<float>.Zero, Vector256<float>.One);
        var width = texels.Width(piece);
        for (var h = plan.Hits[pixel]; h < plan.Hits[pixel + 1]; h++)
        {
            var sample = Vector256.LoadUnsafe(ref scratch.Samples[((h - hit) * width) + (frame * Channels)]);
            shown += through * sample;
            through *= Vector256<float>.One - TexelState.SpreadAlpha(sample);
        }

        return shown;
    }

    private static void Put(PackedLoop to, int frame, int pixel, Vector128<float> shown)
    {
        var samples = to.Samples[frame].AsSpan(pixel * Channels, 3);
        for (var c = 0; c < 3; c++) samples[c] = PackedLoop.Packed(shown[c]);
    }

    /// <summary>Penalty of a pixel and its gradient by every sample.</summary>
    private void Compare(PatchPlan plan, int piece, int pixel, int hit, PackedFold target, StepSettings settings, StepScratch scratch)
    {
        var (width, count, at) = (texels.Width(piece), target.Counts[plan.Pixels[pixel]], plan.Pixels[pixel] * Channels);
        var (first, frames) = texels.FramesOf(piece);
        var (begin, end) = (plan.Hits[pixel], plan.Hits[pixel + 1]);
        if (count == 0)
        {
            scratch.Slopes.AsSpan((begin - hit) * width, (end - begin) * width).Clear();
            return;
        }

        Span<Vector256<float>> through = stackalloc Vector256<float>[end - begin];
        var (scale, exposure) = (Vector256.Create(1 / (255f * count)), Vector256.Create((float)settings.Exposure));
        var slopeScale = Vector256.Create((float)(settings.Gain * settings.Exposure));
        for (var t = 0; t < width / Channels; t += 2)
        {
            var (shown, clear) = (Vector256<float>.Zero, Vector256<float>.One);
            for (var h = begin; h < end; h++)
            {
                var sample = Vector256.LoadUnsafe(ref scratch.Samples[((h - hit) * width) + (t * Channels)]);
                through[h - begin] = clear;
                shown += clear * sample;
                clear *= Vector256<float>.One - TexelState.SpreadAlpha(sample);
            }

            var second = t + 1 < frames;
            var residual = (shown * exposure) - (Target(target, first + t, second, at) * scale);
            residual = Vector256.ConditionalSelect(second ? TexelState.ColourLanes : FirstColours, residual, Vector256<float>.Zero);
            var square = residual * residual;
            var inverse = Vector256<float>.One / (square + Vector256.Create(Knee));
            scratch.Penalty += settings.Gain * 2 * Vector256.Sum(square * inverse);
            scratch.Compared += second ? 6 : 3;
            Back(scratch, through, begin - hit, width, t, residual * inverse * inverse * slopeScale * (4 * Knee));
        }
    }

    private const float Knee = 0.04f;

    private static Vector256<float> FirstColours { get; } = Vector256.Create(-1, -1, -1, 0, 0, 0, 0, 0).AsSingle();

    private static Vector256<float> Target(PackedFold target, int frame, bool second, int at)
    {
        var one = Vector128.CreateScalarUnsafe(Unsafe.As<ushort, ulong>(ref target.Sums[frame][at])).AsUInt16();
        var two = second ? Vector128.CreateScalarUnsafe(Unsafe.As<ushort, ulong>(ref target.Sums[frame + 1][at])).AsUInt16() : default;
        return Vector256.Create(Vector128.ConvertToSingle(Vector128.WidenLower(one)), Vector128.ConvertToSingle(Vector128.WidenLower(two)));
    }

    /// <summary>
    /// Gradient by samples from far to near: colour l weighs what passes the layers before it, and its alpha takes the place of what lies behind. No
    /// division, so alphas of 0 and 1 are as good as any.
    /// </summary>
    private static void Back(StepScratch scratch, Span<Vector256<float>> through, int hit, int width, int frame, Vector256<float> slope)
    {
        var behind = Vector256<float>.Zero;
        for (var l = through.Length - 1; l >= 0; l--)
        {
            var at = ((hit + l) * width) + (frame * Channels);
            var sample = Vector256.LoadUnsafe(ref scratch.Samples[at]);
            var byAlpha = -TexelState.SumOfFour(slope * behind);
            var bySample = through[l] * Vector256.ConditionalSelect(TexelState.ColourLanes, slope, byAlpha);
            bySample.StoreUnsafe(ref scratch.Slopes[at]);
            behind = sample + ((Vector256<float>.One - TexelState.SpreadAlpha(sample)) * behind);
        }
    }

    /// <summary>Total variation of each plane as drawn, from both sides of every pair, so strips need nothing of each other.</summary>
    private void Vary(PatchPlan plan, int piece, int begin, int end, int hit, StepSettings settings, StepScratch scratch)
    {
        var width = texels.Width(piece);
        var (colour, alpha) = ((float)(settings.Gain * settings.ColourVariation / PublishedLayers), (float)(settings.Gain * settings.AlphaVariation * 3 / PublishedLayers));
        if (colour == 0 && alpha == 0) return;
        var weights = Vector256.Create(colour, colour, colour, alpha, colour, colour, colour, alpha);
        var (single, frames) = (weights.WithUpper(Vector128<float>.Zero), texels.FramesOf(piece).Count);
        var total = Vector256<float>.Zero;
        ref var samples = ref MemoryMarshal.GetArrayDataReference(scratch.Samples);
        for (var h = plan.Hits[begin]; h < plan.Hits[end]; h++)
        {
            for (var n = 0; n < width; n += Lanes)
            {
                var at = ((h - hit) * width) + n;
                var (own, slope) = (Vector256.LoadUnsafe(ref samples, (nuint)at), Vector256<float>.Zero);
                var weight = (n / Channels) + 1 < frames ? weights : single;
                for (var side = 0; side < 4; side++)
                {
                    var other = plan.Neighbours[(h * 4) + side];
                    if (other == PatchPlan.Outside) continue;
                    var difference = other == PatchPlan.Nothing ? own : own - Vector256.LoadUnsafe(ref samples, (nuint)(((other - hit) * width) + n));
                    slope += Sign(difference);
                    total += Vector256.Abs(difference) * weight;
                }

                ref var to = ref scratch.Slopes[at];
                (Vector256.LoadUnsafe(ref to) + (slope * weight)).StoreUnsafe(ref to);
            }
        }

        // Pairs of two hits were seen from both sides.
        scratch.Variation += Vector256.Sum(total) / 2;
    }

    private static Vector256<float> Sign(Vector256<float> value)
    {
        var sign = (value & Vector256.Create(-0f)) | Vector256<float>.One;
        return Vector256.ConditionalSelect(Vector256.Equals(value, Vector256<float>.Zero), Vector256<float>.Zero, sign);
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
                if (texel >= 0) Add(ref scratch.Dynamic[texel * width], ref from, Vector256.Create(weight), width, false);
                else Sum(ref _static[piece][plan.Texels[tap] * Channels], ref from, weight, width);
            }
        }
    }

    private static void Sum(ref float to, ref float from, float weight, int width)
    {
        var sum = Vector256<float>.Zero;
        for (nuint n = 0; n < (nuint)width; n += Lanes) sum += Vector256.LoadUnsafe(ref from, n);
        (Vector128.LoadUnsafe(ref to) + ((sum.GetLower() + sum.GetUpper()) * weight)).StoreUnsafe(ref to);
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
