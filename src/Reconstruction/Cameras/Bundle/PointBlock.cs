namespace Depth3D.Reconstruction.Cameras.Bundle;

/// <summary>One point's part of the normal equations: its own diagonal, and its coupling to the cameras that see it and to the focal length.</summary>
internal sealed class PointBlock
{
    private const double Ridge = 1e-9;
    private readonly int[] _columns;

    public PointBlock(FlowPoint point, int focal)
    {
        var sightings = point.Sightings;
        _columns = new int[(6 * (1 + sightings.Length)) + 1];
        for (var s = 0; s <= sightings.Length; s++)
        {
            var frame = s == 0 ? point.Frame : sightings[s - 1].Frame;
            for (var k = 0; k < 6; k++) _columns[(6 * s) + k] = frame == 0 ? -1 : (6 * (frame - 1)) + k;
        }

        _columns[^1] = focal;
        Coupling = new double[_columns.Length];
    }

    public double Diagonal { get; set; }

    public double Right { get; set; }

    public double[] Coupling { get; }

    /// <summary>Where a derivative of the s-th sighting couples.</summary>
    public int Slot(int derivative, int s) => derivative switch
    {
        < 6 => derivative,
        < 12 => (6 * s) + derivative,
        _ => Coupling.Length - 1,
    };

    /// <summary>Takes the point out of the cameras' equations (Schur complement).</summary>
    public void Eliminate(SkylineMatrix matrix, double[] right, double damping)
    {
        var inverse = 1 / Damped(damping);
        for (var a = 0; a < Coupling.Length; a++)
        {
            if (_columns[a] < 0 || Coupling[a] == 0) continue;
            var scaled = Coupling[a] * inverse;
            right[_columns[a]] -= scaled * Right;
            for (var b = 0; b < Coupling.Length; b++)
            {
                if (_columns[b] >= 0 && _columns[b] <= _columns[a]) matrix.At(_columns[a], _columns[b]) -= scaled * Coupling[b];
            }
        }
    }

    /// <summary>The point's own step once the cameras' is known.</summary>
    public double Back(double[] step, double damping)
    {
        var sum = Right;
        for (var a = 0; a < Coupling.Length; a++)
        {
            if (_columns[a] >= 0) sum -= Coupling[a] * step[_columns[a]];
        }

        return sum / Damped(damping);
    }

    private double Damped(double damping) => (Diagonal * (1 + damping)) + Ridge;
}
