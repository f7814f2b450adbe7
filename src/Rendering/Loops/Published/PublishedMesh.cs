using System.Globalization;
using System.Text;
using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Rendering.Loops.Published;

/// <summary>
/// Kept tiles as quads in a Wavefront file, as the published viewer reads it (spec 6.1): vertices with colour (1, 0, 0) for still and (0, 1, 0) for moving
/// tiles, still ones first, in the reference camera's frame (y down); private texture coordinates; faces from far to near.
/// </summary>
internal sealed class PublishedMesh
{
    private readonly StringBuilder _vertices = new(), _textures = new();
    private readonly List<(int Plane, string Faces)> _faces = [];
    private readonly LoopGeometry _geometry;
    private int _vertexCount, _textureCount;

    public PublishedMesh(LoopGeometry geometry, PublishedAtlas still, PublishedAtlas moving)
    {
        _geometry = geometry;
        AddTiles(still, "1 0 0");
        AddTiles(moving, "0 1 0");
    }

    public override string ToString() => _vertices.ToString() + _textures + string.Concat(_faces.OrderByDescending(f => f.Plane).Select(f => f.Faces));

    private void AddTiles(PublishedAtlas atlas, string colour)
    {
        var corners = new Dictionary<(int Plane, int Row, int Column), int>();
        for (var slot = 0; slot < atlas.Tiles.Count; slot++)
        {
            var (plane, tileY, tileX) = atlas.Tiles[slot];
            var vertices = new int[4];
            for (var corner = 0; corner < 4; corner++)
            {
                var at = (plane, tileY + (corner >> 1), tileX + (corner & 1));
                if (!corners.TryGetValue(at, out vertices[corner])) corners[at] = vertices[corner] = AddVertex(at, colour);
            }

            AddTextures(atlas, slot);
            var t = _textureCount - 3;
            _faces.Add((plane, string.Create(CultureInfo.InvariantCulture,
                $"f {vertices[0]}/{t} {vertices[1]}/{t + 1} {vertices[3]}/{t + 3}\nf {vertices[3]}/{t + 3} {vertices[2]}/{t + 2} {vertices[0]}/{t}\n")));
        }
    }

    /// <summary>A corner is the centre of a tile's first texel.</summary>
    private int AddVertex((int Plane, int Row, int Column) at, string colour)
    {
        var p = _geometry.Plane.Unproject(at.Column * _geometry.TileSize, at.Row * _geometry.TileSize, _geometry.PlaneDepths[at.Plane]);
        _vertices.Append(CultureInfo.InvariantCulture, $"v {p.X:0.########} {p.Y:0.########} {p.Z:0.########} {colour}\n");
        return ++_vertexCount;
    }

    /// <summary>From the centre of the slot's first texel to that of its last; v goes up.</summary>
    private void AddTextures(PublishedAtlas atlas, int slot)
    {
        var (column, row) = atlas.Layout[slot];
        for (var corner = 0; corner < 4; corner++)
        {
            double x = (column * atlas.SlotSide) + ((corner & 1) * (atlas.SlotSide - 1)), y = (row * atlas.SlotSide) + ((corner >> 1) * (atlas.SlotSide - 1));
            _textures.Append(CultureInfo.InvariantCulture, $"vt {(x + 0.5) / atlas.Width:0.#########} {(atlas.Height - y - 0.5) / atlas.Height:0.#########}\n");
            _textureCount++;
        }
    }
}
