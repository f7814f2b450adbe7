using Observation = Depth3D.Reconstruction.Masks.PlaneParallax.Observation;

namespace Depth3D.Reconstruction.Masks;

/// <summary>Turns flow into normalised correspondences: pixels from the picture's centre over half its width.</summary>
internal readonly struct ViewPoints(int width, int height)
{
    public double Scale { get; } = width / 2.0;

    public double X(double x) => (x - ((width - 1) / 2.0)) / Scale;

    public double Y(double y) => (y - ((height - 1) / 2.0)) / Scale;

    /// <summary>Whether a normalised point lies in the picture, two pixels from its edge.</summary>
    public bool Inside(double x, double y) =>
        Math.Abs(x) <= X(width - 3) && Math.Abs(y) <= Y(height - 3);

    public Observation At(MotionView view, int x, int y, double parallax)
    {
        var at = ((y * width) + x) * 2;
        return new(X(x), Y(y), X(x + view.Flow.Samples[at]), Y(y + view.Flow.Samples[at + 1]), parallax);
    }

    /// <summary>The valid pixels of a grid of every <paramref name="step"/>-th pixel.</summary>
    /// <param name="parallax">Per pixel, NaN to leave it out; null for zero.</param>
    public List<Observation> Grid(MotionView view, int step, double[]? parallax = null)
    {
        var points = new List<Observation>((width / step * height / step) + 1);
        for (var y = step / 2; y < height; y += step)
        {
            for (var x = step / 2; x < width; x += step)
            {
                var i = (y * width) + x;
                if (view.Valid.Samples[i] == 0) continue;
                var p = parallax?[i] ?? 0;
                if (double.IsFinite(p)) points.Add(At(view, x, y, p));
            }
        }

        return points;
    }
}
