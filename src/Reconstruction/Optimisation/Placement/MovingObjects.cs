using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Optimisation.Placement;

/// <summary>
/// Which thing every moving pixel belongs to: connected regions of the masks, followed by the flow from frame to frame, so that two things
/// stay two while one passes before the other.
/// </summary>
internal sealed class MovingObjects
{
    /// <summary>A part of a region keeps the label it came with when it is at least this share of the thing as last seen.</summary>
    private const double LeastPart = 0.2;

    private readonly List<int> _areas = [];

    private MovingObjects(int frames) => Labels = new int[frames][];

    /// <summary>0 where nothing moves, otherwise the object's index plus 1; [frame][y * W + x].</summary>
    public int[][] Labels { get; }

    public int Count => _areas.Count;

    public static MovingObjects Find(TrainingClip clip)
    {
        var objects = new MovingObjects(clip.Frames);
        for (var f = 0; f < clip.Frames; f++) objects.Labels[f] = objects.Next(clip, f);
        return objects;
    }

    private int[] Next(TrainingClip clip, int frame)
    {
        var moving = clip.Moving[frame];
        var labels = Inherited(clip, frame);
        var mask = new Raster<byte>(clip.Width, clip.Height, 1, Array.ConvertAll(moving, m => m ? (byte)255 : (byte)0));
        var components = Filters.ConnectedComponents(mask);
        var pixels = components.Regions.Select(r => new List<int>(r.Area)).ToArray();
        for (var i = 0; i < moving.Length; i++)
            if (components.Labels.Samples[i] > 0 && components.Labels.Samples[i] <= pixels.Length) pixels[components.Labels.Samples[i] - 1].Add(i);
        foreach (var region in pixels) Settle(labels, region);
        NearestLabel.Fill(labels, clip.Width, clip.Height, i => moving[i]);
        for (var i = 0; i < labels.Length; i++) if (!moving[i]) labels[i] = 0;
        foreach (var group in labels.Where(l => l > 0).GroupBy(l => l)) _areas[group.Key - 1] = group.Count();
        return labels;
    }

    /// <summary>The label that the flow into the frame before finds there, or 0.</summary>
    private int[] Inherited(TrainingClip clip, int frame)
    {
        var labels = new int[clip.Width * clip.Height];
        if (frame == 0) return labels;
        var before = Labels[frame - 1];
        var flow = Array.Find(clip.FlowsFrom[frame], f => f.To == frame - 1);
        foreach (var i in clip.MovingPixels[frame])
        {
            if (flow is null) labels[i] = before[i];
            else if (flow.TryTarget(i % clip.Width, i / clip.Width, out var x, out var y))
                labels[i] = before[((int)MathF.Round(y) * clip.Width) + (int)MathF.Round(x)];
        }

        return labels;
    }

    /// <summary>Removes labels that are only fragments; a region without any label becomes an object of its own.</summary>
    private void Settle(int[] labels, List<int> region)
    {
        var kept = region.Where(i => labels[i] > 0).GroupBy(i => labels[i]).Where(g => g.Count() >= LeastPart * _areas[g.Key - 1]).Select(g => g.Key).ToHashSet();
        if (kept.Count == 0)
        {
            _areas.Add(region.Count);
            foreach (var i in region) labels[i] = _areas.Count;
            return;
        }

        foreach (var i in region) if (!kept.Contains(labels[i])) labels[i] = 0;
    }
}
