using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Loops.Training;

/// <summary>Logits and moments of static or dynamic texels on a device, [texels, frames, 4], and Adam for some of their rows.</summary>
internal sealed class TensorTexels : IDisposable
{
    private const double Beta1 = 0.9, Beta2 = 0.999;

    /// <summary>Texels that are updated together, so that what an update makes on the way stays small.</summary>
    private const long RowsAtOnce = 1 << 14;

    private readonly IReadOnlyList<(TexelState State, int Frames, int Padded)> _pieces;
    private readonly Tensor _logits, _first, _second, _updates;
    private readonly double _most = LoopTexels.Logit(1);

    private TensorTexels(IReadOnlyList<(TexelState State, int Frames, int Padded)> pieces, ReadOnlySpan<int> updates, Device device, ScalarType type)
    {
        _pieces = pieces;
        var count = updates.Length;
        using var scope = NewDisposeScope();
        Tensor Whole(Func<TexelState, float[]> of) => cat([.. pieces.Select(p => tensor(of(p.State), [count, p.Padded, 4]).narrow(1, 0, p.Frames))], 1).to_type(type).to(device).clone().DetachFromDisposeScope();
        (_logits, _first, _second) = (Whole(s => s.Logits), Whole(s => s.First), Whole(s => s.Second));
        _updates = tensor(Array.ConvertAll(updates.ToArray(), u => (float)u), [count]).to_type(type).to(device).clone().DetachFromDisposeScope();
    }

    public static TensorTexels OfStatic(LoopTexels texels, int[] updates, Device device, ScalarType type) =>
        new([(texels.Static, 1, 1)], updates.AsSpan(0, texels.StaticCount), device, type);

    public static TensorTexels OfDynamic(LoopTexels texels, int[] updates, Device device, ScalarType type) =>
        new([.. texels.Dynamic.Select((d, n) => (d, texels.FramesOf(n).Count, texels.Width(n) / 4))], updates.AsSpan(texels.StaticCount), device, type);

    /// <summary>Premultiplied colour and alpha of some frames.</summary>
    public Tensor Drawn(long first, long count)
    {
        using var scope = NewDisposeScope();
        var value = _logits.narrow(1, first, count).sigmoid();
        var alpha = value.narrow(-1, 3, 1);
        return cat([value.narrow(-1, 0, 3).mul(alpha), alpha], -1).MoveToOuterDisposeScope();
    }

    /// <param name="rows">Texels that were touched.</param>
    /// <param name="gradient">By what is drawn.</param>
    /// <param name="frames">How many frames a number stands for.</param>
    public void Update(Tensor rows, Tensor gradient, StepSettings settings, int frames)
    {
        for (long first = 0; first < rows.numel(); first += RowsAtOnce)
        {
            using var scope = NewDisposeScope();
            UpdateRows(rows.narrow(0, first, Math.Min(RowsAtOnce, rows.numel() - first)), gradient, settings, frames);
        }
    }

    private void UpdateRows(Tensor rows, Tensor gradient, StepSettings settings, int frames)
    {
        var (logits, by) = (_logits.index_select(0, rows), gradient.index_select(0, rows));
        var slope = Slope(logits.sigmoid(), by);
        var first = _first.index_select(0, rows).mul(Beta1).add(slope.mul(1 - Beta1));
        var second = _second.index_select(0, rows).mul(Beta2).add(slope.square().mul(1 - Beta2));
        var times = _updates.index_select(0, rows).add(1);
        Tensor Correction(double beta) => times.mul(Math.Log(beta)).exp().neg().add(1).reshape(-1, 1, 1);
        var rates = tensor([1, 1, 1, settings.AlphaRate], dtype: logits.dtype, device: logits.device).mul(settings.LearningRate);
        var step = first.div(Correction(Beta1)).mul(rates).div(second.div(Correction(Beta2)).sqrt().add(settings.Epsilon * frames));
        Put(_logits, rows, logits.sub(step).clamp(-_most, _most));
        Put(_first, rows, first);
        Put(_second, rows, second);
        Put(_updates, rows, times);
    }

    /// <summary>Writes the state back.</summary>
    public void Pull(Span<int> updates)
    {
        var counts = _updates.to_type(ScalarType.Float32).cpu().data<float>().ToArray();
        for (var n = 0; n < counts.Length; n++) updates[n] = (int)counts[n];
        Pull(_logits, s => s.Logits);
        Pull(_first, s => s.First);
        Pull(_second, s => s.Second);
        foreach (var (state, _, _) in _pieces) state.Draw();
    }

    public void Dispose()
    {
        foreach (var t in new[] { _logits, _first, _second, _updates }) t.Dispose();
    }

    private static Tensor Slope(Tensor value, Tensor by)
    {
        var (colour, alpha) = (value.narrow(-1, 0, 3), value.narrow(-1, 3, 1));
        var (byColour, byAlpha) = (by.narrow(-1, 0, 3).mul(alpha), by.narrow(-1, 3, 1).add(by.narrow(-1, 0, 3).mul(colour).sum([-1], true)));
        return cat([byColour, byAlpha], -1).mul(value).mul(value.neg().add(1));
    }

    private static void Put(Tensor to, Tensor rows, Tensor values) => to.index_put_([rows], values);

    private void Pull(Tensor from, Func<TexelState, float[]> to)
    {
        long first = 0;
        foreach (var (state, frames, padded) in _pieces)
        {
            using var scope = NewDisposeScope();
            var values = from.narrow(1, first, frames).to_type(ScalarType.Float32).cpu().contiguous().data<float>().ToArray();
            for (var n = 0; n < values.Length / (4 * frames); n++) values.AsSpan(n * 4 * frames, 4 * frames).CopyTo(to(state).AsSpan(n * 4 * padded));
            first += frames;
        }
    }
}
