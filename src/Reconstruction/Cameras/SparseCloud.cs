using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Cameras;

/// <summary>Writes sparse points in the world of their cameras (OpenCV axes, the solver's unit).</summary>
public static class SparseCloud
{
    /// <summary>Positions and colours for viewers.</summary>
    public static void WritePly(string path, IReadOnlyList<SparsePoint> points)
    {
        var xyz = new float[points.Count * 3];
        var rgb = new byte[points.Count * 3];
        for (var i = 0; i < points.Count; i++)
        {
            var p = points[i];
            (xyz[3 * i], xyz[(3 * i) + 1], xyz[(3 * i) + 2]) = ((float)p.Position.X, (float)p.Position.Y, (float)p.Position.Z);
            (rgb[3 * i], rgb[(3 * i) + 1], rgb[(3 * i) + 2]) = (p.Red, p.Green, p.Blue);
        }

        Ply.WriteBinary(path, xyz, rgb, ["axes: x right, y down, z forward (OpenCV)", "unit: the camera solver's, before scaling to the prior"]);
    }

    /// <summary>NPZ: <c>xyz</c> f64 [N, 3], <c>error</c> f32 [N] in pixels, <c>track</c> i32 [N] (frames that see the point).</summary>
    public static void WriteNpz(string path, IReadOnlyList<SparsePoint> points) => Npz.Write(path,
        ("xyz", NpyArray.From(points.SelectMany(p => new[] { p.Position.X, p.Position.Y, p.Position.Z }).ToArray(), points.Count, 3)),
        ("error", NpyArray.From(points.Select(p => (float)p.ErrorPixels).ToArray(), points.Count)),
        ("track", NpyArray.From(points.Select(p => p.TrackLength).ToArray(), points.Count)));
}
