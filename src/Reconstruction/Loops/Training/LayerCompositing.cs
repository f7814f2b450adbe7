using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Loops.Training;

/// <summary>
/// Compositing of samples near to far as tensors (spec 2.5), with its gradient written out: what autograd would keep of every layer is computed again, and
/// alphas of 0 and 1 need no care, because nothing is divided.
/// </summary>
/// <param name="Slots">[pixels, layers] of int64: rows of the samples, near to far; unused places point at a row of zeros.</param>
public sealed record LayerCompositing(Tensor Slots)
{
    private long Layers => Slots.shape[1];

    /// <param name="samples">[rows, frames, 4], premultiplied.</param>
    /// <returns>[pixels, frames, 4].</returns>
    public Tensor Show(Tensor samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        using var scope = NewDisposeScope();
        var shown = Layer(samples, 0);
        var through = Passing(shown);
        for (var l = 1; l < Layers; l++)
        {
            var sample = Layer(samples, l);
            shown = shown.add(sample.mul(through));
            through = through.mul(Passing(sample));
        }

        return shown.MoveToOuterDisposeScope();
    }

    /// <summary>Gradient by the samples.</summary>
    /// <param name="slope">[pixels, frames, 4]: gradient by what is shown, its fourth channel by the summed alpha.</param>
    /// <returns>[rows, frames, 4].</returns>
    public Tensor Back(Tensor samples, Tensor slope)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(slope);
        using var scope = NewDisposeScope();
        var through = new List<Tensor> { ones_like(slope.narrow(-1, 0, 1)) };
        for (var l = 0; l < Layers - 1; l++) through.Add(through[l].mul(Passing(Layer(samples, l))));
        var (gradient, behind) = (zeros_like(samples), zeros_like(slope));
        for (var l = (int)Layers - 1; l >= 0; l--)
        {
            using var layer = NewDisposeScope();
            var sample = Layer(samples, l);
            var byAlpha = slope.mul(behind).sum([-1], true).neg();
            var bySample = cat([slope.narrow(-1, 0, 3), slope.narrow(-1, 3, 1).add(byAlpha)], -1).mul(through[l]);
            gradient.index_add_(0, Slots.select(1, l), bySample);
            behind = sample.add(behind.mul(Passing(sample))).MoveToOuterDisposeScope();
        }

        return gradient.MoveToOuterDisposeScope();
    }

    private Tensor Layer(Tensor samples, int layer) => samples.index_select(0, Slots.select(1, layer));

    private static Tensor Passing(Tensor sample) => sample.narrow(-1, 3, 1).neg().add(1);
}
