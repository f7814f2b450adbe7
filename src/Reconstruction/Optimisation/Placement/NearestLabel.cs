namespace Depth3D.Reconstruction.Optimisation.Placement;

/// <summary>Spreads labels over pixels that have none, breadth first, so that each takes that of the nearest.</summary>
internal static class NearestLabel
{
    /// <param name="labels">0 = none; filled in place where a path of allowed pixels leads to a label.</param>
    /// <param name="allowed">Pixels that may take one.</param>
    public static void Fill(int[] labels, int width, int height, Func<int, bool> allowed)
    {
        var queue = new Queue<int>(Enumerable.Range(0, labels.Length).Where(i => labels[i] > 0));
        while (queue.TryDequeue(out var i))
        {
            var (x, y) = (i % width, i / width);
            if (x > 0) Take(i - 1, labels[i]);
            if (x + 1 < width) Take(i + 1, labels[i]);
            if (y > 0) Take(i - width, labels[i]);
            if (y + 1 < height) Take(i + width, labels[i]);
        }

        void Take(int i, int label)
        {
            if (labels[i] != 0 || !allowed(i)) return;
            labels[i] = label;
            queue.Enqueue(i);
        }
    }
}
