using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Loops.Model;
using Depth3D.Reconstruction.Loops.Training;

namespace Depth3D.Reconstruction.Tests.Loops.Training;

public sealed class TileResizeTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(16)]
    public void AConstantStaysAndARampOverKeptTilesStaysOneOverTileBorders(int side)
    {
        var geometry = SyntheticLoops.Geometry(2);
        var builder = new MultiTileVideoBuilder(geometry, [.. Enumerable.Repeat(TileLabel.Dynamic, geometry.TileCount)], 1);
        var plane = new float[geometry.Plane.Width * geometry.Plane.Height * 4];
        for (var n = 0; n < plane.Length; n++)
            plane[n] = (n % 4) switch { 3 => 0.5f, 0 => 0.25f, 1 => (n / 4 % geometry.Plane.Width) / 64f, _ => n / 4 / geometry.Plane.Width / 64f };
        builder.TakePlane(0, 0, plane);
        var video = builder.Build(25, new ViewBox(default, new(0, 0, 2), new(0, -1, 0)));
        var resized = TileResize.To(video, side);
        // Means over parts of texels bend a ramp a little; interpolation does not.
        var bend = side < SyntheticLoops.Tile ? 0.002 : 1e-5;
        var ratio = SyntheticLoops.Tile / (double)side;
        for (var y = side; y < (geometry.TilesY - 1) * side; y++)
        {
            for (var x = side; x < (geometry.TilesX - 1) * side; x++)
            {
                var texel = resized.Tile(resized.Tiles[0, y / side, x / side], 0).Slice(((y % side * side) + (x % side)) * 4, 4);
                Assert.Equal(0.25, texel[0], 1e-5);
                Assert.Equal((((x + 0.5) * ratio) - 0.5) / 64, texel[1], bend);
                Assert.Equal((((y + 0.5) * ratio) - 0.5) / 64, texel[2], bend);
                Assert.Equal(0.5, texel[3], 1e-5);
            }
        }
    }

    /// <summary>
    /// Check C5: down and up again. A constant comes back; a ramp does up to the bend of means over parts of texels, far below what the published resize of
    /// every tile by itself loses (0.14, 0.07, 0.03 of the range for these sides).
    /// </summary>
    [Theory]
    [InlineData(3, 0.01)]
    [InlineData(5, 0.01)]
    [InlineData(9, 0.01)]
    public void AConstantAndARampComeBackFromASmallerTile(int side, double most)
    {
        const int tile = 16, tiles = 5;
        var camera = Intrinsics.Centered(80, 80, tile * tiles, tile * tiles);
        var geometry = new LoopGeometry { Reference = camera, Plane = camera, PlaneDepths = [2], TileSize = tile };
        var builder = new MultiTileVideoBuilder(geometry, [.. Enumerable.Repeat(TileLabel.Static, geometry.TileCount)], 1);
        var plane = new float[camera.Width * camera.Height * 4];
        for (var n = 0; n < plane.Length; n++)
            plane[n] = (n % 4) switch { 3 => 0.5f, 0 => 0.25f, 1 => (n / 4 % camera.Width) / (float)camera.Width, _ => n / 4 / camera.Width / (float)camera.Height };
        var video = builder.TakePlane(0, 0, plane).Build(25, new ViewBox(default, new(0, 0, 2), new(0, -1, 0)));

        var back = TileResize.To(TileResize.To(video, side), tile);

        for (var at = 0; at < tile * tile; at++)
        {
            var (before, after) = (video.Tile(video.Tiles[0, 2, 2], 0).Slice(4 * at, 4).ToArray(), back.Tile(back.Tiles[0, 2, 2], 0).Slice(4 * at, 4).ToArray());
            Assert.Equal(before[0], after[0], 1e-6f);
            Assert.Equal(before[3], after[3], 1e-6f);
            Assert.Equal(before[1], after[1], (float)most);
            Assert.Equal(before[2], after[2], (float)most);
        }
    }

    [Fact]
    public void WithoutAChangeTheFineBeginningComesBack()
    {
        var begin = SyntheticLoops.Random(2, 3, 1.5, 3);
        var coarse = TileResize.To(begin, 3);
        var refined = TileResize.Refined(begin, coarse, coarse);
        Assert.Equal(begin.DynamicTexels, refined.DynamicTexels);
        Assert.Equal(begin.StaticTexels, refined.StaticTexels);
    }

    [Fact]
    public void TexelsComeBackAsTheyWent()
    {
        var begin = SyntheticLoops.Random(11, 4, 1.5, 3);
        begin.StaticTexels[3] = 1;
        begin.DynamicTexels[7] = 0;
        var back = new LoopTexels(begin).ToVideo();
        Assert.Equal(begin.StaticTexels, back.StaticTexels, (a, b) => Math.Abs(a - b) < 1e-6f);
        Assert.Equal(begin.DynamicTexels, back.DynamicTexels, (a, b) => Math.Abs(a - b) < 1e-6f);
        Assert.Equal((1f, 0f), (back.StaticTexels[3], back.DynamicTexels[7]));
    }
}
