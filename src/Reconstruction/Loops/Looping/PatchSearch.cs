using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Loops.Looping;

/// <summary>Which key every query takes (spec 5.3.6-7).</summary>
public static class PatchSearch
{
    /// <summary>A key with fewer valid pixels than this share is nobody's (spec 9.8).</summary>
    public const double ValidShare = 0.95;

    /// <param name="distances">[queries, keys, rows, columns], see <see cref="FrameDistances"/>.</param>
    /// <param name="alpha">Completeness: S = D / (alpha + least D of the key); infinite for S = D.</param>
    /// <param name="usable">[keys, rows, columns] of bool: keys that may be taken; null for all. Where none may be, the nearest is.</param>
    /// <returns>[queries, rows, columns] of int64.</returns>
    public static Tensor Nearest(Tensor distances, double alpha, Tensor? usable = null)
    {
        ArgumentNullException.ThrowIfNull(distances);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var score = distances;
        if (double.IsFinite(alpha)) score = score.div(distances.amin([0], true).add(Math.Max(alpha, PatchSettings.SmallestAlpha)));
        if (usable is not null) score = score.add(Barred(usable, score.dtype).unsqueeze(0));
        return score.argmin(1).MoveToOuterDisposeScope();
    }

    /// <summary>[keys, rows, columns]: whether enough of a key's pixels are valid.</summary>
    /// <param name="valid">[F, h, w]: 1 where the clip has a colour.</param>
    public static Tensor Usable(Tensor valid, PatchSettings patch)
    {
        ArgumentNullException.ThrowIfNull(valid);
        ArgumentNullException.ThrowIfNull(patch);
        using var scope = NewDisposeScope();
        var share = nn.functional.avg_pool2d(valid.unsqueeze(1), patch.Size, patch.Stride).squeeze(1);
        var keys = share.shape[0] - patch.Frames + 1;
        var sum = share.narrow(0, 0, keys).clone();
        for (var d = 1; d < patch.Frames; d++) sum.add_(share.narrow(0, d, keys));
        return sum.ge(ValidShare * patch.Frames).MoveToOuterDisposeScope();
    }

    /// <summary>A large number for keys that may not be taken, 0 for the others and at places without any that may.</summary>
    private static Tensor Barred(Tensor usable, ScalarType type)
    {
        var flags = usable.to_type(type);
        return flags.amax([0], true).sub(flags).mul(1e9);
    }
}
