using Depth3D.Reconstruction.Geometry;
using MathNet.Numerics.LinearAlgebra;

namespace Depth3D.Reconstruction.Cameras.Rotation;

/// <summary>The rotation that explains correspondences best where the camera only turns: x2 ~ K R K⁻¹ x1 with K = diag(f, f, 1).</summary>
internal static class RotationFit
{
    /// <summary>Scale of the Geman-McClure weight in pixels: residuals well above it hardly count.</summary>
    public const double ScalePixels = 0.5;

    private const int Iterations = 6;

    /// <summary>Robust fit on rays (Kabsch, reweighted).</summary>
    /// <param name="residuals">Distance in pixels in frame 2, one per point.</param>
    /// <returns>Rotation that maps directions of camera 1 to those of camera 2.</returns>
    public static Mat3 Run(FlowCorrespondences pair, double focal, double[] residuals)
    {
        var weights = new double[pair.Count];
        Array.Fill(weights, 1);
        var rotation = Mat3.Identity;
        var scale = 8 * ScalePixels;
        for (var k = 0; k < Iterations; k++)
        {
            rotation = Kabsch(pair, focal, weights);
            Residuals(pair, focal, rotation, residuals);
            for (var i = 0; i < weights.Length; i++)
            {
                var t = residuals[i] / scale;
                weights[i] = 1 / ((1 + (t * t)) * (1 + (t * t)));
            }

            scale = Math.Max(scale / 2, ScalePixels);
        }

        return rotation;
    }

    public static void Residuals(FlowCorrespondences pair, double focal, Mat3 rotation, double[] residuals)
    {
        for (var i = 0; i < residuals.Length; i++)
        {
            var q = rotation * new Vec3(pair.X1[i], pair.Y1[i], focal);
            double dx = (focal * q.X / q.Z) - pair.X2[i], dy = (focal * q.Y / q.Z) - pair.Y2[i];
            residuals[i] = q.Z > 0 ? Math.Sqrt((dx * dx) + (dy * dy)) : 1e6;
        }
    }

    private static Mat3 Kabsch(FlowCorrespondences pair, double focal, double[] weights)
    {
        Span<double> sum = stackalloc double[9];
        sum.Clear();
        for (var i = 0; i < weights.Length; i++)
        {
            double ax = pair.X1[i], ay = pair.Y1[i], bx = pair.X2[i], by = pair.Y2[i];
            var w = weights[i] / Math.Sqrt(((ax * ax) + (ay * ay) + (focal * focal)) * ((bx * bx) + (by * by) + (focal * focal)));
            sum[0] += w * bx * ax;
            sum[1] += w * bx * ay;
            sum[2] += w * bx * focal;
            sum[3] += w * by * ax;
            sum[4] += w * by * ay;
            sum[5] += w * by * focal;
            sum[6] += w * focal * ax;
            sum[7] += w * focal * ay;
            sum[8] += w * focal * focal;
        }

        var m = Matrix<double>.Build.DenseOfArray(new[,] { { sum[0], sum[1], sum[2] }, { sum[3], sum[4], sum[5] }, { sum[6], sum[7], sum[8] } });
        var s = m.Svd();
        var sign = (s.U * s.VT).Determinant() < 0 ? -1.0 : 1.0;
        var r = s.U * Matrix<double>.Build.DenseOfDiagonalArray([1, 1, sign]) * s.VT;
        return new Mat3(r[0, 0], r[0, 1], r[0, 2], r[1, 0], r[1, 1], r[1, 2], r[2, 0], r[2, 1], r[2, 2]);
    }
}
