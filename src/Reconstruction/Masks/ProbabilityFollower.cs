using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Masks;

/// <summary>
/// Follows objects over time: the probability of a pixel is averaged with that of the pixels it moves to in the neighbouring frames, as far as
/// flow is valid there. A frame in which the model missed an object is filled by the others, a find in a single frame is voted down.
/// </summary>
public static class ProbabilityFollower
{
    /// <summary>The frame's own find counts as much as this many neighbours, so that edges stay where they were seen.</summary>
    public const float OwnWeight = 2;

    /// <param name="own">The frame's probability.</param>
    /// <param name="views">Flow from this frame to its neighbours, of any size with the same aspect.</param>
    /// <param name="probabilityAt">Probability of another frame by its gap to this one (frame difference), of <paramref name="own"/>'s size.</param>
    public static Raster<float> Fuse(Raster<float> own, IReadOnlyList<MotionView> views, Func<int, Raster<float>> probabilityAt)
    {
        var sum = own.Clone();
        var weight = new float[own.PixelCount];
        Array.Fill(weight, OwnWeight);
        for (var i = 0; i < sum.Samples.Length; i++) sum.Samples[i] *= OwnWeight;
        foreach (var view in views) Add(sum, weight, view, probabilityAt(view.Gap));
        for (var i = 0; i < sum.Samples.Length; i++) sum.Samples[i] /= weight[i];
        return sum;
    }

    private static void Add(Raster<float> sum, float[] weight, MotionView view, Raster<float> other)
    {
        int w = sum.Width, h = sum.Height;
        float scaleX = w / (float)view.Flow.Width, scaleY = h / (float)view.Flow.Height;

        // Bilinear, not the bicubic resampling of flow: overshoot beside an object's edge would fetch the wrong side.
        var flow = Resize.Linear(view.Flow, w, h);
        for (var i = 0; i < flow.Samples.Length; i += 2)
        {
            flow.Samples[i] *= scaleX;
            flow.Samples[i + 1] *= scaleY;
        }

        var valid = Resize.Nearest(view.Valid, w, h);
        var seen = Remap.ByFlow(other, flow, BorderMode.Replicate);
        for (var i = 0; i < weight.Length; i++)
        {
            if (valid.Samples[i] == 0) continue;
            sum.Samples[i] += seen.Samples[i];
            weight[i]++;
        }
    }
}
