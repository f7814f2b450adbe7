using System.Text.Json.Serialization;

namespace Depth3D.Nodes.Render.Exports.Files;

/// <summary>How codes of inverse depth are turned back into depth.</summary>
internal sealed record DepthCodeSidecar(
    [property: JsonPropertyName("frames")] int Frames,
    [property: JsonPropertyName("width")] int Width,
    [property: JsonPropertyName("height")] int Height,
    [property: JsonPropertyName("frames_per_second")] double FramesPerSecond,
    [property: JsonPropertyName("unit")] string Unit,
    [property: JsonPropertyName("axes")] string Axes,
    [property: JsonPropertyName("near_depth")] double NearDepth,
    [property: JsonPropertyName("far_depth")] double FarDepth,
    [property: JsonPropertyName("formula")] string Formula)
{
    public static DepthCodeSidecar Of(ExportScene scene, string formula) => new(
        scene.FrameCount, scene.Intrinsics.Width, scene.Intrinsics.Height, scene.FramesPerSecond, scene.Unit, DepthConventions.Axes,
        scene.Code.NearDepth, scene.Code.FarDepth, formula);
}
