using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Loops.Looping;

/// <summary>
/// Distances of all queries of a loop to all keys of a clip at the same place (spec 5.3.4-5), by squared differences of frame pairs under a box
/// filter (spec 5.5): exact, without unfolded patches and without the cancellation of |a|² + |b|² - 2ab.
/// </summary>
public static class FrameDistances
{
    /// <summary>Numbers of one block of frame pairs.</summary>
    private const long BlockNumbers = 1 << 23;

    /// <param name="output">[T, 3, h, w].</param>
    /// <param name="input">[F, 3, h, w], same type.</param>
    /// <param name="wraps">Whether queries run on over the end of the loop: T of them, else T - frames of a patch + 1.</param>
    /// <returns>[queries, F - frames of a patch + 1, rows, columns]: mean square per number.</returns>
    public static Tensor Of(Tensor output, Tensor input, PatchSettings patch, bool wraps = true)
    {
        ArgumentNullException.ThrowIfNull(patch);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var boxes = Boxes(output.detach(), input, patch);
        long frames = output.shape[0], keys = input.shape[0] - patch.Frames + 1, queries = wraps ? frames : frames - patch.Frames + 1;
        var sum = boxes.narrow(1, 0, keys).index_select(0, Frames(queries, 0, frames, output.device));
        for (var d = 1; d < patch.Frames; d++)
            sum.add_(boxes.narrow(1, d, keys).index_select(0, Frames(queries, d, frames, output.device)));
        return sum.mul_(1.0 / (3 * patch.Frames)).MoveToOuterDisposeScope();
    }

    /// <summary>Frame shown at step d of every query.</summary>
    internal static Tensor Frames(long queries, int d, long frames, Device device) =>
        tensor([.. Enumerable.Range(0, (int)queries).Select(i => (i + d) % frames)], dtype: ScalarType.Int64, device: device);

    /// <summary>[T, F, rows, columns]: mean over a window of the squared colour difference of every frame pair.</summary>
    private static Tensor Boxes(Tensor output, Tensor input, PatchSettings patch)
    {
        long frames = output.shape[0], keys = input.shape[0], pixels = output.shape[2] * output.shape[3];
        var step = Math.Clamp(BlockNumbers / (keys * pixels), 1, frames);
        var parts = new List<Tensor>();
        for (long first = 0; first < frames; first += step)
        {
            using var block = NewDisposeScope();
            var some = output.narrow(0, first, Math.Min(step, frames - first)).unsqueeze(1);
            var square = some.select(2, 0).sub(input.select(1, 0)).square();
            for (var c = 1; c < 3; c++) square.add_(some.select(2, c).sub(input.select(1, c)).square());
            parts.Add(nn.functional.avg_pool2d(square, patch.Size, patch.Stride).MoveToOuterDisposeScope());
        }

        return cat(parts, 0);
    }
}
