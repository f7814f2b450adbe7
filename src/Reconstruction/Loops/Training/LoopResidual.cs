using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Depth3D.Reconstruction.Loops.Looping;

namespace Depth3D.Reconstruction.Loops.Training;

/// <summary>How far the pixels of a strip are from their target, and the gradient of that by every sample, written out (spec 5.3).</summary>
internal sealed class LoopResidual(LoopTexels texels, PackedFold target, StepSettings settings)
{
    private const int Channels = 4;

    /// <summary>Of the robust penalty: 2 r² / (r² + knee).</summary>
    private const float Knee = 0.04f;

    private static Vector256<float> FirstColours { get; } = Vector256.Create(-1, -1, -1, 0, 0, 0, 0, 0).AsSingle();

    /// <summary>Penalty of a pixel and its gradient by every sample.</summary>
    public void Compare(PatchPlan plan, int piece, int pixel, int hit, StepScratch scratch)
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
            var residual = (shown * exposure) - (Target(first + t, second, at) * scale);
            residual = Vector256.ConditionalSelect(second ? TexelState.ColourLanes : FirstColours, residual, Vector256<float>.Zero);
            var square = residual * residual;
            var inverse = Vector256<float>.One / (square + Vector256.Create(Knee));
            scratch.Penalty += settings.Gain * 2 * Vector256.Sum(square * inverse);
            scratch.Compared += second ? 6 : 3;
            Back(scratch, through, begin - hit, width, t, residual * inverse * inverse * slopeScale * (4 * Knee));
        }
    }

    private Vector256<float> Target(int frame, bool second, int at)
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

}
