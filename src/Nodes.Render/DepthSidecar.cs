using System.Text.Json.Serialization;

namespace Depth3D.Nodes.Render;

/// <summary>What <c>depth.json</c> says about a clip's depth files.</summary>
internal sealed record DepthSidecar(
    [property: JsonPropertyName("frames")] int Frames,
    [property: JsonPropertyName("width")] int Width,
    [property: JsonPropertyName("height")] int Height,
    [property: JsonPropertyName("unit")] string Unit,
    [property: JsonPropertyName("axes")] string Axes,
    [property: JsonPropertyName("png16_near_depth")] double NearDepth,
    [property: JsonPropertyName("png16_far_depth")] double FarDepth,
    [property: JsonPropertyName("png16_formula")] string Formula,
    [property: JsonPropertyName("colour_map")] string ColourMap,
    [property: JsonPropertyName("colour_inverse_depth_min")] double ColourMin,
    [property: JsonPropertyName("colour_inverse_depth_max")] double ColourMax,
    [property: JsonPropertyName("npz_keys")] IReadOnlyDictionary<string, string> NpzKeys);
