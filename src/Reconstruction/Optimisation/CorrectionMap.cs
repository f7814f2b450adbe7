namespace Depth3D.Reconstruction.Optimisation;

/// <summary>The log-depth correction of one frame: the sum of bilinear grids over a picture of width x height pixels.</summary>
public sealed class CorrectionMap
{
    private readonly int _width;
    private readonly int _height;
    private readonly (int Down, int Across, float[] Values)[] _grids;

    internal CorrectionMap(int width, int height, (int Down, int Across, float[] Values)[] grids)
    {
        _width = width;
        _height = height;
        _grids = grids;
    }

    /// <summary>The sum of two corrections of the same size.</summary>
    public CorrectionMap Plus(CorrectionMap other) => other._width == _width && other._height == _height
        ? new(_width, _height, [.. _grids, .. other._grids])
        : throw new ArgumentException($"{other._width}x{other._height} on {_width}x{_height}", nameof(other));

    /// <summary>Correction at a pixel of the training size; outside, the border's.</summary>
    public double At(double x, double y)
    {
        var sum = 0.0;
        foreach (var (down, across, values) in _grids)
        {
            var gx = Math.Clamp(x / (_width - 1), 0, 1) * (across - 1);
            var gy = Math.Clamp(y / (_height - 1), 0, 1) * (down - 1);
            int x0 = Math.Min((int)gx, across - 2), y0 = Math.Min((int)gy, down - 2), i = (y0 * across) + x0;
            double a = gx - x0, b = gy - y0;
            sum += ((1 - b) * (((1 - a) * values[i]) + (a * values[i + 1])))
                + (b * (((1 - a) * values[i + across]) + (a * values[i + across + 1])));
        }

        return sum;
    }
}
