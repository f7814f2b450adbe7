using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Reconstruction.Cameras.Bundle;

/// <summary>
/// Takes points from flow: a grid of static pixels of every frame, each with its targets in all frames that flow leads to. Where a picture
/// was shrunk more in one direction than in the other, heights are stretched to the width's scale.
/// </summary>
internal static class FlowPoints
{
    private const int FewestSightings = 2;

    /// <param name="flowsFrom">By source frame; targets inside the picture.</param>
    /// <param name="isStatic">By frame and pixel.</param>
    /// <param name="step">Distance of the grid's points in pixels.</param>
    public static List<FlowPoint> Gather(Intrinsics k, IReadOnlyList<DirectedFlow[]> flowsFrom, Func<int, int, int, bool> isStatic, int step)
    {
        var points = new List<FlowPoint>();
        for (var frame = 0; frame < flowsFrom.Count; frame++)
        {
            for (var y = step / 2; y < k.Height; y += step)
            {
                for (var x = step / 2; x < k.Width; x += step)
                {
                    if (!isStatic(frame, x, y)) continue;
                    var seen = Sightings(k, flowsFrom[frame], isStatic, x, y);
                    if (seen.Length >= FewestSightings) points.Add(new FlowPoint(frame, x - k.Cx, (y - k.Cy) * (k.Fx / k.Fy), seen));
                }
            }
        }

        return points;
    }

    private static FlowSighting[] Sightings(Intrinsics k, DirectedFlow[] flows, Func<int, int, int, bool> isStatic, int x, int y)
    {
        var seen = new List<FlowSighting>(flows.Length);
        foreach (var flow in flows)
        {
            if (flow.TryTarget(x, y, out var u, out var v) && isStatic(flow.To, (int)MathF.Round(u), (int)MathF.Round(v)))
                seen.Add(new FlowSighting(flow.To, u - k.Cx, (v - k.Cy) * (k.Fx / k.Fy)));
        }

        return [.. seen];
    }
}
