using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>The pixels of a frame that a step looks at (spec 9.7).</summary>
/// <param name="Indices">y * W + x, [P] int64; null for all pixels in order.</param>
/// <param name="Weights">One over the chance of being drawn, up to a factor, [P]; null where all weigh the same.</param>
internal sealed record PixelSample(Tensor? Indices, Tensor? Weights)
{
    private const int Stream = 12;

    public static PixelSample All { get; } = new(null, null);

    /// <summary>
    /// Every pixel with the chance <see cref="NetworkSettings.PixelShare"/>, moving ones more often, at one position each: a function of
    /// (seed, step) that on average gives the losses of whole pictures.
    /// </summary>
    public static PixelSample Draw(TrainingClip clip, int frame, NetworkSettings settings, int step, Device device)
    {
        if (settings.PixelShare >= 1) return All;
        var random = new CounterRandom(settings.Seed, step, Stream);
        var (still, moving) = (settings.PixelShare, Math.Min(1, settings.PixelShare * settings.MovingOversampling));
        var (indices, weights) = (new List<long>(), new List<float>());
        var mask = clip.Moving[frame];
        for (var i = 0; i < mask.Length; i++)
        {
            var chance = mask[i] ? moving : still;
            if (random.Unit((ulong)i) >= chance) continue;
            indices.Add(i);
            weights.Add((float)(still / chance));
        }

        if (indices.Count == 0) (indices, weights) = ([0], [1]);
        return new PixelSample(tensor(indices.ToArray(), [indices.Count], device: device), tensor(weights.ToArray(), [weights.Count], device: device));
    }
}
