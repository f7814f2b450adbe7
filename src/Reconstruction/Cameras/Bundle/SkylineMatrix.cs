namespace Depth3D.Reconstruction.Cameras.Bundle;

/// <summary>
/// A symmetric matrix of which each row is kept from its first entry to the diagonal. Cholesky's factor fills nothing outside of it (George
/// and Liu 1981), so a clip of many frames that only see their neighbours costs time in proportion to its length.
/// </summary>
internal sealed class SkylineMatrix
{
    private readonly int[] _first;
    private readonly double[][] _rows;

    /// <param name="first">First column of every row that may be non-zero.</param>
    public SkylineMatrix(int[] first)
    {
        _first = first;
        _rows = [.. first.Select((f, i) => new double[i - f + 1])];
    }

    public int Size => _rows.Length;

    /// <summary>The entry in the lower triangle.</summary>
    /// <exception cref="IndexOutOfRangeException">It lies outside of what is kept.</exception>
    public ref double At(int row, int column) => ref _rows[row][column - _first[row]];

    public void Add(SkylineMatrix other)
    {
        for (var i = 0; i < _rows.Length; i++)
        {
            for (var k = 0; k < _rows[i].Length; k++) _rows[i][k] += other._rows[i][k];
        }
    }

    public SkylineMatrix Copy()
    {
        var copy = new SkylineMatrix(_first);
        for (var i = 0; i < _rows.Length; i++) _rows[i].CopyTo(copy._rows[i], 0);
        return copy;
    }

    /// <summary>Solves for a right side, in place of which the solution is left; the matrix becomes its factor.</summary>
    /// <returns>False where the matrix is not positive definite.</returns>
    public bool Solve(double[] right)
    {
        for (var i = 0; i < Size; i++)
        {
            if (!FactorRow(i)) return false;
            right[i] = (right[i] - Dot(_rows[i], 0, right, _first[i], i - _first[i])) / _rows[i][^1];
        }

        for (var i = Size - 1; i >= 0; i--)
        {
            right[i] /= _rows[i][^1];
            for (var k = _first[i]; k < i; k++) right[k] -= _rows[i][k - _first[i]] * right[i];
        }

        return true;
    }

    private bool FactorRow(int i)
    {
        var row = _rows[i];
        for (var j = _first[i]; j < i; j++)
        {
            var from = Math.Max(_first[i], _first[j]);
            row[j - _first[i]] = (row[j - _first[i]] - Dot(row, from - _first[i], _rows[j], from - _first[j], j - from)) / _rows[j][^1];
        }

        var square = row[^1] - Dot(row, 0, row, 0, row.Length - 1);
        row[^1] = Math.Sqrt(square);
        return square > 0 && double.IsFinite(square);
    }

    private static double Dot(double[] a, int fromA, double[] b, int fromB, int count)
    {
        var sum = 0.0;
        for (var k = 0; k < count; k++) sum += a[fromA + k] * b[fromB + k];
        return sum;
    }
}
