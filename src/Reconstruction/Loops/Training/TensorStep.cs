using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Loops.Training;

/// <summary>
/// What <see cref="LoopStep"/> does, as tensors on any device: frames a few at a time, so that memory follows the patch and not the loop's length. On a
/// GPU sums are added in no fixed order; results there agree to rounding, not to the bit.
/// </summary>
internal sealed class TensorStep : IDisposable
{
    private const double Knee = 0.04, PublishedLayers = 32;

    private readonly LoopTexels _texels;
    private readonly ScalarType _type;
    private readonly Device _device;
    private readonly long _framesAtOnce;
    private readonly TensorTexels _static, _dynamic;

    /// <param name="texels">Where the state comes from and goes to.</param>
    /// <param name="updates">How often each texel was moved so far: static ones, then dynamic ones.</param>
    /// <param name="device">Where it is worked on.</param>
    /// <param name="type">Float32, or Float64 for checks.</param>
    /// <param name="framesAtOnce">Frames of one pass.</param>
    public TensorStep(LoopTexels texels, int[] updates, Device device, ScalarType type = ScalarType.Float32, int framesAtOnce = 10)
    {
        (_texels, _device, _type, _framesAtOnce) = (texels, device, type, framesAtOnce);
        _static = TensorTexels.OfStatic(texels, updates, device, type);
        _dynamic = TensorTexels.OfDynamic(texels, updates, device, type);
    }

    /// <summary>[frames, 3, height, width] of the rectangle; pixels that do not move are 0.</summary>
    public Tensor Show(PatchPlan plan, TensorPlan on)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var parts = new List<Tensor>();
        foreach (var (first, count) in Passes())
        {
            using var pass = NewDisposeScope();
            var shown = on.Compositing.Show(Samples(on, Drawn(first, count)));
            var picture = zeros([plan.Rectangle.Height * plan.Rectangle.Width, count, 3], _type, _device);
            picture.index_add_(0, on.Pixels, shown.narrow(-1, 0, 3));
            parts.Add(picture.permute(1, 2, 0).reshape(count, 3, plan.Rectangle.Height, plan.Rectangle.Width).MoveToOuterDisposeScope());
        }

