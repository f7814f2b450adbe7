using Depth3D.Imaging;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Nodes.Preprocess.Sequence;

/// <summary>
/// Finds the factor between cameras and prior: by sparse points where the solver left any, else by depth triangulated from flow, else none
/// (a camera that does not translate has no unit of its own).
/// </summary>
internal sealed class SequenceScale(
    IArtifactReader inputs, ClipMaps maps, CameraTrack cameras, bool[][] masks, CancellationToken cancellation)
{
    /// <summary>Points that their own cameras explain worse than this do not count (spec 9.13).</summary>
    private const float MostErrorPixels = 1.5f;

    public const string SparsePoints = "sparse-points";
    public const string Flow = "flow";
    public const string None = "none";

    /// <summary>Triangulation looks this many frames ahead: far enough for parallax, near enough for valid flow.</summary>
    private static readonly int[] TriangulationGaps = [8, 6, 4, 2];

    public (SceneScale Scale, string Method) Find()
    {
        if (cameras.Motion != CameraMotion.Parallax) return (new SceneScale(1, 0, 0), None);
        if (FromSparsePoints() is { } sparse) return (sparse, SparsePoints);
        if (FromFlow() is { } flow) return (flow, Flow);
        return (new SceneScale(1, 0, 0), None);
    }

    private SceneScale? FromSparsePoints()
    {
        var points = ReadPoints();
        if (points.Count == 0) return null;
        var k = cameras.Intrinsics.ScaledTo(maps.Frames.Width, maps.Frames.Height);
        return ScaleAlignment.FromRatios(RegisteredFrames().Select(f =>
            ScaleAlignment.SparseRatios(k, cameras.Frames[f].CamFromWorld, points, maps.Prior(f), maps.Mask(f))));
    }

    private SceneScale? FromFlow()
    {
        int w = maps.Frames.TrainWidth, h = maps.Frames.TrainHeight;
        var k = cameras.Intrinsics.ScaledTo(w, h);
        return ScaleAlignment.FromRatios(RegisteredFrames().Select(f =>
        {
            foreach (var gap in TriangulationGaps)
            {
                var other = f + gap;
                if (other >= maps.Frames.Count || !cameras.Frames[other].Registered
                    || !inputs.Exists(Stages.Flow, Artifacts.Flow(f, other))) continue;
                var pose = cameras.Frames[other].CamFromWorld * cameras.Frames[f].CamFromWorld.Inverse();
                var still = Enumerable.Range(0, w * h).Where(i => !masks[f][i]).ToArray();
                var ratios = ScaleAlignment.FlowRatios(k, pose, maps.Flow(f, other).Forward, TrainingMaps.Depth(maps.Prior(f), w, h), still);
                if (ratios.Count >= ScaleAlignment.MinimumPoints) return ratios;
            }

            return [];
        }));
    }

    private IEnumerable<int> RegisteredFrames()
    {
        for (var f = 0; f < cameras.Frames.Count; f++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (cameras.Frames[f].Registered) yield return f;
        }
    }

    private List<Vec3> ReadPoints()
    {
        if (!inputs.Exists(Stages.Cameras, Artifacts.SparsePointArray)) return [];
        var arrays = Npz.Read(inputs.PathOf(Stages.Cameras, Artifacts.SparsePointArray));
        if (!arrays.TryGetValue("xyz", out var array)) return [];
        var xyz = array.As<double>();
        var points = new List<Vec3>(xyz.Length / 3);
        var errors = arrays.TryGetValue("error", out var known) ? known.As<float>() : [];
        for (var i = 0; i + 2 < xyz.Length; i += 3)
        {
            if (i / 3 >= errors.Length || errors[i / 3] <= MostErrorPixels) points.Add(new Vec3(xyz[i], xyz[i + 1], xyz[i + 2]));
        }

        return points;
    }
}
