using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Loops.Looping;

/// <summary>
/// Distances by writing every patch out, as published: what <see cref="FrameDistances"/> is checked and measured against, and too large for real sizes.
/// </summary>
public static class UnfoldedPatches
{
    /// <summary>As <see cref="FrameDistances.Of"/>.</summary>
    public static Tensor Distances(Tensor output, Tensor input, PatchSettings patch, bool wraps = true)
    {
        ArgumentNullException.ThrowIfNull(patch);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        long frames = output.shape[0], queries = wraps ? frames : frames - patch.Frames + 1;
        var q = Of(output.detach(), patch, queries);
        var k = Of(input, patch, input.shape[0] - patch.Frames + 1);
        var rows = new List<Tensor>();
        for (var i = 0; i < queries; i++) rows.Add(k.sub(q.narrow(0, i, 1)).square().mean([1]));
        return stack(rows, 0).reshape(queries, k.shape[0], patch.Places((int)output.shape[2]), patch.Places((int)output.shape[3])).MoveToOuterDisposeScope();
    }

    /// <summary>[count, frames of a patch * 3 * size², places]; frames wrap at the end.</summary>
    private static Tensor Of(Tensor clip, PatchSettings patch, long count)
    {
        var columns = nn.functional.unfold(clip, patch.Size, stride: patch.Stride);
        return cat([.. Enumerable.Range(0, patch.Frames).Select(d => columns.index_select(0, FrameDistances.Frames(count, d, clip.shape[0], clip.device)))], 1);
    }
}
