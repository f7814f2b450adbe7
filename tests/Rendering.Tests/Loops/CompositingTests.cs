using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Model;
using Depth3D.Rendering.Loops;

namespace Depth3D.Rendering.Tests.Loops;

/// <summary>Identities of compositing, through loops of which every texel of a plane is the same.</summary>
public class CompositingTests
{
    private static readonly ViewBox View = new(Vec3.Zero, new Vec3(0, 0, 2), new Vec3(0, -1, 0));

    [Fact]
    public void CoverageIsWhatNoPlaneLetsThroughAndTheOrderCanBeTurnedRound()
    {
        var random = new Random(2);
        for (var trial = 0; trial < 200; trial++)
        {
            var layers = Enumerable.Range(0, 32).Select(_ => (Colour: random.NextDouble(), Alpha: random.NextDouble() * 0.3)).ToArray();
            double light = 1, colour = 0, coverage = 0, backToFront = 0;
            foreach (var (c, a) in layers)
            {
                (colour, coverage) = (colour + (light * a * c), coverage + (light * a));
                light *= 1 - a;
            }

            foreach (var (c, a) in layers.Reverse()) backToFront = (a * c) + ((1 - a) * backToFront);
            Assert.Equal(1 - layers.Aggregate(1.0, (through, l) => through * (1 - l.Alpha)), coverage, 1e-14);
            Assert.Equal(backToFront, colour, 1e-14);
            if (trial < 5) Assert.Equal([(float)colour, (float)coverage], Drawn(layers), new Near(2e-6));
        }
    }

    [Fact]
    public void AnOpaquePlaneHidesEverythingBehindIt()
    {
        (double, double)[] behindA = [(0.2, 0.4), (0.7, 1), (0.1, 0.5), (0.9, 1)], behindB = [(0.2, 0.4), (0.7, 1), (0.8, 0.9), (0.3, 0.2)];
        Assert.Equal(Drawn(behindA), Drawn(behindB));
        Assert.Equal(1, Drawn(behindA)[1]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void ATransparentPlaneChangesNothing(int at)
    {
        List<(double, double)> layers = [(0.2, 0.4), (0.7, 0.3), (0.1, 0.5)];
        var without = Drawn(layers);
        layers.Insert(at, (0.9, 0));
        Assert.Equal(without, Drawn(layers));
    }

    [Fact]
    public void AlphasFromHatWeightsGiveThoseWeightsBack()
    {
        var depths = PlaneLadder.UniformInDisparity(1, 6, 8);
        var random = new Random(4);
        for (var trial = 0; trial < 100; trial++)
        {
            var disparity = (1.0 / 6) + (random.NextDouble() * (1 - (1.0 / 6)));
            var spacing = (1 - (1.0 / 6)) / 7;
            double before = 0, light = 1, sum = 0;
            foreach (var depth in depths)
            {
                var hat = Math.Max(0, 1 - (Math.Abs(disparity - (1 / depth)) / spacing));
                var alpha = hat == 0 ? 0 : hat / (1 - before);
                Assert.Equal(hat, light * alpha, 1e-12);
                (before, light, sum) = (before + hat, light * (1 - alpha), sum + (light * alpha / depth));
            }

            Assert.Equal(disparity, sum, 1e-12);
        }
    }

    [Fact]
    public void TheReferenceCameraSeesAnOpaquePlaneAsItIs()
    {
        var geometry = PlaneLadder.Grid(RandomLoops.Camera, [2.5], 1.4, 8);
        var texels = Texels(geometry, new Random(6));
        var video = new MultiTileVideoBuilder(geometry, Labels(geometry), 1).TakePlane(0, 0, texels).Build(25, View);
        var picture = new LoopRenderer(video).RenderReference(0).Rgba;
        int left = (int)(geometry.Plane.Cx - geometry.Reference.Cx), top = (int)(geometry.Plane.Cy - geometry.Reference.Cy);
        for (var y = 0; y < picture.Height; y++)
            for (var x = 0; x < picture.Width; x++)
                for (var c = 0; c < 4; c++)
                    Assert.Equal(texels[((((y + top) * geometry.Plane.Width) + x + left) * 4) + c], picture[x, y, c], 1e-5f);
    }

    [Fact]
    public void LookupsInCellsFindTheTexelsOfDensePlanes()
    {
        foreach (var size in new[] { 8, 5, 3 })
        {
            var geometry = RandomLoops.Geometry(tile: size);
            var video = RandomLoops.Make(geometry, kept: 0.4);
            var cells = new TexelCells(video);
            cells.Show(1);
            for (var plane = 0; plane < geometry.Planes; plane++)
            {
                var dense = ReferenceRenderer.Dense(video, plane, 1);
                for (var v = -1; v < geometry.Plane.Height; v++)
                    for (var u = -1; u < geometry.Plane.Width; u++)
                        for (var corner = 0; corner < 4; corner++)
                            RequireSame(geometry, cells, dense, plane, (u, v), (corner & 1, corner >> 1));
            }
        }
    }

    private static void RequireSame(LoopGeometry geometry, TexelCells cells, double[] dense, int plane, (int U, int V) at, (int X, int Y) corner)
    {
        int size = geometry.TileSize, x = at.U + corner.X, y = at.V + corner.Y;
        var cell = cells.Table[(((plane * cells.Rows) + ((at.V + size) / size)) * cells.Columns) + ((at.U + size) / size)];
        var isInside = x >= 0 && y >= 0 && x < geometry.Plane.Width && y < geometry.Plane.Height;
        for (var c = 0; c < 4; c++)
        {
            var straight = isInside ? (float)dense[(((y * geometry.Plane.Width) + x) * 4) + c] : 0;
            var expected = c == 3 || !isInside ? straight : straight * (float)dense[(((y * geometry.Plane.Width) + x) * 4) + 3];
            var got = cell < 0 ? 0 : cells.Texels[cell + ((((((at.V + size) % size) + corner.Y) * cells.Side) + ((at.U + size) % size) + corner.X) * 4) + c];
            Assert.Equal(expected, got);
        }
    }

    /// <summary>Colour and coverage in the middle of the picture.</summary>
    private static float[] Drawn(IReadOnlyList<(double Colour, double Alpha)> layers)
    {
        var geometry = PlaneLadder.Grid(RandomLoops.Camera, PlaneLadder.UniformInDisparity(1, 6, layers.Count), 1.4, 8);
        var builder = new MultiTileVideoBuilder(geometry, Labels(geometry), 1);
        for (var k = 0; k < layers.Count; k++)
        {
            var (colour, alpha) = ((float)layers[k].Colour, (float)layers[k].Alpha);
            builder.TakePlane(k, 0, [.. Enumerable.Range(0, geometry.Plane.Width * geometry.Plane.Height).SelectMany(_ => new[] { colour, colour, colour, alpha })]);
        }

        var picture = new LoopRenderer(builder.Build(25, View)).RenderReference(0).Rgba;
        return [picture[30, 20, 0], picture[30, 20, 3]];
    }

    private static TileLabel[] Labels(LoopGeometry geometry) => Enumerable.Repeat(TileLabel.Static, geometry.TileCount).ToArray();

    private static float[] Texels(LoopGeometry geometry, Random random) =>
        [.. Enumerable.Range(0, geometry.Plane.Width * geometry.Plane.Height * 4).Select(i => i % 4 == 3 ? 1f : (float)random.NextDouble())];

    private sealed class Near(double tolerance) : IEqualityComparer<float>
    {
        public bool Equals(float x, float y) => Math.Abs(x - y) <= tolerance;

        public int GetHashCode(float value) => 0;
    }
}
