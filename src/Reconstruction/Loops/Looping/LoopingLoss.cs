using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Loops.Looping;

/// <summary>
/// The looping loss (spec 5.3) in its exact fast form (spec 5.5): how far a loop, repeated for ever, is from one whose patches all come from a clip
/// at the same place.
/// </summary>
public static class LoopingLoss
{
    /// <summary>Side of the squares that a picture is searched in, with what they overlap; any side gives the same patches.</summary>
    private const int Block = 65;

    /// <summary>The clip's patches put in the place of the loop's: what the loop is drawn to.</summary>
    /// <param name="output">[T, 3, h, w], exposure factor applied; no gradient is taken.</param>
    /// <param name="input">[F, 3, h, w], the same pixels.</param>
    /// <param name="valid">[F, h, w]: 1 where the input has a colour; null for everywhere.</param>
    /// <param name="block">Side of a macro block.</param>
    /// <returns>Of T frames, or of T and those repeated at the end where the settings are not circular.</returns>
    public static RetargetedClip Target(Tensor output, Tensor input, PatchSettings patch, Tensor? valid = null, int block = Block)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(patch);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var frames = (int)output.shape[0] + (patch.Circular ? 0 : patch.Frames - 1);
        var whole = new RetargetedClip(zeros_like(input.narrow(0, 0, 1)).repeat(frames, 1, 1, 1), zeros_like(input.narrow(0, 0, 1).narrow(1, 0, 1)).repeat(frames, 1, 1, 1));
        foreach (var (y, height) in Blocks((int)output.shape[2], patch, block))
        {
            foreach (var (x, width) in Blocks((int)output.shape[3], patch, block))
            {
                using var part = NewDisposeScope();
                Tensor Cut(Tensor t) => t.narrow(-2, y, height).narrow(-1, x, width);
                var (shown, seen) = (Cut(output.detach()), Cut(input));
                var usable = valid is null ? null : PatchSearch.Usable(Cut(valid), patch);
                var keys = PatchSearch.Nearest(FrameDistances.Of(shown, seen, patch), patch.Alpha, usable);
                var folded = RetargetedClip.Fold(keys, seen, frames, patch);
                Cut(whole.Sum).add_(folded.Sum);
                Cut(whole.Count).add_(folded.Count);
            }
        }

        return new RetargetedClip(whole.Sum.MoveToOuterDisposeScope(), whole.Count.MoveToOuterDisposeScope());
    }

    /// <summary>Mean of the penalty over all pixels that windows cover, times the gain; a gradient flows to the output.</summary>
    public static Tensor Of(Tensor output, Tensor input, PatchSettings patch, bool exposure = true)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(patch);
        var factor = exposure ? ExposureFactor.Of(output.mean([0]), input.mean([0])) : 1;
        var shown = output.mul(factor);
        var target = Target(shown, input, patch);
        if (!patch.Circular) shown = cat([shown, shown.narrow(0, 0, patch.Frames - 1)], 0);
        var covered = target.Count.gt(0).to_type(output.dtype);
        return RobustPenalty.Of(shown.sub(target.Mean()).mul(covered)).sum().div(covered.sum().mul(3)).mul(patch.Gain);
    }

    /// <summary>Begins and sides of macro blocks that hold every window once.</summary>
    internal static IEnumerable<(int Start, int Side)> Blocks(int pixels, PatchSettings patch, int block)
    {
        var places = patch.Places(pixels);
        var most = Math.Max(1, patch.Places(block));
        for (var first = 0; first < places; first += most)
            yield return (first * patch.Stride, ((Math.Min(most, places - first) - 1) * patch.Stride) + patch.Size);
    }
}
