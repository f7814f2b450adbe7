namespace Depth3D.Reconstruction.Masks;

/// <summary>Accumulates weighted rows of a small linear least-squares problem and solves it by Cholesky with a tiny ridge.</summary>
internal sealed class NormalEquations(int unknowns)
{
    private readonly double[] _matrix = new double[unknowns * unknowns];
    private readonly double[] _right = new double[unknowns];

    public void Add(ReadOnlySpan<double> row, double target, double weight)
    {
        for (var i = 0; i < unknowns; i++)
        {
            var wi = weight * row[i];
            if (wi == 0) continue;
            _right[i] += wi * target;
            for (var j = 0; j <= i; j++) _matrix[(i * unknowns) + j] += wi * row[j];
        }
    }

    /// <summary>The solution, or null where the problem has no unique one.</summary>
    public double[]? Solve(double ridge = 1e-10)
    {
        var n = unknowns;
        var l = (double[])_matrix.Clone();
        var x = (double[])_right.Clone();
        for (var i = 0; i < n; i++) l[(i * n) + i] += ridge * (1 + l[(i * n) + i]);
        for (var j = 0; j < n; j++)
        {
            var d = l[(j * n) + j];
            for (var k = 0; k < j; k++) d -= l[(j * n) + k] * l[(j * n) + k];
            if (!(d > 1e-18)) return null;
            d = Math.Sqrt(d);
            l[(j * n) + j] = d;
            for (var i = j + 1; i < n; i++)
            {
                var s = l[(i * n) + j];
                for (var k = 0; k < j; k++) s -= l[(i * n) + k] * l[(j * n) + k];
                l[(i * n) + j] = s / d;
            }
        }

        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < i; k++) x[i] -= l[(i * n) + k] * x[k];
            x[i] /= l[(i * n) + i];
        }

        for (var i = n - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < n; k++) x[i] -= l[(k * n) + i] * x[k];
            x[i] /= l[(i * n) + i];
        }

        return x;
    }
}
