using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>
/// Small corrections of a clip's cameras as parameters (spec 9.11c): per frame a turn about the camera's own centre and a shift of that centre,
/// and one factor of the focal length. The length of the path is kept, because any other fits as well with other depth. All parameters are in
/// training-size pixels, roughly, so that one learning rate suits them.
/// </summary>
internal sealed class CameraCorrection : IDisposable
{
    /// <summary>One unit of the focal parameter changes the focal length by this share.</summary>
    private const double FocalUnit = 0.01;

    /// <summary>A path whose centres lie this close together, in median depths, has no length to keep.</summary>
    private const double NoPath = 1e-6;

    private readonly TrainingClip _clip;
    private readonly bool _freeFocal;
    private readonly Dictionary<(int From, int To), int> _pairs = [];
    private readonly Tensor _from;
    private readonly Tensor _to;
    private readonly Tensor _rotations;
    private readonly Tensor _centres;
    private readonly Tensor _path;
    private readonly Tensor _turn;
    private readonly Tensor _shift;
    private readonly Tensor _focal;

    /// <param name="freeFocal">The focal length is corrected too.</param>
    public CameraCorrection(TrainingClip clip, bool freeFocal, Device device, ScalarType type = ScalarType.Float32)
    {
        (_clip, _freeFocal) = (clip, freeFocal);
        foreach (var flow in clip.FlowsFrom.SelectMany(f => f)) _pairs.TryAdd((flow.From, flow.To), _pairs.Count);
        _from = tensor(_pairs.Keys.Select(p => (long)p.From).ToArray(), device: device).DetachFromDisposeScope();
        _to = tensor(_pairs.Keys.Select(p => (long)p.To).ToArray(), device: device).DetachFromDisposeScope();
        Tensor Constant(IEnumerable<double> values, params long[] shape) =>
            tensor(values.ToArray(), shape, dtype: type, device: device).DetachFromDisposeScope();
        Tensor Parameter(params long[] shape) => zeros(shape, dtype: type, device: device).requires_grad_(true).DetachFromDisposeScope();
        _rotations = Constant(clip.CamFromWorld.SelectMany(c => Rows(c.Rotation)), clip.Frames, 3, 3);
        _centres = Constant(clip.CamFromWorld.SelectMany(c => Row(c.Center)), clip.Frames, 3);
        _path = Constant(Path(clip).SelectMany(Row), clip.Frames, 3);
        (_turn, _shift, _focal) = (Parameter(clip.Frames, 3), Parameter(clip.Frames, 3), Parameter(1));
    }

    /// <summary>Those that the kind of camera motion lets flow see.</summary>
    public IReadOnlyList<(string Name, Tensor Value)> Parameters => _clip.Motion switch
    {
        CameraMotion.Parallax => [("camera.turn", _turn), ("camera.shift", _shift), .. Focal],
        CameraMotion.RotationOnly => [("camera.turn", _turn), .. Focal],
        _ => [],
    };

    private IEnumerable<(string, Tensor)> Focal => _freeFocal ? [("camera.focal", _focal)] : [];

    /// <summary>New focal length over the old, [1].</summary>
    public Tensor FocalFactor() => _focal.mul(FocalUnit).exp();

    /// <summary>Mean squared correction in pixels, so that what the flow does not decide stays as it was given.</summary>
    public Tensor Anchor() => _turn.square().mean().add(_shift.square().mean()).add(_focal.square().mean());

    /// <summary>
    /// Camera 2 from camera 1 of sampled pairs, [12, M]: the rotation row by row, then the translation.
    /// </summary>
    /// <param name="pair">By <see cref="PairsOf"/>.</param>
    public Tensor Relative(Tensor pair)
    {
        var rotations = AxisAngle(_turn.div(_clip.Intrinsics.Fx)).bmm(_rotations); // [F, 3, 3]
        var shift = _shift.div(_clip.Intrinsics.Fx);
        var stretch = shift.mul(_path).sum();
        var centres = _centres.add(shift).sub(_path.mul(stretch)).unsqueeze(2); // [F, 3, 1]
        Tensor r1 = rotations.index_select(0, _from), r2 = rotations.index_select(0, _to);
        var rotation = r2.bmm(r1.transpose(1, 2));
        var translation = r2.bmm(centres.index_select(0, _from).sub(centres.index_select(0, _to)));
        return cat([rotation.reshape(-1, 9), translation.reshape(-1, 3)], 1).t().contiguous().index_select(1, pair);
    }

