using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Cameras.Import;

/// <summary>
/// LLFF's <c>poses_bounds.npy</c>: f64 [N, 17], each row a <see cref="LlffRow"/>. No names: the order decides.
/// </summary>
public static class LlffPoses
{
    private const int Columns = LlffRow.Length;

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

    /// <summary>One row a camera.</summary>
    public static void Write(string path, IReadOnlyList<LlffRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Npy.Write(path, rows.SelectMany(row => row.Numbers()).ToArray(), rows.Count, Columns);
    }

    /// <param name="values">N * 17 numbers, row-major.</param>
    /// <exception cref="Messages.Depth3DException">The shape or a value makes no sense.</exception>
    public static CameraSet FromValues(ReadOnlySpan<double> values, string where)
    {
        if (values.Length == 0 || values.Length % Columns != 0)
            throw CameraFault.Of(where, $"{values.Length} numbers, which is not [N, {Columns}]");
        var cameras = new List<NamedCamera>();
        for (var at = 0; at < values.Length; at += Columns) cameras.Add(Camera(values.Slice(at, Columns), $"{where}, row {cameras.Count}"));
        return new CameraSet(cameras, [], []);
    }

    private static NamedCamera Camera(ReadOnlySpan<double> numbers, string name)
    {
        foreach (var v in numbers)
        {
            if (!double.IsFinite(v)) throw CameraFault.Of(name, $"holds {v}; finite numbers expected");
        }

        var row = LlffRow.From(numbers);
        CameraFault.CheckSize(row.Width, row.Height, name);
        var pinhole = Intrinsics.Centered(row.Focal, row.Focal, (int)row.Width, (int)row.Height);
        CameraFault.CheckIntrinsics(pinhole, name);
        CameraFault.CheckPose(row.WorldFromCam, name);
        return new NamedCamera(null, RotationCleanup.Nearest(row.WorldFromCam).Inverse(), pinhole);
    }
}
