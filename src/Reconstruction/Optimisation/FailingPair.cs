using TorchSharp;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>Names the frames of the first sample whose residual is not a finite number.</summary>
internal static class FailingPair
{
    public static string Find(IReadOnlyList<LossTerms> terms, StaticBatch? still, MovingBatch? moving, int firstFrame)
    {
        if (still is not null && FirstBad(terms[0]) is { } s)
        {
            int a = (int)still.Values[(StaticBatch.Frame1 * still.Count) + s], b = (int)still.Values[(StaticBatch.Frame2 * still.Count) + s];
            return $"frames {firstFrame + a} and {firstFrame + b}, static pixels";
        }

        if (moving is { Count: > 0 } && FirstBad(terms[^1]) is { } m)
        {
            var a = firstFrame + (int)moving.Values[(MovingBatch.Frame1 * moving.Count) + m];
            return $"frames {a} to {a + moving.Gaps[^1]}, moving pixels";
        }

        return "no single pair of frames (the parameters themselves)";
    }

    private static int? FirstBad(LossTerms terms)
    {
        using var scope = torch.NewDisposeScope();
        var index = Array.FindIndex(terms.PerSample.detach().cpu().contiguous().data<float>().ToArray(), r => !float.IsFinite(r));
        return index < 0 ? null : index;
    }
}
