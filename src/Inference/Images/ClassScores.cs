namespace Depth3D.Inference.Images;

/// <summary>Class scores per pixel, reduced to what masks need.</summary>
public static class ClassScores
{
    /// <summary>The best class of each pixel; the lower id wins a tie.</summary>
    /// <param name="logits">[1, classes, H, W].</param>
    public static byte[] ArgMax(OnnxTensor logits)
    {
        var (classes, pixels) = Extents(logits);
        var best = new byte[pixels];
        var score = logits.Values.AsSpan(0, pixels).ToArray();
        for (var c = 1; c < classes; c++)
        {
            var plane = logits.Values.AsSpan(c * pixels, pixels);
            for (var i = 0; i < pixels; i++)
            {
                if (plane[i] <= score[i]) continue;
                score[i] = plane[i];
                best[i] = (byte)c;
            }
        }

        return best;
    }

    /// <summary>Softmax probability per pixel that it belongs to any of the given classes, 0..1.</summary>
    /// <param name="logits">[1, classes, H, W].</param>
    public static float[] Probability(OnnxTensor logits, IReadOnlyList<int> wanted)
    {
        var (classes, pixels) = Extents(logits);
        var chosen = new bool[classes];
        foreach (var id in wanted) chosen[id] = true;
        var values = logits.Values;
        var largest = values.AsSpan(0, pixels).ToArray();
        for (var c = 1; c < classes; c++)
        {
            var plane = values.AsSpan(c * pixels, pixels);
            for (var i = 0; i < pixels; i++) largest[i] = Math.Max(largest[i], plane[i]);
        }

        var sum = new float[pixels];
        var hit = new float[pixels];
        for (var c = 0; c < classes; c++)
        {
            var plane = values.AsSpan(c * pixels, pixels);
            for (var i = 0; i < pixels; i++)
            {
                var e = MathF.Exp(plane[i] - largest[i]);
                sum[i] += e;
                if (chosen[c]) hit[i] += e;
            }
        }

        for (var i = 0; i < pixels; i++) hit[i] /= sum[i];
        return hit;
    }

    private static (int Classes, int Pixels) Extents(OnnxTensor logits)
    {
        if (logits.Rank != 4 || logits.Shape[0] != 1 || logits.Shape[1] is < 1 or > 256)
            throw new ArgumentException($"class scores have shape [1, classes, H, W], got {logits}", nameof(logits));
        return ((int)logits.Shape[1], checked((int)(logits.Shape[2] * logits.Shape[3])));
    }
}
