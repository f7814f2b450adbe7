using Depth3D.Reconstruction.Geometry;
using MathNet.Numerics.LinearAlgebra;

namespace Depth3D.Reconstruction.Cameras;

/// <summary>
/// Compares solved cameras with true ones: absolute trajectory error after Umeyama's alignment (1991) of the centres, rotation error after the one
/// rotation of the world that suits all cameras best (a flat arc of centres hardly fixes it).
/// </summary>
public static class CameraError
{
    /// <summary>A path whose second principal extent is below this share of the first is a line and does not fix the rotation about it.</summary>
    private const double LineShare = 1e-3;

    /// <exception cref="ArgumentException">The tracks have different lengths, or nothing is registered.</exception>
    public static CameraErrors Compare(CameraTrack track, CameraTrack truth)
    {
        if (track.Frames.Count != truth.Frames.Count)
            throw new ArgumentException($"{track.Frames.Count} cameras against {truth.Frames.Count} true ones", nameof(track));
        var used = Enumerable.Range(0, track.Frames.Count).Where(i => track.Frames[i].Registered).ToArray();
        if (used.Length == 0) throw new ArgumentException("no registered camera", nameof(track));
        var from = used.Select(i => track.Frames[i].CamFromWorld).ToArray();
        var to = used.Select(i => truth.Frames[i].CamFromWorld).ToArray();
        var (rotation, turn, scale, fromMean, toMean) = Align(from, to);
        double square = 0, angleSum = 0, angleMax = 0, path = 0;
        for (var i = 0; i < used.Length; i++)
        {
            var placed = (rotation * ((from[i].Center - fromMean) * scale)) + toMean;
            square += Math.Pow((placed - to[i].Center).Length, 2);
            var angle = Rotations.AngleBetween(from[i].Rotation * turn.Transposed, to[i].Rotation) * 180 / Math.PI;
            angleSum += angle;
            angleMax = Math.Max(angleMax, angle);
            if (i > 0) path += (to[i].Center - to[i - 1].Center).Length;
        }

        var focal = track.Intrinsics.ScaledTo(truth.Intrinsics.Width, truth.Intrinsics.Height).Fx / truth.Intrinsics.Fx;
        return new CameraErrors(Math.Sqrt(square / used.Length), path, angleSum / used.Length, angleMax, focal, scale, used.Length);
    }

    private static (Mat3 Rotation, Mat3 Turn, double Scale, Vec3 FromMean, Vec3 ToMean) Align(RigidTransform[] from, RigidTransform[] to)
    {
        Vec3 fromMean = Mean(from), toMean = Mean(to);
        var centers = Matrix<double>.Build.Dense(3, 3);
        var turns = Matrix<double>.Build.Dense(3, 3);
        double fromSquare = 0;
        for (var i = 0; i < from.Length; i++)
        {
            Vec3 a = from[i].Center - fromMean, b = to[i].Center - toMean;
            centers += Outer(b, a);
            fromSquare += a.Dot(a);
            turns += Dense(to[i].Rotation.Transposed * from[i].Rotation);
        }

        var svd = centers.Svd();
        var turn = FromRotations(turns);
        var rotation = svd.S[1] > LineShare * svd.S[0] && svd.S[0] > 0 ? Proper(svd.U, svd.VT) : turn;
        double dot = 0;
        for (var i = 0; i < from.Length; i++) dot += (rotation * (from[i].Center - fromMean)).Dot(to[i].Center - toMean);
        var scale = fromSquare > 1e-20 && dot > 0 ? dot / fromSquare : 1;
        return (rotation, turn, scale, fromMean, toMean);
    }

    private static Mat3 FromRotations(Matrix<double> turns)
    {
        var svd = turns.Svd();
        return Proper(svd.U, svd.VT);
    }

    /// <summary>U diag(1, 1, ±1) Vᵀ with determinant 1.</summary>
    private static Mat3 Proper(Matrix<double> u, Matrix<double> vt)
    {
        var sign = (u * vt).Determinant() < 0 ? -1.0 : 1.0;
        var r = u * Matrix<double>.Build.DenseOfDiagonalArray([1, 1, sign]) * vt;
        return new Mat3(r[0, 0], r[0, 1], r[0, 2], r[1, 0], r[1, 1], r[1, 2], r[2, 0], r[2, 1], r[2, 2]);
    }

    private static Vec3 Mean(RigidTransform[] poses)
    {
        var sum = Vec3.Zero;
        foreach (var pose in poses) sum += pose.Center;
        return sum * (1.0 / poses.Length);
    }

    private static Matrix<double> Outer(Vec3 a, Vec3 b) => Matrix<double>.Build.DenseOfArray(new[,]
    {
        { a.X * b.X, a.X * b.Y, a.X * b.Z }, { a.Y * b.X, a.Y * b.Y, a.Y * b.Z }, { a.Z * b.X, a.Z * b.Y, a.Z * b.Z },
    });

    private static Matrix<double> Dense(Mat3 m) => Matrix<double>.Build.DenseOfArray(new[,]
    {
        { m.M00, m.M01, m.M02 }, { m.M10, m.M11, m.M12 }, { m.M20, m.M21, m.M22 },
    });
}
