using System.Globalization;
using System.Text;
using Depth3D.Reconstruction.Cameras.Import;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Cameras.Colmap;

/// <summary>
/// COLMAP's text model: <c>cameras.txt</c>, <c>images.txt</c> (two lines per image, the second possibly empty) and <c>points3D.txt</c>.
/// Quaternions are Hamilton, scalar first. Numbers are invariant and written to round-trip.
/// </summary>
internal static class ColmapText
{
    public static bool IsIn(string folder) =>
        File.Exists(Path.Combine(folder, "cameras.txt")) && File.Exists(Path.Combine(folder, "images.txt"));

    /// <inheritdoc cref="ColmapModel.Read"/>
    public static ColmapModel Read(string folder)
    {
        var points = Path.Combine(folder, "points3D.txt");
        using var c = CameraFault.Open(Path.Combine(folder, "cameras.txt"));
        using var i = CameraFault.Open(Path.Combine(folder, "images.txt"));
        using var p = File.Exists(points) ? CameraFault.Open(points) : null;
        return Read(c, i, p, folder);
    }

    /// <summary>Reads a model from streams; <paramref name="points"/> may be null.</summary>
    /// <inheritdoc cref="ColmapModel.Read"/>
    public static ColmapModel Read(Stream cameras, Stream images, Stream? points, string where) => ColmapConsistency.Checked(
        ReadCameras(new TextRows(cameras, $"{where}/cameras.txt")),
        ReadImages(new TextRows(images, $"{where}/images.txt")),
        points is null ? [] : ReadPoints(new TextRows(points, $"{where}/points3D.txt")), where);

    public static void Write(ColmapModel model, string folder)
    {
        using var c = File.Create(Path.Combine(folder, "cameras.txt"));
        using var i = File.Create(Path.Combine(folder, "images.txt"));
        using var p = File.Create(Path.Combine(folder, "points3D.txt"));
        Write(model, c, i, p);
    }

    public static void Write(ColmapModel model, Stream cameras, Stream images, Stream points)
    {
        Lines(cameras, ["# CAMERA_ID, MODEL, WIDTH, HEIGHT, PARAMS[]", .. model.Cameras.Select(c =>
            Inv($"{c.Id} {ColmapLenses.NameOf(c.Model)} {c.Width} {c.Height} ") + string.Join(' ', c.Parameters.Select(v => Inv($"{v:R}"))))]);
        Lines(images, ["# IMAGE_ID, QW, QX, QY, QZ, TX, TY, TZ, CAMERA_ID, NAME", "# POINTS2D[] as (X, Y, POINT3D_ID)",
            .. model.Images.SelectMany(ImageRows)]);
        Lines(points, ["# POINT3D_ID, X, Y, Z, R, G, B, ERROR, TRACK[] as (IMAGE_ID, POINT2D_IDX)", .. model.Points.Select(p =>
            Inv($"{p.Id} {p.Position.X:R} {p.Position.Y:R} {p.Position.Z:R} {p.Red} {p.Green} {p.Blue} {p.ErrorPixels:R}")
            + string.Concat(p.Track.Select(t => Inv($" {t.ImageId} {t.ObservationIndex}"))))]);
    }

    private static IEnumerable<string> ImageRows(ColmapImage image)
    {
        var (w, x, y, z) = image.CamFromWorld.Rotation.ToQuaternion();
        var t = image.CamFromWorld.Translation;
        yield return Inv($"{image.Id} {w:R} {x:R} {y:R} {z:R} {t.X:R} {t.Y:R} {t.Z:R} {image.CameraId} {image.Name}");
        yield return string.Join(' ', image.Observations.Select(o => Inv($"{o.X:R} {o.Y:R} {o.PointId}")));
    }

    private static List<ColmapCamera> ReadCameras(TextRows rows)
    {
        var cameras = new List<ColmapCamera>();
        while (rows.NextContent())
        {
            var id = rows.Int();
            var lens = ColmapLenses.Parse(rows.Word(), rows.Where);
            int width = rows.Int(), height = rows.Int();
            var values = new double[ColmapLenses.CountOf(lens)];
            for (var k = 0; k < values.Length; k++) values[k] = rows.Double();
            if (rows.More) throw rows.Bad($"{ColmapLenses.NameOf(lens)} takes {values.Length} parameters, more follow");
            cameras.Add(new ColmapCamera(id, lens, width, height, values));
        }

        return cameras;
    }

    private static List<ColmapImage> ReadImages(TextRows rows)
    {
        var images = new List<ColmapImage>();
        while (rows.NextContent())
        {
            var id = rows.Int();
            var rotation = CameraFault.Rotation(rows.Double(), rows.Double(), rows.Double(), rows.Double(), rows.Where);
            var translation = new Vec3(rows.Double(), rows.Double(), rows.Double());
            var camera = rows.Int();
            var name = rows.Rest();
            if (name.Length == 0) throw rows.Bad("an image name is missing");
            if (!rows.NextRaw()) throw rows.Bad("the file ends where the key points of an image should stand");
            var observations = new List<ColmapObservation>();
            while (rows.More) observations.Add(new ColmapObservation(rows.Double(), rows.Double(), rows.Long()));
            images.Add(new ColmapImage(id, new RigidTransform(rotation, translation), camera, name, observations));
        }

        return images;
    }

    private static List<ColmapPoint> ReadPoints(TextRows rows)
    {
        var points = new List<ColmapPoint>();
        while (rows.NextContent())
        {
            var id = rows.Long();
            var position = new Vec3(rows.Double(), rows.Double(), rows.Double());
            byte r = rows.Byte(), g = rows.Byte(), b = rows.Byte();
            var error = rows.Double();
            var track = new List<(int, int)>();
            while (rows.More) track.Add((rows.Int(), rows.Int()));
            points.Add(new ColmapPoint(id, position, r, g, b, error, track));
        }

        return points;
    }

    private static void Lines(Stream stream, IEnumerable<string> lines)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        foreach (var line in lines) writer.WriteLine(line);
    }

    private static string Inv(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
