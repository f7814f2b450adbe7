using Depth3D.Imaging;
using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Reconstruction.Loops.Single;

/// <summary>What a camera that moved saw and the reference camera does not, over the texel grid: behind the surface it sees, and beside its picture.</summary>
/// <param name="Disparity">1/z; 0 where nothing is known.</param>
/// <param name="Colour">RGB.</param>
public sealed record HiddenLayer(Raster<float> Disparity, Raster<byte> Colour)
{
    public static HiddenLayer Of(LoopGeometry geometry, PlaneVotes votes)
    {
        ArgumentNullException.ThrowIfNull(geometry);
        ArgumentNullException.ThrowIfNull(votes);
        var grid = geometry.Plane;
        var layer = new HiddenLayer(new Raster<float>(grid.Width, grid.Height), new Raster<byte>(grid.Width, grid.Height, 3));
        Parallel.For(0, grid.Width * grid.Height, i =>
        {
            var surface = votes.SurfaceFrom(0, i);
            if (IsInside(geometry, i)) surface = votes.SurfaceFrom(surface.LastPlane + 1, i);
            layer.Disparity.Samples[i] = surface.Disparity;
            (layer.Colour.Samples[3 * i], layer.Colour.Samples[(3 * i) + 1], layer.Colour.Samples[(3 * i) + 2]) = (surface.R, surface.G, surface.B);
        });
        return layer;
    }

    /// <summary>The layers with this in place of what they guessed.</summary>
    /// <param name="scale">From this layer's disparities to those of the geometry.</param>
    public SceneLayers In(LoopGeometry geometry, SceneLayers layers, double scale)
    {
        ArgumentNullException.ThrowIfNull(layers);
        for (var i = 0; i < Disparity.Samples.Length; i++)
        {
            if (Disparity.Samples[i] <= 0) continue;
            layers.Behind.Samples[i] = (float)(Disparity.Samples[i] * scale);
            Colour.Samples.AsSpan(3 * i, 3).CopyTo(layers.BehindColour.Samples.AsSpan(3 * i, 3));
            if (!IsInside(geometry, i)) layers.Source[i] = -1;
        }

        return layers;
    }

    private static bool IsInside(LoopGeometry geometry, int texel)
    {
        double x = (texel % geometry.Plane.Width) - (geometry.Plane.Cx - geometry.Reference.Cx), y = (texel / geometry.Plane.Width) - (geometry.Plane.Cy - geometry.Reference.Cy);
        return x > -0.5 && y > -0.5 && x < geometry.Reference.Width - 0.5 && y < geometry.Reference.Height - 0.5;
    }
}
