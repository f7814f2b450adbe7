using System.Text;
using Depth3D.Reconstruction.Cameras.Import;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Cameras.Colmap;

/// <summary>
/// COLMAP's binary model: little endian, <c>cameras.bin</c>, <c>images.bin</c> and <c>points3D.bin</c>. Counts are distrusted: no list is larger
/// than the bytes that are there.
/// </summary>
internal static class ColmapBinary
{
    public static bool IsIn(string folder) =>
        File.Exists(Path.Combine(folder, "cameras.bin")) && File.Exists(Path.Combine(folder, "images.bin"));

    /// <inheritdoc cref="ColmapModel.Read"/>
    public static ColmapModel Read(string folder)
    {
        var points = Path.Combine(folder, "points3D.bin");
        using var c = CameraFault.Open(Path.Combine(folder, "cameras.bin"));
        using var i = CameraFault.Open(Path.Combine(folder, "images.bin"));
        using var p = File.Exists(points) ? CameraFault.Open(points) : null;
        return Read(c, i, p, folder);
    }

    /// <summary>Reads a model from streams; <paramref name="points"/> may be null.</summary>
    /// <inheritdoc cref="ColmapModel.Read"/>
    public static ColmapModel Read(Stream cameras, Stream images, Stream? points, string where) => ColmapConsistency.Checked(
        ReadCameras(new BinaryFields(cameras, $"{where}/cameras.bin")),
        ReadImages(new BinaryFields(images, $"{where}/images.bin")),
        points is null ? [] : ReadPoints(new BinaryFields(points, $"{where}/points3D.bin")), where);

    public static void Write(ColmapModel model, string folder)
    {
        using var c = File.Create(Path.Combine(folder, "cameras.bin"));
        using var i = File.Create(Path.Combine(folder, "images.bin"));
        using var p = File.Create(Path.Combine(folder, "points3D.bin"));
        Write(model, c, i, p);
    }

    public static void Write(ColmapModel model, Stream cameras, Stream images, Stream points)
    {
        WriteCameras(model.Cameras, cameras);
        WriteImages(model.Images, images);
        WritePoints(model.Points, points);
    }

    private static void WriteCameras(IReadOnlyList<ColmapCamera> cameras, Stream stream)
    {
        using var w = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        w.Write((ulong)cameras.Count);
        foreach (var camera in cameras)
        {
            w.Write(camera.Id);
            w.Write((int)camera.Model);
            w.Write((ulong)camera.Width);
            w.Write((ulong)camera.Height);
            foreach (var v in camera.Parameters) w.Write(v);
        }
    }

    private static void WriteImages(IReadOnlyList<ColmapImage> images, Stream stream)
    {
        using var w = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        w.Write((ulong)images.Count);
        foreach (var image in images)
        {
            w.Write(image.Id);
            var (qw, qx, qy, qz) = image.CamFromWorld.Rotation.ToQuaternion();
            var t = image.CamFromWorld.Translation;
            foreach (var v in (ReadOnlySpan<double>)[qw, qx, qy, qz, t.X, t.Y, t.Z]) w.Write(v);
            w.Write(image.CameraId);
            w.Write(Encoding.UTF8.GetBytes(image.Name));
            w.Write((byte)0);
            w.Write((ulong)image.Observations.Count);
            foreach (var o in image.Observations)
            {
                w.Write(o.X);
                w.Write(o.Y);
                w.Write(o.PointId);
            }
        }
    }

    private static void WritePoints(IReadOnlyList<ColmapPoint> points, Stream stream)
    {
        using var w = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        w.Write((ulong)points.Count);
        foreach (var p in points)
        {
            w.Write(p.Id);
            foreach (var v in (ReadOnlySpan<double>)[p.Position.X, p.Position.Y, p.Position.Z]) w.Write(v);
            w.Write([p.Red, p.Green, p.Blue]);
            w.Write(p.ErrorPixels);
            w.Write((ulong)p.Track.Count);
            foreach (var (image, index) in p.Track)
            {
                w.Write(image);
                w.Write(index);
            }
        }
    }

    private static List<ColmapCamera> ReadCameras(BinaryFields fields)
    {
        var count = fields.Count("cameras", 24);
        var cameras = new List<ColmapCamera>(count);
        for (var k = 0; k < count; k++)
        {
            var id = fields.Int("a camera id");
            var lens = ColmapLenses.Parse(fields.Int("a lens model"), fields.File);
            long width = fields.Long("a width"), height = fields.Long("a height");
            CameraFault.CheckSize(width, height, $"{fields.File}, camera {id}");
            var values = new double[ColmapLenses.CountOf(lens)];
            for (var v = 0; v < values.Length; v++) values[v] = fields.Double("a lens parameter");
            cameras.Add(new ColmapCamera(id, lens, (int)width, (int)height, values));
        }

        fields.End();
        return cameras;
    }

    private static List<ColmapImage> ReadImages(BinaryFields fields)
    {
        var count = fields.Count("images", 73);
        var images = new List<ColmapImage>(count);
        for (var k = 0; k < count; k++)
        {
            var id = fields.Int("an image id");
            double w = fields.Double("qw"), x = fields.Double("qx"), y = fields.Double("qy"), z = fields.Double("qz");
            var rotation = CameraFault.Rotation(w, x, y, z, $"{fields.File}, image {id}");
            var translation = new Vec3(fields.Double("tx"), fields.Double("ty"), fields.Double("tz"));
            var camera = fields.Int("a camera id");
            var name = fields.ZeroTerminated("an image name");
            var observations = new ColmapObservation[fields.Count("key points", 24)];
            for (var o = 0; o < observations.Length; o++)
                observations[o] = new(fields.Double("x"), fields.Double("y"), fields.Long("a point id"));
            images.Add(new ColmapImage(id, new RigidTransform(rotation, translation), camera, name, observations));
        }

        fields.End();
        return images;
    }

    private static List<ColmapPoint> ReadPoints(BinaryFields fields)
    {
        var count = fields.Count("points", 51);
        var points = new List<ColmapPoint>(count);
        for (var k = 0; k < count; k++)
        {
            var id = fields.Long("a point id");
            var position = new Vec3(fields.Double("x"), fields.Double("y"), fields.Double("z"));
            byte r = fields.Byte("red"), g = fields.Byte("green"), b = fields.Byte("blue");
            var error = fields.Double("an error");
            var track = new (int, int)[fields.Count("track entries", 8)];
            for (var t = 0; t < track.Length; t++) track[t] = (fields.Int("an image id"), fields.Int("a key point index"));
            points.Add(new ColmapPoint(id, position, r, g, b, error, track));
        }

        fields.End();
        return points;
    }
}
