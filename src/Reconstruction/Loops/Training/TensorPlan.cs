using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Loops.Training;

/// <summary>A <see cref="PatchPlan"/> on a device. Row <see cref="Hits"/> of the samples stays zero.</summary>
internal sealed class TensorPlan : IDisposable
{
    private readonly Tensor[] _owned;

    public TensorPlan(PatchPlan plan, int pictureWidth, ScalarType type, Device device)
    {
        using var scope = NewDisposeScope();
        Hits = plan.Weights.Length / PatchPlan.Taps;
        Tensor Whole(IEnumerable<long> values, params long[] shape) => tensor([.. values], dtype: ScalarType.Int64, device: device).reshape(shape);
        Texels = Whole(plan.Texels.Select(t => (long)t), Hits, PatchPlan.Taps);
        Weights = tensor(plan.Weights, [Hits, PatchPlan.Taps, 1, 1], type, device);
        Compositing = new LayerCompositing(Slots(plan, device));
        Touched = Whole(plan.Touched.Select(t => (long)t), -1);
        var r = plan.Rectangle;
        Pixels = Whole(plan.Pixels.Select(p => (((long)p / pictureWidth - r.Top) * r.Width) + (p % pictureWidth) - r.Left), -1);
        Pairs = [.. Enumerable.Range(0, 4).Select(side => Whole(plan.Neighbours.Where((_, n) => n % 4 == side).Select(n => n < 0 ? (long)Hits : n), -1))];
        Counted = [.. Enumerable.Range(0, 4).Select(side => tensor([.. plan.Neighbours.Where((_, n) => n % 4 == side).Select(n => n == PatchPlan.Outside ? 0f : 1f)], [Hits, 1, 1], type, device))];
        _owned = [Texels, Weights, Compositing.Slots, Touched, Pixels, .. Pairs, .. Counted];
        foreach (var t in _owned) t.DetachFromDisposeScope();
    }

    public long Hits { get; }

    /// <summary>[hit, tap].</summary>
    public Tensor Texels { get; }

    /// <summary>[hit, tap, 1, 1].</summary>
    public Tensor Weights { get; }

    public LayerCompositing Compositing { get; }

    public Tensor Touched { get; }

    /// <summary>Number of every moving pixel in the rectangle.</summary>
    public Tensor Pixels { get; }

    /// <summary>Per side, [hit]: the hit of the same plane there, or the row of zeros.</summary>
    public IReadOnlyList<Tensor> Pairs { get; }

    /// <summary>Per side, [hit, 1, 1]: 1 where the pair takes part.</summary>
    public IReadOnlyList<Tensor> Counted { get; }

    public void Dispose()
    {
        foreach (var t in _owned) t.Dispose();
    }

    private Tensor Slots(PatchPlan plan, Device device)
    {
        var pixels = plan.Pixels.Length;
        var layers = Enumerable.Range(0, pixels).Max(p => plan.Hits[p + 1] - plan.Hits[p]);
        var slots = new long[pixels * layers];
        for (var p = 0; p < pixels; p++)
            for (var l = 0; l < layers; l++) slots[(p * layers) + l] = plan.Hits[p] + l < plan.Hits[p + 1] ? plan.Hits[p] + l : Hits;
        return tensor(slots, [pixels, layers], device: device);
    }
}
