namespace Depth3D.Reconstruction.Optimisation.Placement;

/// <summary>
/// Apparent size of moving objects over time, measured by how the flow stretches them from frame to frame. A thing that keeps its height has
/// size times depth constant, so this is its depth over time but for one factor. Only the stretch of upright lines counts: turning about the
/// upright axis, as walkers and cars do, foreshortens widths but not heights.
/// </summary>
internal static class SizeTrack
{
    /// <summary>Pixels of an object that a stretch is fitted to, at most; and at least, for it to count.</summary>
    private const int MostPoints = 400, LeastPoints = 25;

    /// <summary>Log stretches beyond this are no measurement.</summary>
    private const double MaxLogStretch = 0.7;

    /// <summary>Weight of the change of area between neighbouring frames; it only joins what no flow joins.</summary>
    private const double AreaWeight = 0.02;

    /// <returns>Per object: log size of each frame, relative to its other frames; NaN where it is not seen. [object][frame]</returns>
    public static double[][] Measure(TrainingClip clip, MovingObjects objects)
    {
        var links = Enumerable.Range(0, objects.Count).Select(_ => new List<SizeLink>()).ToArray();
        var perFrame = new List<(int Object, SizeLink Link)>[clip.Frames];
        Parallel.For(0, clip.Frames, f => perFrame[f] = [.. clip.FlowsFrom[f].SelectMany(flow => Stretches(clip, objects, flow))]);
        foreach (var (index, link) in perFrame.SelectMany(l => l)) links[index].Add(link);
        var areas = Areas(clip, objects);
        return [.. links.Select((l, o) => Chain(l, areas[o]))];
    }

    private static IEnumerable<(int, SizeLink)> Stretches(TrainingClip clip, MovingObjects objects, DirectedFlow flow)
    {
        var points = Enumerable.Range(0, objects.Count).Select(_ => new List<PointMotion>()).ToArray();
        foreach (var i in clip.MovingPixels[flow.From])
        {
            var label = objects.Labels[flow.From][i];
            if (!flow.TryTarget(i % clip.Width, i / clip.Width, out var x, out var y)) continue;
            if (objects.Labels[flow.To][((int)MathF.Round(y) * clip.Width) + (int)MathF.Round(x)] == label)
                points[label - 1].Add(new PointMotion(i % clip.Width, i / clip.Width, x, y));
        }

        for (var o = 0; o < points.Length; o++)
        {
            if (points[o].Count < LeastPoints) continue;
            var stride = 1 + ((points[o].Count - 1) / MostPoints);
            var stretch = AffineMotion.UprightLogStretch([.. points[o].Where((_, i) => i % stride == 0)]);
            if (!(Math.Abs(stretch) < MaxLogStretch)) continue;
            yield return (o, new SizeLink(flow.From, flow.To, stretch, Math.Sqrt(points[o].Count) / Math.Abs(flow.To - flow.From)));
        }
    }

    private static int[][] Areas(TrainingClip clip, MovingObjects objects)
    {
        var areas = Enumerable.Range(0, objects.Count).Select(_ => new int[clip.Frames]).ToArray();
        for (var f = 0; f < clip.Frames; f++)
            foreach (var i in clip.MovingPixels[f]) areas[objects.Labels[f][i] - 1][f]++;
        return areas;
    }

    private static double[] Chain(List<SizeLink> links, int[] areas)
    {
        var seen = Enumerable.Range(0, areas.Length).Where(f => areas[f] > 0).ToArray();
        for (var k = 0; k + 1 < seen.Length; k++)
            links.Add(new SizeLink(seen[k], seen[k + 1], 0.5 * Math.Log((double)areas[seen[k + 1]] / areas[seen[k]]), AreaWeight));
        return SizeChain.Solve(seen, links, areas.Length);
    }
}
