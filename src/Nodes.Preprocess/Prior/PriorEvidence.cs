using Depth3D.Imaging;
using Depth3D.Inference.Registry;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Models;
using Depth3D.Reconstruction.Priors;

namespace Depth3D.Nodes.Preprocess.Prior;

/// <summary>
/// What decides how a model's output becomes depth: a few frames spread over the clip, and in them the sparse points, or where the cameras came
/// without any, depth triangulated from flow.
/// </summary>
internal sealed class PriorEvidence
{
    private const int MaxSampleFrames = 16;
    private const int MaxPointsPerFrame = 2000;
    private const int PixelStride = 5;

    /// <summary>Triangulated pixels are used from this confidence on, every n-th of a training-size row and column.</summary>
    private const float MinConfidence = 0.5f;
    private const int TriangulatedStride = 3;

    private readonly IArtifactReader _inputs;
    private readonly FramesInfo _frames;
    private readonly IReadOnlyList<int> _gaps;
    private readonly CameraTrack _cameras;
    private readonly Vec3[] _points;

    public PriorEvidence(IArtifactReader inputs, FramesInfo frames, IReadOnlyList<int> gaps)
    {
        _inputs = inputs;
        _frames = frames;
        _gaps = gaps;
        _cameras = ClipInputs.Cameras(inputs);
        _points = _cameras.Motion == CameraMotion.Parallax && inputs.Exists(Stages.Cameras, Artifacts.SparsePoints) ? ReadPoints() : [];
        var usable = Enumerable.Range(0, frames.Count).Where(i => i < _cameras.Frames.Count && _cameras.Frames[i].Registered).ToArray();
        if (usable.Length == 0) usable = [.. Enumerable.Range(0, frames.Count)];
        var count = Math.Min(MaxSampleFrames, usable.Length);
        SampleFrames = [.. Enumerable.Range(0, count).Select(i => usable[(int)((i + 0.5) * usable.Length / count)])];
    }

    /// <summary>Ascending; the same for every task of the clip.</summary>
    public IReadOnlyList<int> SampleFrames { get; }

    /// <param name="maps">The model's output for every frame of <see cref="SampleFrames"/>, working size.</param>
    public DepthConversion Find(OutputKind kind, IReadOnlyDictionary<int, Raster<float>> maps)
    {
        var values = new List<float>();
        foreach (var frame in SampleFrames)
        {
            var map = maps[frame];
            for (var y = PixelStride / 2; y < map.Height; y += PixelStride)
                for (var x = PixelStride / 2; x < map.Width; x += PixelStride) values.Add(map[x, y]);
        }

        return DepthConversionRule.Find(kind, [.. values], kind == OutputKind.Depth ? new MeasuredDepths("measurements", [], []) : Measure(maps));
    }

    private MeasuredDepths Measure(IReadOnlyDictionary<int, Raster<float>> maps)
    {
        var (model, inverse) = (new List<double>(), new List<double>());
        foreach (var frame in SampleFrames) See(frame, maps[frame], model, inverse);
        if (inverse.Count >= DepthConversionRule.MinObservations || _cameras.Motion != CameraMotion.Parallax)
            return new MeasuredDepths("sparse points with parallax", [.. model], [.. inverse]);
        model.Clear();
        inverse.Clear();
        foreach (var frame in SampleFrames) Triangulate(frame, maps[frame], model, inverse);
        return new MeasuredDepths("depths triangulated from flow", [.. model], [.. inverse]);
    }

    private void Triangulate(int frame, Raster<float> map, List<double> model, List<double> inverse)
    {
        int w = _frames.TrainWidth, h = _frames.TrainHeight;
        if (!_cameras.Frames[frame].Registered) return;
        var moving = Resize.Area(ImageFile.ReadGray(_inputs.PathOf(Stages.Masks, Artifacts.Mask(frame))), w, h);
        var depth = Triangulator.Run(frame, new ClipFlow(_inputs, _frames.Count, _gaps).Views(frame),
            _cameras with { Intrinsics = _cameras.Intrinsics.ScaledTo(w, h) }, moving);
        var small = Resize.Area(map, w, h);
        for (var y = 1; y < h; y += TriangulatedStride)
        {
            for (var x = 1; x < w; x += TriangulatedStride)
            {
                if (depth.Confidence[x, y] < MinConfidence) continue;
                model.Add(small[x, y]);
                inverse.Add(depth.InverseDepth[x, y]);
            }
        }
    }

    /// <summary>Static points before the camera, inside the picture.</summary>
    private void See(int frame, Raster<float> map, List<double> model, List<double> inverse)
    {
        if (_points.Length == 0) return;
        var camera = _cameras.Intrinsics.ScaledTo(map.Width, map.Height);
        var moving = ImageFile.ReadGray(_inputs.PathOf(Stages.Masks, Artifacts.Mask(frame)));
        var stride = Math.Max(1, _points.Length / MaxPointsPerFrame);
        for (var i = frame % stride; i < _points.Length; i += stride)
        {
            var p = _cameras.Frames[frame].CamFromWorld.Apply(_points[i]);
            if (!(p.Z > 1e-6)) continue;
            var (u, v) = camera.Project(p);
            if (!(u > -0.5 && v > -0.5 && u < map.Width - 0.5 && v < map.Height - 0.5)) continue;
            var (x, y) = ((int)Math.Round(u), (int)Math.Round(v));
            if (moving[x, y] != 0) continue;
            model.Add(map[x, y]);
            inverse.Add(1 / p.Z);
        }
    }

    private Vec3[] ReadPoints()
    {
        var cloud = Ply.Read(_inputs.PathOf(Stages.Cameras, Artifacts.SparsePoints));
        var points = new List<Vec3>(cloud.Count);
        for (var i = 0; i < cloud.Count; i++)
        {
            var p = new Vec3(cloud.Xyz[3 * i], cloud.Xyz[(3 * i) + 1], cloud.Xyz[(3 * i) + 2]);
            if (double.IsFinite(p.Dot(p))) points.Add(p);
        }

        return [.. points];
    }
}
