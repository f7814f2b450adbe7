using Depth3D.Imaging;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Cameras.Import;

/// <summary>
/// LLFF's <c>poses_bounds.npy</c>: f64 [N, 17], per row a 3x5 matrix [R | C | (height, width, focal)] and the near and far bounds. R maps camera to
/// world with camera axes (down, right, backwards), so OpenCV's x, y, z are its columns 1, 0 and minus 2. No names: the order decides.
/// </summary>
internal static class LlffPoses
{
    private const int Columns = 17;

    /// <inheritdoc cref="FromValues"/>
    public static CameraSet Read(string path)
    {
        var array = Npy.Read(path);
        if (array.Shape.Count != 2 || array.Shape[1] != Columns)
            throw CameraFault.Of(path, $"an array of [{string.Join(", ", array.Shape)}]; [N, {Columns}] expected");
        if (array.DType is not (DType.Float64 or DType.Float32)) throw CameraFault.Of(path, $"holds {array.DType}; floating point numbers expected");
        return array.DType == DType.Float64
            ? FromValues(array.As<double>(), path)
            : FromValues(Array.ConvertAll(array.As<float>().ToArray(), v => (double)v), path);
    }

    /// <param name="values">N * 17 numbers, row-major.</param>
    /// <exception cref="Messages.Depth3DException">The shape or a value makes no sense.</exception>
    public static CameraSet FromValues(ReadOnlySpan<double> values, string where)
    {
        if (values.Length == 0 || values.Length % Columns != 0)
            throw CameraFault.Of(where, $"{values.Length} numbers, which is not [N, {Columns}]");
        var cameras = new List<NamedCamera>();
        for (var at = 0; at < values.Length; at += Columns)
        {
            var row = values.Slice(at, Columns);
            var name = $"{where}, row {cameras.Count}";
            foreach (var v in row)
            {
                if (!double.IsFinite(v)) throw CameraFault.Of(name, $"holds {v}; finite numbers expected");
            }

            CameraFault.CheckSize(row[9], row[4], name);
            var pinhole = Intrinsics.Centered(row[14], row[14], (int)row[9], (int)row[4]);
            CameraFault.CheckIntrinsics(pinhole, name);
            Vec3 down = new(row[0], row[5], row[10]), right = new(row[1], row[6], row[11]), back = new(row[2], row[7], row[12]);
            var worldFromCam = new RigidTransform(Mat3.FromColumns(right, down, -back), new Vec3(row[3], row[8], row[13]));
            CameraFault.CheckPose(worldFromCam, name);
            cameras.Add(new NamedCamera(null, RotationCleanup.Nearest(worldFromCam).Inverse(), pinhole));
        }

        return new CameraSet(cameras, [], []);
    }
}
