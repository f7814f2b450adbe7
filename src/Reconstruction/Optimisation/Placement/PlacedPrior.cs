using Depth3D.Reconstruction.Cameras;

namespace Depth3D.Reconstruction.Optimisation.Placement;

/// <summary>The prior with its moving objects put where <see cref="ObjectPlacement"/> says, each as deep as it is wide at most.</summary>
internal sealed class PlacedPrior
{
    private readonly float[][] _offsets;

    private PlacedPrior(float[][] offsets, float[][] logDepth) => (_offsets, LogDepth) = (offsets, logDepth);

    /// <summary>As <see cref="TrainingClip.LogPriorDepth"/>; off the objects, as if the nearest object went on.</summary>
    public float[][] LogDepth { get; }

    /// <param name="shifts">By <see cref="ObjectPlacement.Find"/>.</param>
    public static PlacedPrior Make(TrainingClip clip, ObjectPlacement placement, double[][] shifts)
    {
        var offsets = new float[clip.Frames][];
        var logDepth = new float[clip.Frames][];
        Parallel.For(0, clip.Frames, f =>
        {
            offsets[f] = Offsets(clip, placement, shifts, f);
            logDepth[f] = [.. clip.LogPriorDepth[f].Zip(offsets[f], (l, o) => l + o)];
        });
        return new PlacedPrior(offsets, logDepth);
    }

    /// <summary>Log depth less the prior's at every pixel, as a grid of the training size.</summary>
    public (int Down, int Across, float[] Values) Offset(int frame, int width, int height) => (height, width, _offsets[frame]);

    private static float[] Offsets(TrainingClip clip, ObjectPlacement placement, double[][] shifts, int frame)
    {
        var labels = (int[])placement.Labels(frame).Clone();
        var seen = labels.Where(l => l > 0).GroupBy(l => l).ToDictionary(g => g.Key, g => Math.Sqrt(g.Count()) / clip.Intrinsics.Fx);
        var offsets = new float[labels.Length];
        if (seen.Count == 0) return offsets;
        var leans = clip.Motion == CameraMotion.Parallax ? [] : Leans(clip, placement, labels, frame);
        NearestLabel.Fill(labels, clip.Width, clip.Height, _ => true);
        for (var i = 0; i < offsets.Length; i++)
        {
            var o = labels[i] - 1;
            offsets[i] = (float)shifts[o][frame];
            if (!clip.Moving[frame][i]) continue;
            var lean = leans.TryGetValue(labels[i], out var of) ? of.PerRow * ((i / clip.Width) - of.MiddleRow) : 0;
            offsets[i] += (float)Flatten(clip.LogPriorDepth[frame][i] - placement.PriorLevel(o, frame), lean, seen[labels[i]]);
        }

        return offsets;
    }

    /// <summary>
    /// By label, how much log depth falls from row to row of an object, at most 0. Things stand upright; one that leans back is mixed with the ground
    /// before it and the scene behind it by a prior that hardly saw it. Under parallax its parts were measured.
    /// </summary>
    private static Dictionary<int, (double PerRow, double MiddleRow)> Leans(TrainingClip clip, ObjectPlacement placement, int[] labels, int frame)
    {
        var leans = new Dictionary<int, (double, double)>();
        foreach (var pixels in Enumerable.Range(0, labels.Length).Where(i => labels[i] > 0).GroupBy(i => labels[i]))
        {
            var (middle, level) = (pixels.Average(i => (double)(i / clip.Width)), placement.PriorLevel(pixels.Key - 1, frame));
            double rows = 0, both = 0;
            foreach (var i in pixels)
            {
                var row = (i / clip.Width) - middle;
                (rows, both) = (rows + (row * row), both + (row * (clip.LogPriorDepth[frame][i] - level)));
            }

            if (rows > 0) leans[pixels.Key] = (Math.Min(0, both / rows), middle);
        }

        return leans;
    }

    /// <summary>What to add to a pixel's log depth off its object's middle, so that without <paramref name="lean"/> it stays within <paramref name="reach"/>.</summary>
    private static double Flatten(double off, double lean, double reach) => (reach * Math.Tanh((off - lean) / reach)) - off;
}