        return cat(parts, 0).MoveToOuterDisposeScope();
    }

    /// <summary>One update of all texels under the patch.</summary>
    /// <param name="target">[frames, 3, height, width] of the rectangle.</param>
    /// <param name="reached">[height, width]: 1 where it is compared.</param>
    public StepSums Run(TensorPlan on, Tensor target, Tensor reached, StepSettings settings)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var byStatic = zeros([_texels.StaticCount, 1, 4], _type, _device);
        var byDynamic = zeros([_texels.DynamicCount, _texels.Frames, 4], _type, _device);
        var (penalty, variation) = (zeros([1], _type, _device), zeros([1], _type, _device));
        var weight = reached.reshape(-1).index_select(0, on.Pixels).reshape(-1, 1, 1);
        foreach (var (first, count) in Passes())
        {
            using var pass = NewDisposeScope();
            var samples = Samples(on, Drawn(first, count));
            var aim = target.narrow(0, first, count).reshape(count, 3, -1).permute(2, 0, 1).index_select(0, on.Pixels);
            var slopes = Compare(on, samples, aim, weight, settings, penalty);
            Vary(on, samples, slopes, settings, variation);
            Scatter(on, slopes, byStatic, byDynamic.narrow(1, first, count));
        }

        var (dynamicRows, staticRows) = Rows(on.Touched);
        _dynamic.Update(dynamicRows, byDynamic, settings, 1);
        _static.Update(staticRows, byStatic, settings, _texels.Frames);
        var compared = Math.Max(1, weight.sum().to_type(ScalarType.Float64).item<double>() * 3 * _texels.Frames);
        return new StepSums(Number(penalty) / compared, Number(variation) / compared);
    }

    /// <summary>Writes the state back to the texels.</summary>
    public void Pull(int[] updates)
    {
        _static.Pull(updates.AsSpan(0, _texels.StaticCount));
        _dynamic.Pull(updates.AsSpan(_texels.StaticCount));
    }

    public void Dispose()
    {
        _static.Dispose();
        _dynamic.Dispose();
    }

    private static double Number(Tensor t) => t.to_type(ScalarType.Float64).item<double>();

    private IEnumerable<(long First, long Count)> Passes()
    {
        for (long first = 0; first < _texels.Frames; first += _framesAtOnce) yield return (first, Math.Min(_framesAtOnce, _texels.Frames - first));
    }

    /// <summary>[static and dynamic texels, frames, 4] as drawn.</summary>
    private Tensor Drawn(long first, long count) => cat([_static.Drawn(0, 1).expand(_texels.StaticCount, count, 4), _dynamic.Drawn(first, count)], 0);

    /// <summary>[hits + 1, frames, 4]; the last row is zero.</summary>
    private static Tensor Samples(TensorPlan on, Tensor drawn)
    {
        var sum = zeros([on.Hits + 1, drawn.shape[1], 4], drawn.dtype, drawn.device);
        var hits = sum.narrow(0, 0, on.Hits);
        for (var tap = 0; tap < PatchPlan.Taps; tap++)
            hits.add_(drawn.index_select(0, on.Texels.select(1, tap)).mul(on.Weights.select(1, tap)));
        return sum;
    }

    private static Tensor Compare(TensorPlan on, Tensor samples, Tensor aim, Tensor weight, StepSettings settings, Tensor penalty)
    {
        var shown = on.Compositing.Show(samples).narrow(-1, 0, 3);
        var residual = shown.mul(settings.Exposure).sub(aim).mul(weight);
        var inverse = residual.square().add(Knee).reciprocal();
        penalty.add_(residual.square().mul(inverse).sum().mul(2 * settings.Gain));
        var slope = residual.mul(inverse.square()).mul(4 * Knee * settings.Gain * settings.Exposure);
        return on.Compositing.Back(samples, cat([slope, zeros_like(slope.narrow(-1, 0, 1))], -1));
    }

    private static void Vary(TensorPlan on, Tensor samples, Tensor slopes, StepSettings settings, Tensor variation)
    {
        var (colour, alpha) = (settings.Gain * settings.ColourVariation / PublishedLayers, settings.Gain * settings.AlphaVariation * 3 / PublishedLayers);
        var weights = tensor([colour, colour, colour, alpha], dtype: samples.dtype, device: samples.device);
        var own = samples.narrow(0, 0, on.Hits);
        for (var side = 0; side < 4; side++)
        {
            using var scope = NewDisposeScope();
            var difference = own.sub(samples.index_select(0, on.Pairs[side])).mul(on.Counted[side]);
            slopes.narrow(0, 0, on.Hits).add_(difference.sign().mul(weights));
            variation.add_(difference.abs().mul(weights).sum().div(2));
        }
    }

    private void Scatter(TensorPlan on, Tensor slopes, Tensor byStatic, Tensor byDynamic)
    {
        var by = zeros([_texels.StaticCount + _texels.DynamicCount, slopes.shape[1], 4], _type, _device);
        for (var tap = 0; tap < PatchPlan.Taps; tap++)
            by.index_add_(0, on.Texels.select(1, tap), slopes.narrow(0, 0, on.Hits).mul(on.Weights.select(1, tap)));
        byStatic.add_(by.narrow(0, 0, _texels.StaticCount).sum([1], true));
        byDynamic.add_(by.narrow(0, _texels.StaticCount, _texels.DynamicCount));
    }

    private (Tensor Dynamic, Tensor Static) Rows(Tensor touched) =>
        (touched.masked_select(touched.ge(_texels.StaticCount)).sub(_texels.StaticCount), touched.masked_select(touched.lt(_texels.StaticCount)));
}
