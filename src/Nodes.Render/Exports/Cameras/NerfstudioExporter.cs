using System.Text.Json;
using Depth3D.Imaging;
using Depth3D.Nodes.Render.Exports.Clouds;

namespace Depth3D.Nodes.Render.Exports.Cameras;

/// <summary>
/// nerfstudio's <c>transforms.json</c> with images, depth, masks and points: camera to world with OpenGL axes, a world with z up, principal point with pixel
/// centres at +0.5. The step from the run's world to this one stands in <c>applied_transform</c>.
/// </summary>
internal sealed class NerfstudioExporter : IFrameExporter, IClipExporter
{
    /// <summary>nerfstudio multiplies depth files by 0.001 unless told otherwise.</summary>
    private const float DepthFileUnits = 1000;

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    public string Format => "nerfstudio";

    public string Summary => "nerfstudio data set: transforms.json, images, depths, masks of what moves, points (nerfstudio, instant-ngp)";

    public void WriteFrame(ExportScene scene, int frameIndex, string folder)
    {
        ImageFile.WritePng(FrameFiles.Path(FrameFiles.Folder(folder, "images"), "frame", frameIndex, "png"), scene.Rgb(frameIndex));
        var depth = scene.Depth(frameIndex);
        for (var i = 0; i < depth.Samples.Length; i++) depth.Samples[i] *= DepthFileUnits;
        Npy.Write(FrameFiles.Path(FrameFiles.Folder(folder, "depths"), "depth", frameIndex, "npy"), depth);
        var still = scene.Moving(frameIndex);
        for (var i = 0; i < still.Samples.Length; i++) still.Samples[i] = (byte)(255 - still.Samples[i]);
        ImageFile.WritePng(FrameFiles.Path(FrameFiles.Folder(folder, "masks"), "mask", frameIndex, "png"), still);
    }

    public Task WriteClipAsync(ExportScene scene, string folder, IProgress<double> progress, CancellationToken cancellation)
    {
        var cloud = scene.Static(progress, cancellation);
        CloudFile.Write(scene, Path.Combine(folder, "points.ply"), "standing points of all frames",
            cloud with { Xyz = ExportAxes.Turned(cloud.Xyz, ExportAxes.ZUp) }, "the world of transforms.json: z up");
        File.WriteAllText(Path.Combine(folder, "transforms.json"), JsonSerializer.Serialize(Content(scene), Json) + "\n");
        return Task.CompletedTask;
    }

    private static Dictionary<string, object> Content(ExportScene scene)
    {
        var k = scene.Intrinsics;
        return new()
        {
            ["camera_model"] = "OPENCV",
            ["w"] = k.Width,
            ["h"] = k.Height,
            ["fl_x"] = k.Fx,
            ["fl_y"] = k.Fy,
            ["cx"] = k.Cx + 0.5,
            ["cy"] = k.Cy + 0.5,
            ["k1"] = 0.0,
            ["k2"] = 0.0,
            ["p1"] = 0.0,
            ["p2"] = 0.0,
            ["ply_file_path"] = "points.ply",
            ["depth_unit_scale_factor"] = 1 / (double)DepthFileUnits,
            ["applied_transform"] = Rows(ExportAxes.Rows(new(ExportAxes.ZUp, default)), 3),
            ["applied_scale"] = scene.Scale,
            ["unit"] = scene.Unit,
            ["frames"] = Enumerable.Range(0, scene.FrameCount).Select(i => Frame(scene, i)).ToArray(),
        };
    }

    private static Dictionary<string, object> Frame(ExportScene scene, int i) => new()
    {
        ["file_path"] = "images/" + FrameFiles.Name("frame", i, "png"),
        ["depth_file_path"] = "depths/" + FrameFiles.Name("depth", i, "npy"),
        ["mask_path"] = "masks/" + FrameFiles.Name("mask", i, "png"),
        ["time"] = scene.Seconds(i),
        ["transform_matrix"] = Rows(ExportAxes.Rows(ExportAxes.WorldFromOpenGlCam(scene.WorldFromCam(i), ExportAxes.ZUp)), 4),
    };

    private static double[][] Rows(double[] matrix, int rows) => [.. Enumerable.Range(0, rows).Select(r => matrix[(4 * r)..((4 * r) + 4)])];
}
