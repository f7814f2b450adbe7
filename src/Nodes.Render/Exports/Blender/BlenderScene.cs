namespace Depth3D.Nodes.Render.Exports.Blender;

/// <summary>What <c>import_depth3d.py</c> reads beside the points.</summary>
/// <param name="Version">1; the script refuses others.</param>
/// <param name="Location">Per frame, world with z up.</param>
/// <param name="Quaternion">Per frame, w x y z; the camera looks along -z with y up.</param>
internal sealed record BlenderScene(
    int Version, string Name, string Unit, double Scale, int Frames, double FramesPerSecond, int Width, int Height,
    double Fx, double Fy, double Cx, double Cy, IReadOnlyList<double[]> Location, IReadOnlyList<double[]> Quaternion)
{
    public static BlenderScene Of(ExportScene scene)
    {
        var k = scene.Intrinsics;
        var poses = Enumerable.Range(0, scene.FrameCount).Select(i => ExportAxes.WorldFromOpenGlCam(scene.WorldFromCam(i), ExportAxes.ZUp)).ToArray();
        return new BlenderScene(1, scene.Name, scene.Unit, scene.Scale, scene.FrameCount, scene.FramesPerSecond, k.Width, k.Height, k.Fx, k.Fy, k.Cx, k.Cy,
            [.. poses.Select(p => new[] { p.Translation.X, p.Translation.Y, p.Translation.Z })],
            [.. poses.Select(p => p.Rotation.ToQuaternion()).Select(q => new[] { q.W, q.X, q.Y, q.Z })]);
    }
}
