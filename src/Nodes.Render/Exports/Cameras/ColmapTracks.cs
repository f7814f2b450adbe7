using Depth3D.Nodes.Render.Exports.Clouds;
using Depth3D.Reconstruction.Cameras.Colmap;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Nodes.Render.Exports.Cameras;

/// <summary>
/// Points for a COLMAP model, made from depth: spread over what stands still, and observed in every frame whose own depth agrees that it sees them.
/// An observation is where the cameras put the point, so its error is zero by construction and says nothing.
/// </summary>
internal sealed record ColmapTracks(IReadOnlyList<ColmapPoint> Points, IReadOnlyList<IReadOnlyList<ColmapObservation>> Observations)
{
    private const int MostPoints = 20_000;

    /// <summary>A point is seen where ln z differs by less from the frame's depth.</summary>
    private const double SeenWithin = 0.02;

    public static ColmapTracks Make(ExportScene scene, IProgress<double> progress, CancellationToken cancellation)
    {
        var cloud = scene.Static(progress.Part(0, 0.5), cancellation).AtMost(MostPoints);
        var seen = new List<(int Frame, double U, double V)>[cloud.Count];
        for (var i = 0; i < seen.Length; i++) seen[i] = [];
        for (var frame = 0; frame < scene.FrameCount; frame++)
        {
            cancellation.ThrowIfCancellationRequested();
            Observe(scene, frame, cloud, seen);
            progress.Report(0.5 + ((frame + 1.0) / scene.FrameCount / 2));
        }

        return Number(scene.FrameCount, cloud, seen);
    }

    private static void Observe(ExportScene scene, int frame, ExportCloud cloud, List<(int Frame, double U, double V)>[] seen)
    {
        var camera = scene.CamFromWorld(frame);
        var depth = scene.Depth(frame);
        var moving = scene.Moving(frame);
        for (var i = 0; i < cloud.Count; i++)
        {
            var point = camera.Apply(At(cloud, i));
            if (!(point.Z > 0)) continue;
            var (u, v) = scene.Intrinsics.Project(point);
            if (!(u > -0.5 && v > -0.5 && u < depth.Width - 0.5 && v < depth.Height - 0.5)) continue;
            int x = (int)Math.Round(u), y = (int)Math.Round(v);
            if (moving[x, y] <= 127 && Math.Abs(Math.Log(point.Z / depth[x, y])) < SeenWithin) seen[i].Add((frame, u, v));
        }
    }

    /// <summary>Points that fewer than two frames see are left out, because nothing could have triangulated them.</summary>
    private static ColmapTracks Number(int frames, ExportCloud cloud, List<(int Frame, double U, double V)>[] seen)
    {
        var observations = Enumerable.Range(0, frames).Select(_ => new List<ColmapObservation>()).ToArray();
        var points = new List<ColmapPoint>();
        for (var i = 0; i < cloud.Count; i++)
        {
            if (seen[i].Count < 2) continue;
            var id = points.Count + 1L;
            var track = new List<(int ImageId, int ObservationIndex)>();
            foreach (var (frame, u, v) in seen[i])
            {
                track.Add((frame + 1, observations[frame].Count));
                observations[frame].Add(new ColmapObservation(u + 0.5, v + 0.5, id));
            }

            points.Add(new ColmapPoint(id, At(cloud, i), cloud.Rgb[3 * i], cloud.Rgb[(3 * i) + 1], cloud.Rgb[(3 * i) + 2], 0, track));
        }

        return new ColmapTracks(points, observations);
    }

    private static Vec3 At(ExportCloud cloud, int i) => new(cloud.Xyz[3 * i], cloud.Xyz[(3 * i) + 1], cloud.Xyz[(3 * i) + 2]);
}
