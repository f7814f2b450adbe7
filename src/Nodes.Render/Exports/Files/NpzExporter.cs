using Depth3D.Imaging;

namespace Depth3D.Nodes.Render.Exports.Files;

/// <summary>NPZ per frame, the keys of a run's own <c>depth_*.npz</c> and more; no pickles.</summary>
internal sealed class NpzExporter : IFrameExporter
{
    public string Format => "npz";

    public string Summary => "NPZ per frame: depth, confidence, mask, motion, K, cameras (NumPy, no pickles)";

    public void WriteFrame(ExportScene scene, int frameIndex, string folder)
    {
        var k = scene.Intrinsics;
        var depth = scene.Depth(frameIndex);
        var motion = scene.Motion(frameIndex);
        List<(string, NpyArray)> arrays =
        [
            ("depth", NpyArray.From(depth)),
            ("confidence", NpyArray.From(scene.Confidence(frameIndex))),
            ("dynamic", NpyArray.From(Array.ConvertAll(scene.Moving(frameIndex).Samples, v => v > 127), depth.Height, depth.Width)),
            ("K", NpyArray.From([k.Fx, 0, k.Cx, 0, k.Fy, k.Cy, 0, 0, 1], 3, 3)),
            ("cam_from_world", NpyArray.From(ExportAxes.Rows(scene.CamFromWorld(frameIndex)), 4, 4)),
            ("cam_c2w", NpyArray.From(ExportAxes.Rows(scene.WorldFromCam(frameIndex)), 4, 4)),
            ("frame", NpyArray.Scalar(frameIndex)),
            ("timestamp_seconds", NpyArray.Scalar(scene.Seconds(frameIndex))),
        ];
        if (scene.HasPrior(frameIndex)) arrays.Add(("depth_prior", NpyArray.From(scene.Prior(frameIndex))));
        if (motion is not null)
        {
            arrays.Add(("motion", NpyArray.From(motion.Pixels)));
            arrays.Add(("motion_valid", NpyArray.From(Array.ConvertAll(motion.Valid.Samples, v => v > 0), depth.Height, depth.Width)));
        }

        Npz.Write(FrameFiles.Path(folder, "depth", frameIndex, "npz"), [.. arrays]);
    }
}