    /// <summary>Which pair of frames each sample belongs to, [M]; any pair for a slot that holds none.</summary>
    public Tensor PairsOf(StaticBatch batch, int first, Device device)
    {
        var pairs = new long[batch.Count];
        for (var i = 0; i < pairs.Length; i++)
        {
            var (a, b) = ((int)batch.Values[(StaticBatch.Frame1 * batch.Count) + i], (int)batch.Values[(StaticBatch.Frame2 * batch.Count) + i]);
            pairs[i] = _pairs.GetValueOrDefault((first + a, first + b));
        }

        return tensor(pairs, device: device);
    }

    /// <summary>The cameras as they are now, in double precision.</summary>
    public CameraRefinement Read()
    {
        using var scope = NewDisposeScope();
        double[] turn = Numbers(_turn), shift = Numbers(_shift);
        var unit = 1 / _clip.Intrinsics.Fx;
        var path = Path(_clip);
        Vec3 At(double[] values, int i) => new Vec3(values[3 * i], values[(3 * i) + 1], values[(3 * i) + 2]) * unit;
        var stretch = path.Select((p, i) => p.Dot(At(shift, i))).Sum();
        var cameras = _clip.CamFromWorld.Select((c, i) =>
        {
            var rotation = Mat3.FromRotationVector(At(turn, i)) * c.Rotation;
            return new RigidTransform(rotation, -(rotation * (c.Center + At(shift, i) - (path[i] * stretch))));
        }).ToArray();
        var world = cameras[0].Inverse() * _clip.CamFromWorld[0];
        return new CameraRefinement(Math.Exp(FocalUnit * Numbers(_focal)[0]), [.. cameras.Select(c => c * world)]);
    }

    public void Dispose()
    {
        foreach (var tensor in (Tensor[])[_from, _to, _rotations, _centres, _path, _turn, _shift, _focal]) tensor.Dispose();
    }

    /// <summary>Directions in which the centres move when the path grows; their squares sum to 1.</summary>
    private static Vec3[] Path(TrainingClip clip)
    {
        var centres = clip.CamFromWorld.Select(c => c.Center).ToArray();
        var mean = centres.Aggregate(Vec3.Zero, (a, b) => a + b) * (1.0 / centres.Length);
        var length = Math.Sqrt(centres.Sum(c => (c - mean).Dot(c - mean)));
        return [.. centres.Select(c => length > NoPath ? (c - mean) * (1 / length) : Vec3.Zero)];
    }

    /// <summary>Rotation matrices of axis-angle vectors (Rodrigues), [F, 3] to [F, 3, 3]; with a gradient at zero.</summary>
    private static Tensor AxisAngle(Tensor vectors)
    {
        const double tiny = 1e-12;
        var angle = vectors.square().sum([1L], keepdim: true).add(tiny).sqrt();
        var half = angle.mul(0.5).sin();
        var sine = angle.sin().div(angle).unsqueeze(2);
        var versine = half.square().mul(2).div(angle.square()).unsqueeze(2); // (1 - cos) / angle², without cancellation
        Tensor x = vectors.select(1, 0), y = vectors.select(1, 1), z = vectors.select(1, 2), o = zeros_like(x);
        var cross = stack([o, z.neg(), y, z, o, x.neg(), y.neg(), x, o], 1).reshape(-1, 3, 3);
        return eye(3, dtype: vectors.dtype, device: vectors.device).unsqueeze(0).add(cross.mul(sine)).add(cross.bmm(cross).mul(versine));
    }

    private static double[] Numbers(Tensor value) => value.detach().to_type(ScalarType.Float64).cpu().contiguous().data<double>().ToArray();

    private static double[] Row(Vec3 v) => [v.X, v.Y, v.Z];

    private static double[] Rows(Mat3 m) => [m.M00, m.M01, m.M02, m.M10, m.M11, m.M12, m.M20, m.M21, m.M22];
}
