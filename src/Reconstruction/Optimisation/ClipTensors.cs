using Depth3D.Reconstruction.Geometry;
using TorchSharp;
using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>
/// What the network method reads of a clip in every step, on its device: cameras, rays of pixels (spec 9.8) and flows (spec 9.5). On a GPU
/// all flows stay there in two bytes a sample; on the CPU they are read from the clip's own packed form.
/// </summary>
internal sealed class ClipTensors : IDisposable
{
    private readonly TrainingClip _clip;
    private readonly Device _device;
    private readonly Dictionary<DirectedFlow, Tensor> _onDevice = [];
    private readonly Tensor?[] _moving;

    /// <param name="lengthUnit">Units of length in one of the clip's.</param>
    public ClipTensors(TrainingClip clip, double lengthUnit, Device device)
    {
        (_clip, _device) = (clip, device);
        var cameras = clip.CamFromWorld;
        Rotations = tensor(cameras.SelectMany(c => Rows(c.Rotation)).ToArray(), [cameras.Count, 3, 3], device: device).DetachFromDisposeScope();
        Translations = Vectors(cameras.Select(c => c.Translation), lengthUnit);
        Centres = Vectors(cameras.Select(c => c.Center), lengthUnit);
        var k = clip.Intrinsics;
        var (pixels, rays) = (new float[2 * k.Width * k.Height], new float[3 * k.Width * k.Height]);
        for (var i = 0; i < k.Width * k.Height; i++)
        {
            int x = i % k.Width, y = i / k.Width;
            (pixels[2 * i], pixels[(2 * i) + 1]) = (x, y);
            (rays[3 * i], rays[(3 * i) + 1], rays[(3 * i) + 2]) = ((float)((x - k.Cx) / k.Fx), (float)((y - k.Cy) / k.Fy), 1);
        }

        Pixels = tensor(pixels, [k.Width * k.Height, 2], device: device).DetachFromDisposeScope();
        Rays = tensor(rays, [k.Width * k.Height, 3], device: device).DetachFromDisposeScope();
        _moving = new Tensor?[clip.Frames];
    }

    /// <summary>World to camera, rows, [N, 3, 3].</summary>
    public Tensor Rotations { get; }

    /// <summary>World to camera, [N, 3].</summary>
    public Tensor Translations { get; }

    /// <summary>Camera centres, [N, 3].</summary>
    public Tensor Centres { get; }

    /// <summary>x and y of every pixel, [H * W, 2].</summary>
    public Tensor Pixels { get; }

    /// <summary>Camera ray of every pixel with z = 1, [H * W, 3].</summary>
    public Tensor Rays { get; }

    /// <summary>Where the pixels of a frame went and whether that is known.</summary>
    /// <param name="pixels">Indices of the pixels wanted, or null for all.</param>
    /// <returns>[T, P, 2], the pixel itself where unknown, and [T, P], 1 or 0.</returns>
    public (Tensor Targets, Tensor Valid) Flows(FrameTargets group, Tensor? pixels)
    {
        var packed = stack([.. group.Flows.Select(Packed)], 0);
        if (pixels is not null) packed = packed.index_select(1, pixels);
        var own = pixels is null ? Pixels : Pixels.index_select(0, pixels);
        var valid = packed.select(2, 0).ne(DirectedFlow.Invalid);
        var moved = own.unsqueeze(0).add(packed.to_type(ScalarType.Float32).mul(DirectedFlow.Step));
        return (where(valid.unsqueeze(2), moved, own.unsqueeze(0)), valid.to_type(ScalarType.Float32));
    }

    /// <summary>1 where a pixel of the frame moves, [H * W].</summary>
    public Tensor Moving(int frame) => _moving[frame] ??=
        tensor(Array.ConvertAll(_clip.Moving[frame], m => m ? 1f : 0f), [_clip.Width * _clip.Height], device: _device).DetachFromDisposeScope();

    public void Dispose()
    {
        foreach (var tensor in _onDevice.Values.Concat(_moving.OfType<Tensor>()).Concat([Rotations, Translations, Centres, Pixels, Rays])) tensor.Dispose();
    }

    private Tensor Packed(DirectedFlow flow)
    {
        if (_onDevice.TryGetValue(flow, out var known)) return known;
        var packed = Depth3D.Tensors.TensorBytes.From(flow.Packed, _clip.Width * _clip.Height, 2);
        return _device.type == DeviceType.CPU ? packed : _onDevice[flow] = packed.to(_device).DetachFromDisposeScope();
    }

    private Tensor Vectors(IEnumerable<Vec3> vectors, double scale) =>
        tensor(vectors.SelectMany(v => new[] { (float)(v.X * scale), (float)(v.Y * scale), (float)(v.Z * scale) }).ToArray(),
            [_clip.Frames, 3], device: _device).DetachFromDisposeScope();

    private static float[] Rows(Mat3 m) =>
        [(float)m.M00, (float)m.M01, (float)m.M02, (float)m.M10, (float)m.M11, (float)m.M12, (float)m.M20, (float)m.M21, (float)m.M22];
}
