using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Reconstruction.Loops.Culling;

/// <summary>
/// The texels that one pixel's ray meets, grouped by tile, from near to far; and what each tile adds to the pixel. A lookup between tiles is split: each
/// has the weight of its own texels, so that the weights of all tiles add up to the pixel's coverage. One object serves one thread.
/// </summary>
internal sealed class PixelStack
{
    private const int Corners = 4;

    private readonly MultiTileVideo _video;
    private readonly Mat3?[] _texelFromPixel;
    private readonly (int Alpha, int FrameStride, float Share, int Group)[] _texels;
    private readonly (int Tile, int Plane)[] _groups;
    private readonly float[] _alphas;
    private readonly float[] _weights;
    private int _texelCount;

    public PixelStack(MultiTileVideo video, Intrinsics camera, RigidTransform camFromReference)
    {
        (_video, _texelFromPixel) = (video, PlaneHomography.All(video.Geometry, camera, camFromReference));
        var most = video.Geometry.Planes * Corners;
        (_texels, _groups, _alphas, _weights) = (new (int, int, float, int)[most], new (int, int)[most], new float[most], new float[most]);
    }

    /// <summary>Tiles that the pixel meets.</summary>
    public int Count { get; private set; }

    /// <summary>Index of a tile among all of the geometry.</summary>
    public int Tile(int group) => _groups[group].Tile;

    /// <summary>Largest weight of a tile over the frames that were shown.</summary>
    public float Weight(int group) => _weights[group];

    /// <summary>Collects the texels of a pixel and composites them in the frames.</summary>
    public void Look(int x, int y, IReadOnlyList<int> frames)
    {
        (Count, _texelCount) = (0, 0);
        for (var plane = 0; plane < _texelFromPixel.Length; plane++)
            if (_texelFromPixel[plane] is { } map && PlaneHomography.Apply(map, x, y) is { } at) Collect(plane, at.U, at.V);
        Array.Clear(_weights, 0, Count);
        if (Count == 0) return;
        foreach (var frame in frames) Composite(frame);
    }

    private void Collect(int plane, double u, double v)
    {
        var geometry = _video.Geometry;
        if (!(u > -1 && v > -1 && u < geometry.Plane.Width && v < geometry.Plane.Height)) return;
        int u0 = (int)Math.Floor(u), v0 = (int)Math.Floor(v), firstGroup = Count;
        for (var corner = 0; corner < Corners; corner++)
        {
            int i = corner & 1, j = corner >> 1, a = u0 + i, b = v0 + j;
            if (a < 0 || b < 0 || a >= geometry.Plane.Width || b >= geometry.Plane.Height) continue;
            var share = (float)((i == 0 ? 1 - (u - u0) : u - u0) * (j == 0 ? 1 - (v - v0) : v - v0));
            if (share > 0) Add(plane, a, b, share, firstGroup);
        }
    }

    private void Add(int plane, int a, int b, float share, int firstGroup)
    {
        var size = _video.Geometry.TileSize;
        int tileX = a / size, tileY = b / size;
        var entry = _video.Tiles[plane, tileY, tileX];
        if (entry == TileTable.Empty) return;
        var tile = (((plane * _video.Geometry.TilesY) + tileY) * _video.Geometry.TilesX) + tileX;
        var group = firstGroup;
        while (group < Count && _groups[group].Tile != tile) group++;
        if (group == Count) _groups[Count++] = (tile, plane);
        var alpha = (((((b % size) * size) + (a % size)) * MultiTileVideo.Channels) + 3);
        var isMoving = _video.Tiles.IsDynamic(entry);
        alpha += isMoving ? (entry - _video.Tiles.StaticSlots) * _video.Frames * _video.TileNumbers : entry * _video.TileNumbers;
        _texels[_texelCount++] = (alpha, isMoving ? _video.TileNumbers : -1, share, group);
    }

    private void Composite(int frame)
    {
        Array.Clear(_alphas, 0, Count);
        for (var i = 0; i < _texelCount; i++)
        {
            var (alpha, stride, share, group) = _texels[i];
            _alphas[group] += share * (stride < 0 ? _video.StaticTexels[alpha] : _video.DynamicTexels[alpha + (stride * frame)]);
        }

        var light = 1f;
        for (var group = 0; group < Count;)
        {
            var (plane, covered) = (_groups[group].Plane, 0f);
            for (; group < Count && _groups[group].Plane == plane; group++)
            {
                covered += _alphas[group];
                _weights[group] = Math.Max(_weights[group], light * _alphas[group]);
            }

            light *= 1 - covered;
        }
    }
}
