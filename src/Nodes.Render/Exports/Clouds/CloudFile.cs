using Depth3D.Imaging;

namespace Depth3D.Nodes.Render.Exports.Clouds;

/// <summary>Writes points as PLY that says whose they are, in which unit and axes.</summary>
internal static class CloudFile
{
    /// <param name="axes">Of the world the points are in.</param>
    public static void Write(ExportScene scene, string path, string what, ExportCloud cloud, string axes = ExportAxes.World, params (string Name, float[] Values)[] more) =>
        Ply.WriteBinary(path, cloud.Xyz, cloud.Rgb,
            [$"clip {scene.Name}, {what}", $"unit: {scene.Unit}", $"axes: {axes}", "confidence 0 to 1: how far other frames confirm the depth"],
            [("confidence", cloud.Confidence), .. more]);
}
