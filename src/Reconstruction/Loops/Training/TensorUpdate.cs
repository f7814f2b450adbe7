using System.Runtime.InteropServices;
using Depth3D.Reconstruction.Loops.Looping;
using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Loops.Training;

/// <summary>An iteration of a level on a device: draws a patch, finds what it is drawn to by <see cref="LoopingLoss"/>, and moves its texels there.</summary>
internal sealed class TensorUpdate(LoopTexels texels, int[] updates, Device device, int divisor) : IDisposable
{
    /// <summary>Side of the squares that are searched at a time: larger ones mean fewer, larger operations.</summary>
    private const int Block = 129;

    /// <summary>Frames that are drawn at a time.</summary>
    private const int Frames = 10;

    private readonly TensorStep _step = new(texels, updates, device, framesAtOnce: Math.Max(1, Frames / divisor));
    private readonly Dictionary<LevelPatch, TensorPlan> _plans = [];

    public (StepSums Sums, double Exposure) Run(LevelPatch patch, PatchSettings settings, StepSettings step)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        if (!_plans.TryGetValue(patch, out var on)) _plans[patch] = on = new TensorPlan(patch.Plan, patch.Footage.Clip.Width, ScalarType.Float32, device);
        var rectangle = patch.Plan.Rectangle;
        var counts = zeros([rectangle.Height * rectangle.Width], ScalarType.Float32, device).index_add_(0, on.Pixels, ones([on.Pixels.numel()], ScalarType.Float32, device));
        var shown = _step.Show(patch.Plan, on);
        var input = Footage(patch.Footage.Clip, rectangle).mul(counts.reshape(rectangle.Height, rectangle.Width));
        Tensor Mean(Tensor clip) => clip.mean([0]).reshape(3, -1).index_select(1, on.Pixels);
        var exposure = ExposureFactor.Of(Mean(shown), Mean(input));
        var target = LoopingLoss.Target(shown.mul(exposure).clamp(0, 1), input, settings, Valid(patch, rectangle), Block / divisor);
        var reached = target.Count.select(0, 0).select(0, 0).gt(0).to_type(ScalarType.Float32);
        return (_step.Run(on, target.Mean(), reached, step with { Exposure = exposure }), exposure);
    }

    /// <summary>Writes the state back.</summary>
    public void Pull() => _step.Pull(updates);

    public void Dispose()
    {
        foreach (var plan in _plans.Values) plan.Dispose();
        _step.Dispose();
    }

    /// <summary>[F, 3, h, w], 0..1.</summary>
    private Tensor Footage(PackedClip clip, PixelRectangle r)
    {
        var bytes = new byte[clip.Frames * r.Height * r.Width * 4];
        for (var t = 0; t < clip.Frames; t++)
            for (var y = 0; y < r.Height; y++)
                MemoryMarshal.AsBytes(clip.Pixels[t].AsSpan(((r.Top + y) * clip.Width) + r.Left, r.Width)).CopyTo(bytes.AsSpan(((t * r.Height) + y) * r.Width * 4));
        return tensor(bytes, [clip.Frames, r.Height, r.Width, 4], device: device).narrow(3, 0, 3).permute(0, 3, 1, 2).to_type(ScalarType.Float32).div(255);
    }

    private Tensor? Valid(LevelPatch patch, PixelRectangle r)
    {
        if (patch.Footage.Valid is not { } valid) return null;
        var flags = new float[valid.Count * r.Height * r.Width];
        for (var n = 0; n < flags.Length; n++)
            flags[n] = valid[n / (r.Height * r.Width)][((r.Top + (n / r.Width % r.Height)) * patch.Footage.Clip.Width) + r.Left + (n % r.Width)] ? 1 : 0;
        return tensor(flags, [valid.Count, r.Height, r.Width], device: device);
    }
}
