using Depth3D.Imaging;
using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Reconstruction.Loops.Single;

/// <summary>
/// Puts the frames of a loop that the reference camera saw onto planes (spec 9.7). Geometry stands still and colours vary; a tile moves where something in it
/// that can loop changes visibly, all others keep the still picture. From the reference camera the result shows the frames again.
/// </summary>
public sealed class LiftedLoop
{
    /// <summary>A tile moves when a colour varies by more than this over the loop ...</summary>
    public const int VisibleChange = 6;

    /// <summary>... on a texel that weighs more than this in the picture.</summary>
    private const double VisibleWeight = 0.02;

    private readonly LoopGeometry _geometry;
    private readonly SceneLayers _layers;
    private readonly PlaneWeights _weights;
    private readonly IReadOnlyList<Raster<byte>> _frames;
    private readonly Raster<byte> _plate;
    private readonly bool[] _changing;

    private LiftedLoop(LoopGeometry geometry, SceneLayers layers, IReadOnlyList<Raster<byte>> frames, Raster<byte> plate, bool[] loopable)
    {
        (_geometry, _layers, _frames, _plate) = (geometry, layers, frames, plate);
        _weights = new PlaneWeights(geometry.PlaneDepths);
        _changing = Changing(frames, loopable);
    }

    /// <param name="layers">Made for this geometry.</param>
    /// <param name="frames">RGB of the reference camera, one per frame of the loop; a single one for a still picture.</param>
    /// <param name="plate">What still tiles show.</param>
    /// <param name="loopable">One flag per pixel: what changes there may be part of the loop.</param>
    public static MultiTileVideo Build(LoopGeometry geometry, SceneLayers layers, IReadOnlyList<Raster<byte>> frames, Raster<byte> plate, bool[] loopable,
        double framesPerSecond, ViewBox view)
    {
        ArgumentNullException.ThrowIfNull(frames);
        var lift = new LiftedLoop(geometry, layers, frames, plate, loopable);
        var tiles = lift.Label();
        return new MultiTileVideo
        {
            Geometry = geometry,
            Tiles = tiles,
            Frames = frames.Count,
            FramesPerSecond = framesPerSecond,
            StaticTexels = lift.Texels(tiles, isDynamic: false),
            DynamicTexels = lift.Texels(tiles, isDynamic: true),
            View = view,
        };
    }

    private static bool[] Changing(IReadOnlyList<Raster<byte>> frames, bool[] loopable)
    {
        var changing = new bool[loopable.Length];
        Parallel.For(0, loopable.Length, i =>
        {
            for (var c = 0; c < 3 && loopable[i] && !changing[i]; c++)
            {
                byte low = 255, high = 0;
                foreach (var frame in frames) (low, high) = (Math.Min(low, frame.Samples[(i * 3) + c]), Math.Max(high, frame.Samples[(i * 3) + c]));
                changing[i] = high - low > VisibleChange;
            }
        });
        return changing;
    }

    private TileTable Label()
    {
        var labels = new TileLabel[_geometry.TileCount];
        Parallel.For(0, labels.Length, tile => labels[tile] = Label(tile));
        return TileTable.FromLabels(_geometry, labels);
    }

    private TileLabel Label(int tile)
    {
        var kept = false;
        foreach (var (plane, texel) in Of(tile))
        {
            var (alpha, isFront) = Alpha(plane, texel);
            kept |= alpha > 0;
            if (isFront && _changing[_layers.Source[texel]] && Weight(plane, texel) > VisibleWeight) return TileLabel.Dynamic;
        }

        return kept ? TileLabel.Static : TileLabel.Empty;
    }

    private IEnumerable<(int Plane, int Texel)> Of(int tile)
    {
        var size = _geometry.TileSize;
        int plane = tile / (_geometry.TilesX * _geometry.TilesY), inPlane = tile % (_geometry.TilesX * _geometry.TilesY);
        int left = inPlane % _geometry.TilesX * size, top = inPlane / _geometry.TilesX * size;
        for (var y = 0; y < size; y++)
            for (var x = 0; x < size; x++)
                yield return (plane, ((top + y) * _geometry.Plane.Width) + left + x);
    }

    private double Weight(int plane, int texel)
    {
        var (first, weight) = _weights.At(_layers.Front.Samples[texel]);
        return plane == first ? weight : plane == first + 1 ? 1 - weight : 0;
    }

    /// <summary>Of the surface in front, or behind it where that is opaque already.</summary>
    private (float Alpha, bool IsFront) Alpha(int plane, int texel)
    {
        if (_layers.Source[texel] < 0) return (_layers.Behind.Samples[texel] is > 0 and var beside ? _weights.Alpha(plane, beside) : 0, false);
        var front = _weights.Alpha(plane, _layers.Front.Samples[texel]);
        if (front > 0) return (front, true);
        var behind = _layers.Behind.Samples[texel];
        return behind > 0 && plane > _weights.At(_layers.Front.Samples[texel]).Plane ? (_weights.Alpha(plane, behind), false) : (0, false);
    }

    private float[] Texels(TileTable tiles, bool isDynamic)
    {
        var frames = isDynamic ? _frames.Count : 1;
        var values = new float[checked((isDynamic ? tiles.DynamicSlots : tiles.StaticSlots) * frames * _geometry.TileSize * _geometry.TileSize * 4)];
        Parallel.For(0, _geometry.TileCount, tile =>
        {
            var entry = tiles.Entries[tile];
            if (entry == TileTable.Empty || tiles.IsDynamic(entry) != isDynamic) return;
            var slot = isDynamic ? entry - tiles.StaticSlots : entry;
            for (var t = 0; t < frames; t++)
                Fill(tile, isDynamic ? _frames[t] : _plate, values.AsSpan(((slot * frames) + t) * _geometry.TileSize * _geometry.TileSize * 4));
        });
        return values;
    }

    private void Fill(int tile, Raster<byte> picture, Span<float> values)
    {
        var i = 0;
        foreach (var (plane, texel) in Of(tile))
        {
            var (alpha, isFront) = Alpha(plane, texel);
            var colour = alpha > 0 && !isFront
                ? _layers.BehindColour.Samples.AsSpan(texel * 3, 3)
                : picture.Samples.AsSpan(Math.Max(0, _layers.Source[texel]) * 3, 3);
            for (var c = 0; c < 3; c++) values[i++] = colour[c] / 255f;
            values[i++] = alpha;
        }
    }
}
