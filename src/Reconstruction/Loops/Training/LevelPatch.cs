using Depth3D.Reconstruction.Loops.Looping;

namespace Depth3D.Reconstruction.Loops.Training;

/// <summary>A patch of a view on a level, with what of it moves.</summary>
internal sealed class LevelPatch(int view, LevelFootage footage, PatchPlan plan)
{
    private float[]? _means;

    public int View => view;

    public LevelFootage Footage => footage;

    public PatchPlan Plan => plan;

    /// <summary>Per pixel of the picture whether it moves.</summary>
    public bool[] Counts { get; } = Flags(footage.Clip, plan);

    /// <summary>By how much the footage is brighter than the loop where it moves (spec 3.2).</summary>
    public double Exposure(PackedLoop shown)
    {
        _means ??= [.. plan.Pixels.SelectMany(p => Enumerable.Range(0, 3).Select(c => Mean(p, c)))];
        var seen = _means;
        var means = new float[_means.Length];
        Parallel.For(0, plan.Pixels.Length, n =>
        {
            for (var c = 0; c < 3; c++)
            {
                long sum = 0;
                foreach (var frame in shown.Samples) sum += frame[(4 * plan.Pixels[n]) + c];
                means[(3 * n) + c] = sum / ((float)PackedLoop.One * shown.Frames);
            }
        });
        return ExposureFactor.Of(means, seen);
    }

    private float Mean(int pixel, int channel)
    {
        long sum = 0;
        foreach (var frame in footage.Clip.Pixels) sum += (frame[pixel] >> (8 * channel)) & 255;
        return sum / (255f * footage.Clip.Frames);
    }

    private static bool[] Flags(PackedClip clip, PatchPlan plan)
    {
        var flags = new bool[clip.Width * clip.Height];
        foreach (var p in plan.Pixels) flags[p] = true;
        return flags;
    }
}
