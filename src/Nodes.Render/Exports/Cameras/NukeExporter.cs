using System.Globalization;
using System.Text;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Nodes.Render.Exports.Cameras;

/// <summary>
/// The camera as Nuke's <c>.chan</c>: a line per frame of frame, position, rotation in degrees (order ZXY), vertical angle of view; OpenGL axes with y up.
/// The format holds no film back and no principal point; <c>camera.txt</c> beside it says them.
/// </summary>
internal sealed class NukeExporter : IClipExporter
{
    /// <summary>Nuke's default horizontal film back, mm.</summary>
    private const double ApertureMillimetres = 24.576;

    public string Format => "nuke";

    public string Summary => "camera.chan: position, rotation (ZXY), vertical angle of view per frame, y up (Nuke, Natron, Blender, Houdini)";

    public Task WriteClipAsync(ExportScene scene, string folder, IProgress<double> progress, CancellationToken cancellation)
    {
        var k = scene.Intrinsics;
        var angle = Degrees(2 * Math.Atan(k.Height / (2 * k.Fy)));
        var lines = new StringBuilder();
        for (var i = 0; i < scene.FrameCount; i++)
        {
            var camera = ExportAxes.WorldFromOpenGlCam(scene.WorldFromCam(i), ExportAxes.YUp);
            var (x, y, z) = AnglesZxy(camera.Rotation);
            var t = camera.Translation;
            lines.Append(CultureInfo.InvariantCulture, $"{i} {t.X:R} {t.Y:R} {t.Z:R} {Degrees(x):R} {Degrees(y):R} {Degrees(z):R} {angle:R}\n");
        }

        File.WriteAllText(Path.Combine(folder, "camera.chan"), lines.ToString());
        File.WriteAllText(Path.Combine(folder, "camera.txt"), Notes(scene));
        return Task.CompletedTask;
    }

    private static string Notes(ExportScene scene)
    {
        var k = scene.Intrinsics;
        var vertical = ApertureMillimetres * k.Height / k.Width * (k.Fx / k.Fy);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"clip {scene.Name}: {scene.FrameCount} frames from 0, {k.Width}x{k.Height}, {scene.FramesPerSecond:R} per second\n");
        text.Append(CultureInfo.InvariantCulture, $"unit: {scene.Unit}\n");
        text.Append("axes: y up, the camera looks along -z; the run's world turned half about x\n");
        text.Append("Camera node: File > import chan file, rotation order ZXY. Then set:\n");
        text.Append(CultureInfo.InvariantCulture, $"horiz aperture {ApertureMillimetres:R}\nvert aperture {vertical:R}\nfocal length {k.Fx * ApertureMillimetres / k.Width:R}\n");
        text.Append(CultureInfo.InvariantCulture, $"principal point, which .chan cannot hold: {k.Cx - ((k.Width - 1) / 2.0):R} px right of the middle, {k.Cy - ((k.Height - 1) / 2.0):R} px below it\n");
        return text.ToString();
    }

    /// <summary>Angles in radians of R = Ry Rx Rz: the rotation about z is applied first.</summary>
    public static (double X, double Y, double Z) AnglesZxy(Mat3 r)
    {
        var x = Math.Asin(Math.Clamp(-r.M12, -1, 1));
        return Math.Abs(r.M12) < 1 - 1e-12
            ? (x, Math.Atan2(r.M02, r.M22), Math.Atan2(r.M10, r.M11))
            : (x, Math.Atan2(-r.M20, r.M00), 0); // looking straight up or down: only the sum of the other two is known
    }

    private static double Degrees(double radians) => radians * 180 / Math.PI;
}
