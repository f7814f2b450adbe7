using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Depth3D.Reconstruction.Loops.Training;

/// <summary>What the hits of a strip show in the frames of a piece, and what pixels are made of it (spec 2.5).</summary>
internal sealed class StripSamples(LoopTexels texels)
{
    private const int Channels = 4;

    /// <summary>Looks up hits hit .. hitEnd.</summary>
    public void Look(PatchPlan plan, int piece, int hit, int hitEnd, StepScratch scratch)
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
                if (texel >= 0) TexelRows.Add(ref to, ref moving[texel * width], Vector256.Create(weight), width, fresh);
                else TexelRows.Repeat(ref to, ref still[plan.Texels[tap] * Channels], weight, width, fresh);
                fresh = false;
            }
        }
    }

    /// <summary>Two frames of a pixel, near to far.</summary>
    public Vector256<float> Composite(PatchPlan plan, StepScratch scratch, int piece, int pixel, int hit, int frame)
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

}
