using System.Globalization;
using System.Text;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Cameras.Import;

/// <summary>
/// The text format of spec 1.3: <c>T.intrinsics.txt</c> (<c>index fx fy cx cy</c>), <c>T.matrices.txt</c> (<c>index</c> and 16 numbers: camera to
/// world, OpenGL camera axes) and an optional <c>T.obj</c> with the sparse points. The files do not say the image size, so it is given.
/// </summary>
internal static class DavisCameras
{
    public const string MatricesSuffix = ".matrices.txt";

    /// <param name="matricesPath">Path of <c>T.matrices.txt</c>; the other files are found beside it.</param>
    /// <param name="width">Width of the images the intrinsics belong to, in pixels.</param>
    /// <exception cref="Messages.Depth3DException">A file is missing or a value makes no sense.</exception>
    public static CameraSet Read(string matricesPath, int width, int height)
    {
        var stem = matricesPath[..^MatricesSuffix.Length];
        using var matrices = CameraFault.Open(matricesPath);
        using var intrinsics = CameraFault.Open(stem + ".intrinsics.txt");
        using var points = File.Exists(stem + ".obj") ? CameraFault.Open(stem + ".obj") : null;
        return Read(matrices, intrinsics, points, width, height, stem);
    }

    /// <inheritdoc cref="Read(string, int, int)"/>
    public static CameraSet Read(Stream matrices, Stream intrinsics, Stream? points, int width, int height, string where)
    {
        var k = ReadIntrinsics(new TextRows(intrinsics, where + ".intrinsics.txt"), width, height);
        var rows = new TextRows(matrices, where + MatricesSuffix);
        var cameras = new List<NamedCamera>();
        var seen = new HashSet<int>();
        Span<double> m = stackalloc double[16];
        while (rows.NextContent())
        {
            var index = FrameIndex(rows);
            if (!seen.Add(index)) throw rows.Bad($"frame {index} occurs twice (a second run of an appending converter?)");
            for (var n = 0; n < 16; n++) m[n] = rows.Double();
            if (rows.More) throw rows.Bad("an index and 16 numbers expected, more follow");
            cameras.Add(new NamedCamera(null, OpenGlPose.CamFromWorld(m, rows.Where), k));
        }

        if (cameras.Count == 0) throw CameraFault.Of(where + MatricesSuffix, "no matrix");
        return new CameraSet(cameras, points is null ? [] : ReadPoints(new TextRows(points, where + ".obj")), []);
    }

    /// <summary>Writes the two text files; M = inv([R t; 0 1]) * F4 (spec 1.3, B1).</summary>
    public static void Write(CameraTrack track, Stream matrices, Stream intrinsics)
    {
        using var m = new StreamWriter(matrices, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        using var k = new StreamWriter(intrinsics, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        for (var i = 0; i < track.Frames.Count; i++)
        {
            var (r, t) = OpenGlPose.WorldFromOpenGl(track.Frames[i].CamFromWorld);
            var c = track.Intrinsics;
            m.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{i} {r.M00:R} {r.M01:R} {r.M02:R} {t.X:R} {r.M10:R} {r.M11:R} {r.M12:R} {t.Y:R} {r.M20:R} {r.M21:R} {r.M22:R} {t.Z:R} 0 0 0 1"));
            k.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{i} {c.Fx:R} {c.Fy:R} {c.Cx:R} {c.Cy:R}"));
        }
    }

    private static Intrinsics ReadIntrinsics(TextRows rows, int width, int height)
    {
        if (!rows.NextContent()) throw rows.Bad("no line with intrinsics");
        FrameIndex(rows);
        var k = new Intrinsics(rows.Double(), rows.Double(), rows.Double(), rows.Double(), width, height);
        CameraFault.CheckIntrinsics(k, rows.Where);
        return k;
    }

    private static int FrameIndex(TextRows rows)
    {
        var v = rows.Double();
        return v is >= 0 and <= int.MaxValue && v == Math.Floor(v) ? (int)v : throw rows.Bad($"frame index {v}: a whole number expected");
    }

    private static List<SparsePoint> ReadPoints(TextRows rows)
    {
        var points = new List<SparsePoint>();
        while (rows.NextContent())
        {
            if (rows.Word() == "v")
                points.Add(new SparsePoint(new Vec3(rows.Double(), rows.Double(), rows.Double()), 128, 128, 128, 0, 0));
        }

        return points;
    }
}
