namespace Depth3D.Inference.Images;

/// <summary>
/// Reads FastestDet's output: one cell per 16 x 16 pixels holding objectness, centre offset (tanh, in cells), size (sigmoid, as a share of
/// the image) and class probabilities. A cell scores objectness times its best class; overlapping boxes of one class are thinned.
/// </summary>
public static class FastestDetCells
{
    private const int BoxValues = 5;

    /// <param name="cells">[1, 5 + classes, rows, columns].</param>
    /// <param name="minScore">Boxes below it are dropped.</param>
    /// <param name="maxOverlap">Of two boxes of a class that overlap more than this (IoU), the better stays.</param>
    /// <returns>Boxes by falling score, clipped to the image.</returns>
    public static IReadOnlyList<DetectedBox> Decode(OnnxTensor cells, float minScore = 0.3f, float maxOverlap = 0.35f)
    {
        if (cells.Rank != 4 || cells.Shape[0] != 1 || cells.Shape[1] <= BoxValues)
            throw new ArgumentException($"cells have shape [1, 5 + classes, rows, columns], got {cells}", nameof(cells));
        var (values, rows, columns) = ((int)cells.Shape[1], (int)cells.Shape[2], (int)cells.Shape[3]);
        var found = new List<DetectedBox>();
        for (var y = 0; y < rows; y++)
        {
            for (var x = 0; x < columns; x++)
            {
                if (Cell(cells.Values, values, rows, columns, x, y) is { } box && box.Score >= minScore) found.Add(box);
            }
        }

        // Ties are broken by position, so that the same image always gives the same list.
        found.Sort((a, b) => (b.Score, a.Y, a.X).CompareTo((a.Score, b.Y, b.X)));
        return Thin(found, maxOverlap);
    }

    private static DetectedBox? Cell(float[] values, int count, int rows, int columns, int x, int y)
    {
        var plane = rows * columns;
        float At(int value) => values[(value * plane) + (y * columns) + x];
        var best = BoxValues;
        for (var v = BoxValues + 1; v < count; v++)
        {
            if (At(v) > At(best)) best = v;
        }

        var (cx, cy) = ((x + MathF.Tanh(At(1))) / columns, (y + MathF.Tanh(At(2))) / rows);
        var (w, h) = (Sigmoid(At(3)), Sigmoid(At(4)));
        var (left, top) = (Math.Clamp(cx - (w / 2), 0, 1), Math.Clamp(cy - (h / 2), 0, 1));
        var (right, bottom) = (Math.Clamp(cx + (w / 2), 0, 1), Math.Clamp(cy + (h / 2), 0, 1));
        return right > left && bottom > top
            ? new DetectedBox(best - BoxValues, At(0) * At(best), left, top, right - left, bottom - top)
            : null;
    }

    private static List<DetectedBox> Thin(List<DetectedBox> sorted, float maxOverlap)
    {
        var kept = new List<DetectedBox>();
        foreach (var box in sorted)
        {
            if (kept.All(k => k.ClassId != box.ClassId || k.Overlap(box) <= maxOverlap)) kept.Add(box);
        }

        return kept;
    }

    private static float Sigmoid(float v) => 1 / (1 + MathF.Exp(-v));
}
