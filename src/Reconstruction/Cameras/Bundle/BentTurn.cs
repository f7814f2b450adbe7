using Depth3D.Reconstruction.Cameras.Rotation;
using Depth3D.Reconstruction.Geometry;
using MathNet.Numerics.LinearAlgebra;

namespace Depth3D.Reconstruction.Cameras.Bundle;

/// <summary>
/// What a camera that only turns can do to the picture of a pair of frames beside turning: its lens bends (radial, second and fourth order) and its
/// shutter rolls (a shift that grows with the row). All of it is fitted to each pair by itself, which is more than a real camera is free to do.
/// </summary>
internal static class BentTurn
{
    private const int Terms = 7, Iterations = 5;

    /// <summary>Distances in pixels of every correspondence from the best such turn.</summary>
    public static double[] Residuals(FlowCorrespondences pair, double focal)
    {
        var residuals = new double[pair.Count];
        var rotation = RotationFit.Run(pair, focal, residuals);
        var system = Matrix<double>.Build.Dense(2 * pair.Count, Terms);
        var wanted = Vector<double>.Build.Dense(2 * pair.Count);
        for (var i = 0; i < pair.Count; i++) Fill(system, wanted, i, pair, focal, rotation);
        for (var k = 0; k < Iterations; k++)
        {
            var weights = Vector<double>.Build.Dense(2 * pair.Count, row => Weight(residuals[row / 2]));
            var weighted = Matrix<double>.Build.Dense(system.RowCount, Terms, (r, c) => weights[r] * system[r, c]);
            var normal = weighted.TransposeThisAndMultiply(system);
            for (var c = 0; c < Terms; c++) normal[c, c] += 1e-9 * (1 + normal[c, c]);
            var left = wanted - (system * normal.Solve(weighted.TransposeThisAndMultiply(wanted)));
            for (var i = 0; i < residuals.Length; i++) residuals[i] = Math.Sqrt((left[2 * i] * left[2 * i]) + (left[(2 * i) + 1] * left[(2 * i) + 1]));
        }

        return residuals;
    }

    private static double Weight(double residual)
    {
        var t = residual / RotationFit.ScalePixels;
        return 1 / ((1 + (t * t)) * (1 + (t * t)));
    }

    private static void Fill(Matrix<double> system, Vector<double> wanted, int i, FlowCorrespondences pair, double focal, Mat3 rotation)
    {
        var seen = rotation * new Vec3(pair.X1[i], pair.Y1[i], focal);
        double x = seen.X / seen.Z, y = seen.Y / seen.Z, x1 = pair.X1[i] / focal, y1 = pair.Y1[i] / focal;
        double r = (x * x) + (y * y), r1 = (x1 * x1) + (y1 * y1);
        // Small turns about the three axes, the row's shift both ways, the two radial terms.
        double[] u = [-x * y, 1 + (x * x), -y, y, 0, (r * x) - (r1 * x1), (r * r * x) - (r1 * r1 * x1)];
        double[] v = [-(1 + (y * y)), x * y, x, 0, y, (r * y) - (r1 * y1), (r * r * y) - (r1 * r1 * y1)];
        for (var c = 0; c < Terms; c++) (system[2 * i, c], system[(2 * i) + 1, c]) = (focal * u[c], focal * v[c]);
        (wanted[2 * i], wanted[(2 * i) + 1]) = (pair.X2[i] - (focal * x), pair.Y2[i] - (focal * y));
    }
}
