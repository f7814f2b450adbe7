using System.Globalization;
using Depth3D.Messages;
using TorchSharp;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>Says which pair of frames made a loss that is not a number; for every method that can name the pair behind a residual.</summary>
internal static class FailingPair
{
    /// <summary>The error of a step whose loss is not finite.</summary>
    /// <param name="groups">
    /// Residuals of that step, any shape, each with the words for its i-th sample: <c>frames 3 and 7, static pixels</c>. The first sample that
    /// is not finite is named.
    /// </param>
    public static Depth3DException Error(int step, IEnumerable<(torch.Tensor Residuals, Func<int, string> Describe)> groups)
    {
        var pair = groups.Select(g => FirstBad(g.Residuals) is { } sample ? g.Describe(sample) : null).FirstOrDefault(p => p is not null);
        return Error(step, pair);
    }

    /// <summary>The error of a step whose loss is not finite, where the pairs that made it are known; null where none did.</summary>
    public static Depth3DException Error(int step, string? pairs) => new(
        string.Create(CultureInfo.InvariantCulture, $"the loss of step {step} is not a finite number"),
        pairs ?? "no single pair of frames (the parameters themselves)",
        "look at the prior depth, cameras and flow of these frames; a lower learning rate may help", FailureKind.BadInput);

    private static int? FirstBad(torch.Tensor residuals)
    {
        using var scope = torch.NewDisposeScope();
        var index = Array.FindIndex(residuals.detach().cpu().contiguous().data<float>().ToArray(), r => !float.IsFinite(r));
        return index < 0 ? null : index;
    }
}
