using Depth3D.Imaging;
using Depth3D.Reconstruction.Flow;

namespace Depth3D.Reconstruction.Loops.Single;

/// <summary>
/// Turns one frame into another along the motion between them, so that the cross-fade of a loop shows one flag on its way and not two half-transparent ones. Where
/// the motion is not the same both ways there is none to follow, as in spray: there one texture fades into the other.
/// </summary>
internal static class MotionBlend
{
    /// <summary>Forth and back again must end within this many pixels of the start ...</summary>
    private const double ReturnPixels = 5;

    /// <summary>... and a little more where the way is long: this factor of the squared lengths.</summary>
    private const double RelativeReturn = 0.05;

    /// <summary>Followed motion is smoothed over this distance.</summary>
    private const double SoftPixels = 3;

    /// <summary>It fades out over this distance where it is not known, and so much does that count beside what is nearer.</summary>
    private const double FarPixels = 10;
    private const float FarShare = 0.05f;

    private const int Iterations = 4;

    /// <summary>The picture at <paramref name="weight"/> of the way from a, at 0, to b, at 1. Equal pictures give that picture.</summary>
    public static Raster<byte> Between(Raster<byte> a, Raster<byte> b, double weight)
    {
        if (a.Samples.AsSpan().SequenceEqual(b.Samples)) return a;
        Raster<byte> grayA = Colour.ToGray(a), grayB = Colour.ToGray(b);
        using var dis = new DisFlow(DisPreset.Medium);
        Raster<float> forward = dis.Compute(grayA, grayB), backward = dis.Compute(grayB, grayA);
        var fromA = Moved(a, Followed(forward, backward), weight);
        var fromB = Moved(b, Followed(backward, forward), 1 - weight);
        return TextureBlend.Between(fromA, fromB, weight);
    }

    /// <summary>The motion where it is the same both ways, and carried on beyond: what is hidden at the rim of something goes along with it.</summary>
    private static Raster<float> Followed(Raster<float> flow, Raster<float> back)
    {
        var valid = FlowConsistency.Valid(flow, back, ReturnPixels, RelativeReturn);
        var trust = new Raster<float>(flow.Width, flow.Height, 1, Array.ConvertAll(valid.Samples, v => v != 0 ? 1f : 0f));
        var known = flow.Clone();
        for (var i = 0; i < known.Samples.Length; i++) known.Samples[i] *= trust.Samples[i / 2];
        Raster<float> near = Filters.GaussianBlur(known, SoftPixels), nearTrust = Filters.GaussianBlur(trust, SoftPixels);
        Raster<float> far = Filters.GaussianBlur(known, FarPixels), farTrust = Filters.GaussianBlur(trust, FarPixels);
        for (var i = 0; i < known.Samples.Length; i++)
        {
            var share = nearTrust.Samples[i / 2] + (FarShare * farTrust.Samples[i / 2]);
            known.Samples[i] = share < 1e-4f ? 0 : (near.Samples[i] + (FarShare * far.Samples[i])) / share * Math.Min(1, 3 * farTrust.Samples[i / 2]);
        }

        return known;
    }

    /// <summary>What was at p is at p + part flow(p): looked up backwards by repeated substitution.</summary>
    private static Raster<byte> Moved(Raster<byte> picture, Raster<float> flow, double part)
    {
        var start = flow.Clone();
        Array.Clear(start.Samples);
        for (var k = 0; k < Iterations; k++)
        {
            var there = Remap.ByFlow(flow, start, BorderMode.Replicate);
            for (var i = 0; i < start.Samples.Length; i++) start.Samples[i] = (float)(-part * there.Samples[i]);
        }

        return Remap.ByFlow(picture, start, BorderMode.Replicate);
    }
}
