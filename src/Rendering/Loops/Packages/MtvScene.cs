using System.Text.Json.Serialization;

namespace Depth3D.Rendering.Loops.Packages;

/// <summary><c>scene.json</c> of a package in format mtv/1 (spec 6.4). Pixel and texel centres are at +0.5, as files for others have them.</summary>
internal sealed record MtvScene
{
    public const string FormatName = "mtv/1", GammaColour = "srgb-gamma", Premultiplied = "premultiplied", Straight = "straight";

    public required string Format { get; init; }

    public required double Fps { get; init; }

    public required int Frames { get; init; }

    public required string Color { get; init; }

    public required string Alpha { get; init; }

    /// <summary>The reference camera.</summary>
    public required CameraPart Ref { get; init; }

    /// <summary>The texel grid of every plane, and the camera it belongs to.</summary>
    public required CameraPart Mpi { get; init; }

    /// <summary>z of the planes, nearest first.</summary>
    public required double[] Planes { get; init; }

    public required TilePart Tile { get; init; }

    public required AtlasPart[] Atlases { get; init; }

    /// <summary>Name of the file of tile records.</summary>
    public required string Tiles { get; init; }

    public required ViewPart View { get; init; }

    /// <summary>Bytes of all textures once decoded, for a viewer that has to know before it loads.</summary>
    public long TextureBytes { get; init; }

    public SortedDictionary<string, string> Provenance { get; init; } = new(StringComparer.Ordinal);

    /// <summary>By path below the folder, of every other file.</summary>
    public SortedDictionary<string, string> Sha256 { get; init; } = new(StringComparer.Ordinal);

    /// <param name="K">fx, fy, cx, cy; absent for a grid round the reference picture's middle.</param>
    internal sealed record CameraPart([property: JsonPropertyName("K")] double[]? K, int Width, int Height);

    internal sealed record TilePart(int Payload, int Apron);

    /// <param name="Slots">Columns and rows.</param>
    internal sealed record AtlasPart(string Id, string? File, string? Files, string? Video, string? AlphaPacking, int[] Slots, int Frames);

    /// <param name="FovY">Degrees.</param>
    internal sealed record ViewPart(double[] Up, [property: JsonPropertyName("lookat")] double[] LookAt, double[] Box, double FovY);
}
