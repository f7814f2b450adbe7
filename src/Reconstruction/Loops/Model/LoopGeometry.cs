using System.Text.Json.Serialization;
using Depth3D.Reconstruction.Cameras;

namespace Depth3D.Reconstruction.Loops.Model;

/// <summary>
/// Where the texels of a multi-plane loop lie: fronto-parallel planes in the frame of the reference camera, which is the world of the loop. Plane k's
/// texel (column a, row b), centres at integers, is the point <c>Plane.Unproject(a, b, PlaneDepths[k])</c>. The plane's grid is larger than the
/// reference picture, so that cameras beside it see something at the border too.
/// </summary>
public sealed record LoopGeometry
{
    /// <summary>The reference camera at the working size; its pose is the identity.</summary>
    public required Intrinsics Reference { get; init; }

    /// <summary>Camera of the texel grid: the same rays, <see cref="Intrinsics.Width"/> and <see cref="Intrinsics.Height"/> are the grid's and multiples of <see cref="TileSize"/>.</summary>
    public required Intrinsics Plane { get; init; }

    /// <summary>Depths z of the planes, from near to far.</summary>
    public required IReadOnlyList<double> PlaneDepths { get; init; }

    /// <summary>Side of a tile in texels.</summary>
    public required int TileSize { get; init; }

    [JsonIgnore]
    public int Planes => PlaneDepths.Count;

    [JsonIgnore]
    public int TilesX => Plane.Width / TileSize;

    [JsonIgnore]
    public int TilesY => Plane.Height / TileSize;

    /// <summary>Tiles of all planes, empty ones included.</summary>
    [JsonIgnore]
    public int TileCount => Planes * TilesX * TilesY;
}
