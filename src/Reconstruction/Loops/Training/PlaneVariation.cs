using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Depth3D.Reconstruction.Loops.Training;

/// <summary>Total variation of each plane as drawn (spec 5.4), and its gradient by the samples of a strip.</summary>
internal sealed class PlaneVariation(LoopTexels texels, StepSettings settings)
{
    private const int Channels = 4, Lanes = 8;

    /// <summary>Layers that the published weights of total variation are for (spec 3.2).</summary>
    private const double PublishedLayers = 32;

    /// <summary>From both sides of every pair, so strips need nothing of each other.</summary>
    public void Add(PatchPlan plan, int piece, int begin, int end, int hit, StepScratch scratch)
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

}
