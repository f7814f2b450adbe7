using Depth3D.Messages;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Rendering.Paths;

/// <summary>A camera path through keyframes, smooth in position, direction and field of view.</summary>
public sealed class KeyframePath : IViewPath
{
    private readonly CubicTrack _track;
    private readonly bool _relative;

    private KeyframePath(CubicTrack track, bool relative) => (_track, _relative) = (track, relative);

    /// <param name="medianDepth">Of the clip, world units.</param>
    /// <exception cref="Depth3DException">The file is no keyframe file, or a keyframe's camera makes no sense.</exception>
    public static KeyframePath Open(string path, double medianDepth)
    {
        var file = KeyframeFile.Read(path);
        var unit = file.Unit == "median" ? medianDepth : 1;
        var rows = new double[file.Keyframes!.Length][];
        for (var i = 0; i < rows.Length; i++)
        {
            var key = file.Keyframes[i];
            var center = Vector(key.Position!) * unit;
            var q = Quaternion(key, center, unit, $"{path}, keyframe {i + 1}");
            // Both signs of a quaternion are the same rotation; the nearer one is the shorter way.
            if (i > 0 && (q[0] * rows[i - 1][3]) + (q[1] * rows[i - 1][4]) + (q[2] * rows[i - 1][5]) + (q[3] * rows[i - 1][6]) < 0)
                q = Array.ConvertAll(q, v => -v);
            rows[i] = [center.X, center.Y, center.Z, .. q, key.FieldOfView ?? 0];
        }

        if (rows.Any(r => r[7] > 0) && rows.Any(r => r[7] == 0))
            throw new Depth3DException("some keyframes have a fieldOfView and some do not", path, "give it in all of them or in none");
        return new KeyframePath(new CubicTrack([.. file.Keyframes.Select(k => k.Frame!.Value)], rows), file.RelativeTo == "source");
    }

    public ViewCamera At(int frameIndex, ViewCamera source)
    {
        var row = _track.At(frameIndex);
        var camFromReference = new RigidTransform(Mat3.FromQuaternion(row[3], row[4], row[5], row[6]), new(row[0], row[1], row[2])).Inverse();
        var k = source.Intrinsics;
        if (row[7] > 0)
        {
            var focal = k.Height / 2.0 / Math.Tan(Math.Clamp(row[7], 0.5, 160) * Math.PI / 360);
            k = k with { Fx = k.Fx / k.Fy * focal, Fy = focal };
        }

        return new ViewCamera(k, _relative ? camFromReference * source.CamFromWorld : camFromReference);
    }

    private static double[] Quaternion(Keyframe key, Vec3 center, double unit, string where)
    {
        if (key.Rotation is { } given)
        {
            var length = Math.Sqrt(given.Sum(v => v * v));
            return Array.ConvertAll(given, v => v / length);
        }

        var z = (Vector(key.LookAt!) * unit) - center;
        var down = key.Up is null ? new Vec3(0, 1, 0) : -Vector(key.Up);
        var x = down.Cross(z);
        if (!(x.Length > 1e-9 * z.Length * down.Length) || z.Length == 0)
            throw new Depth3DException("it looks at where it stands, or straight along its up direction", where, "give another lookAt or up");
        (x, z) = (x.Normalized, z.Normalized);
        var (w, qx, qy, qz) = Mat3.FromColumns(x, z.Cross(x), z).ToQuaternion();
        return [w, qx, qy, qz];
    }

    private static Vec3 Vector(double[] v) => new(v[0], v[1], v[2]);
}
