using Depth3D.Imaging;

namespace Depth3D.Nodes.Render.Exports.Files;

/// <summary>
/// OpenEXR: depth, confidence, mask and motion in one file per frame, unit, axes and camera in its header, and a picture of it beside. Depth and
/// motion are 32-bit floats, because half has only 11 significant bits; what lies between 0 and 1 is half.
/// </summary>
internal sealed class ExrExporter : IFrameExporter
{
    private static readonly HashSet<string> Halves = ["depth.confidence", "mask.dynamic", "motion.valid"];

    public string Format => "exr";

    public string Summary => "EXR per frame: Z, depth.confidence, mask.dynamic, motion.u/v; a preview beside (Nuke, Blender, Fusion)";

    public void WriteFrame(ExportScene scene, int frameIndex, string folder)
    {
        var depth = scene.Depth(frameIndex);
        var motion = scene.Motion(frameIndex);
        List<(string, Raster<float>)> channels =
        [
            ("Z", depth),
            ("depth.confidence", scene.Confidence(frameIndex)),
            ("mask.dynamic", Mask(scene.Moving(frameIndex))),
            .. Motion(motion ?? Still(depth)),
        ];
        Exr.Write(FrameFiles.Path(folder, "depth", frameIndex, "exr"), depth.Width, depth.Height, channels, Texts(scene, frameIndex, motion is not null),
            Numbers(scene, frameIndex), Halves);
        ImageFile.WritePng(FrameFiles.Path(folder, "preview", frameIndex, "png"), scene.DepthColour(depth));
    }

    private static Dictionary<string, string> Texts(ExportScene scene, int frameIndex, bool hasMotion) => new()
    {
        ["unit"] = scene.Unit,
        ["axes"] = DepthConventions.Axes,
        ["clip"] = scene.Name,
        ["cameraSource"] = scene.CameraSource,
        ["cameraRegistered"] = scene.IsRegistered(frameIndex) ? "yes" : "no, interpolated from its neighbours",
        ["confidence"] = "0 to 1: how far other frames confirm the depth; a half where ln z differs by 0.05",
        ["motion"] = hasMotion ? "pixels to the next frame, u right, v down; valid where flow there and back agree" : "none was measured from this frame",
        ["worldToCameraAxes"] = "row vectors, camera x right, y up, looking along -z, as the OpenEXR standard says",
    };

    private static Dictionary<string, double[]> Numbers(ExportScene scene, int frameIndex)
    {
        var k = scene.Intrinsics;
        var camera = scene.CamFromWorld(frameIndex);
        var standard = new Reconstruction.Geometry.RigidTransform(ExportAxes.YUp * camera.Rotation, ExportAxes.YUp * camera.Translation);
        return new()
        {
            ["frame"] = [frameIndex],
            ["seconds"] = [scene.Seconds(frameIndex)],
            ["frameRate"] = [scene.FramesPerSecond],
            ["scale"] = [scene.Scale],
            ["depthNear"] = [scene.DepthRange.Near],
            ["depthFar"] = [scene.DepthRange.Far],
            ["K"] = [k.Fx, 0, k.Cx, 0, k.Fy, k.Cy, 0, 0, 1],
            ["cam_from_world"] = ExportAxes.Rows(camera),
            ["worldToCamera"] = Transposed(ExportAxes.Rows(standard)),
        };
    }

    private static double[] Transposed(double[] rows) => [.. Enumerable.Range(0, 16).Select(i => rows[(i % 4 * 4) + (i / 4)])];

    private static Raster<float> Mask(Raster<byte> moving) =>
        new(moving.Width, moving.Height, 1, Array.ConvertAll(moving.Samples, v => v > 127 ? 1f : 0f));

    private static ForwardMotion Still(Raster<float> depth) => new(new(depth.Width, depth.Height, 2), new(depth.Width, depth.Height));

    private static IEnumerable<(string, Raster<float>)> Motion(ForwardMotion motion)
    {
        Raster<float> u = new(motion.Valid.Width, motion.Valid.Height), v = new(motion.Valid.Width, motion.Valid.Height);
        for (var i = 0; i < u.PixelCount; i++) (u.Samples[i], v.Samples[i]) = (motion.Pixels.Samples[2 * i], motion.Pixels.Samples[(2 * i) + 1]);
        return [("motion.u", u), ("motion.v", v), ("motion.valid", motion.Valid)];
    }
}
