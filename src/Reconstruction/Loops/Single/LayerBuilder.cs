using Depth3D.Imaging;
using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Reconstruction.Loops.Single;

/// <summary>
/// Builds the layers of a scene that one camera saw from one place: the picture's surface, carried on a little beyond its border as in a mirror, and behind every
/// edge in depth the farther surface carried on below the nearer one.
/// </summary>
internal sealed class LayerBuilder
{
    /// <summary>Depth jumps are looked for within this many pixels.</summary>
    private const int EdgePixels = 3;

    private readonly LoopGeometry _geometry;
    private readonly Raster<float> _disparity;
    private readonly Raster<byte> _plate;
    private readonly int _reach;
    private readonly double _spacing;

    /// <param name="disparity">1/z of the reference picture, above 0 everywhere.</param>
    /// <param name="plate">The still picture there.</param>
    public LayerBuilder(LoopGeometry geometry, Raster<float> disparity, Raster<byte> plate)
    {
        (_geometry, _disparity, _plate) = (geometry, disparity, plate);
        _reach = SceneLayers.ReachPixels(disparity.Width);
        _spacing = new PlaneWeights(geometry.PlaneDepths).Spacing;
    }

    public SceneLayers Build()
    {
        var (behind, colour) = Behind();
        var source = Sources();
        var grid = _geometry.Plane;
        var layers = new SceneLayers
        {
            Source = source,
            Front = new Raster<float>(grid.Width, grid.Height),
            Behind = new Raster<float>(grid.Width, grid.Height),
            BehindColour = new Raster<byte>(grid.Width, grid.Height, 3),
        };
        for (var i = 0; i < source.Length; i++)
        {
            if (source[i] < 0) continue;
            layers.Front.Samples[i] = _disparity.Samples[source[i]];
            layers.Behind.Samples[i] = behind.Samples[source[i]];
            colour.Samples.AsSpan(source[i] * 3, 3).CopyTo(layers.BehindColour.Samples.AsSpan(i * 3, 3));
        }

        return layers;
    }

    /// <summary>Per texel its pixel; beyond the border the mirrored one as far as views reach.</summary>
    private int[] Sources()
    {
        var grid = _geometry.Plane;
        int left = (int)Math.Round(grid.Cx - _geometry.Reference.Cx), top = (int)Math.Round(grid.Cy - _geometry.Reference.Cy);
        var source = new int[grid.Width * grid.Height];
        for (var b = 0; b < grid.Height; b++)
            for (var a = 0; a < grid.Width; a++)
                source[(b * grid.Width) + a] = Source(a - left, b - top);
        return source;
    }

    private int Source(int x, int y)
    {
        int width = _disparity.Width, height = _disparity.Height;
        if (x < -_reach || y < -_reach || x >= width + _reach || y >= height + _reach) return -1;
        return (Mirror(y, height) * width) + Mirror(x, width);
    }

    private static int Mirror(int x, int size) => Math.Clamp(x < 0 ? -x - 1 : x >= size ? (2 * size) - 1 - x : x, 0, size - 1);

    /// <summary>What lies behind each pixel that is within reach of something farther: its disparity, 0 where there is none, and its colour.</summary>
    private (Raster<float> Disparity, Raster<byte> Colour) Behind()
    {
        var behind = new Raster<float>(_disparity.Width, _disparity.Height);
        if (_spacing == 0) return (behind, _plate);
        var farther = Filters.Erode(_disparity, _reach);
        var nearEdge = Filters.Dilate(Edges(), _reach);
        var around = Filters.Erode(_disparity, 2 * _reach);
        var isBackground = new bool[behind.PixelCount];
        for (var i = 0; i < isBackground.Length; i++)
        {
            isBackground[i] = _disparity.Samples[i] - around.Samples[i] <= _spacing;
            if (nearEdge.Samples[i] != 0 && _disparity.Samples[i] - farther.Samples[i] > _spacing) behind.Samples[i] = farther.Samples[i];
        }

        return (behind, PushPull.Fill(_plate, isBackground));
    }

    private Raster<byte> Edges()
    {
        Raster<float> nearest = Filters.Dilate(_disparity, EdgePixels), farthest = Filters.Erode(_disparity, EdgePixels);
        var edges = new Raster<byte>(_disparity.Width, _disparity.Height);
        for (var i = 0; i < edges.Samples.Length; i++)
            if (nearest.Samples[i] - farthest.Samples[i] > _spacing) edges.Samples[i] = 255;
        return edges;
    }
}
