using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Loops.Looping;

/// <summary>Puts the keys that were taken where their queries are and averages overlaps (spec 5.3.8), in two dimensions at a time (spec 5.5).</summary>
/// <param name="Sum">[frames, 3, h, w].</param>
/// <param name="Count">[frames, 1, h, w]: patches over a pixel; 0 outside what windows cover.</param>
public sealed record RetargetedClip(Tensor Sum, Tensor Count)
{
    /// <summary>The averages; 0 where no window reaches.</summary>
    public Tensor Mean() => Sum.div(Count.clamp(1, float.MaxValue));

    /// <param name="keys">[queries, rows, columns] of int64, see <see cref="PatchSearch"/>.</param>
    /// <param name="input">[F, 3, h, w].</param>
    /// <param name="frames">Frames of the result: patches that run over the end wrap to its begin.</param>
    public static RetargetedClip Fold(Tensor keys, Tensor input, int frames, PatchSettings patch)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(patch);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        long queries = keys.shape[0], height = input.shape[2], width = input.shape[3];
        var columns = nn.functional.unfold(input, patch.Size, stride: patch.Stride);
        var window = nn.functional.fold(ones_like(columns.narrow(0, 0, 1)), (height, width), (patch.Size, patch.Size), stride: (patch.Stride, patch.Stride));
        var (sum, times) = (zeros_like(input.narrow(0, 0, 1)).repeat(frames, 1, 1, 1), new long[frames]);
        for (var d = 0; d < patch.Frames; d++)
        {
            var index = keys.add(d).reshape(queries, 1, -1).expand(queries, columns.shape[1], -1);
            var folded = nn.functional.fold(columns.gather(0, index), (height, width), (patch.Size, patch.Size), stride: (patch.Stride, patch.Stride));
            sum.index_add_(0, FrameDistances.Frames(queries, d, frames, input.device), folded);
            for (var i = 0; i < queries; i++) times[(i + d) % frames]++;
        }

        var count = tensor(times, dtype: input.dtype, device: input.device).reshape(-1, 1, 1, 1).mul(window.narrow(1, 0, 1));
        return new RetargetedClip(sum.MoveToOuterDisposeScope(), count.MoveToOuterDisposeScope());
    }
}
