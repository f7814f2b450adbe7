using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Model;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Bench.LoopViewer;

/// <summary>A truth loop on planes: every texel's surface shared by the two planes beside it, so that their weights add up to one (spec 9.4).</summary>
internal sealed class LiftedLoop
{
    private const int Planes = 32, Tile = 16;

    /// <summary>Range over the loop from which on a texel moves (spec 9.7).</summary>
    private const float Moves = 6 / 255f;

    private readonly LoopGeometry _geometry;
    private readonly TruthFrame[] _frames;
    private readonly double[] _disparities;

    private LiftedLoop(string name, int width, int height, int frames)
    {
        var (reference, truth) = (TruthLoop.Intrinsics(width, height), TruthLoop.Named(name, frames));
        int gridWidth = width * 8 / 5 / Tile * Tile, gridHeight = height * 8 / 5 / Tile * Tile;
        var grid = Intrinsics.Centered(reference.Fx, reference.Fy, gridWidth, gridHeight);
        _frames = [.. Enumerable.Range(0, frames).Select(t => truth.Render(truth.CamFromWorld(TruthLoop.MiddleView), t, grid))];
        double near = 0.98 * _frames.Min(f => f.Depth.Samples.Min()), far = 1.02 * _frames.Max(f => f.Depth.Samples.Max());
        _disparities = [.. Enumerable.Range(0, Planes).Select(k => (1 / near) - (k * ((1 / near) - (1 / far)) / (Planes - 1)))];
        _geometry = new() { Reference = reference, Plane = grid, PlaneDepths = [.. _disparities.Select(d => 1 / d)], TileSize = Tile };
    }

    public static MultiTileVideo Make(string name, int width, int height, int frames) => new LiftedLoop(name, width, height, frames).Build();

    private MultiTileVideo Build()
    {
        var labels = new TileLabel[_geometry.TileCount];
        for (var k = 0; k < Planes; k++) Label(k, labels);
        var builder = new MultiTileVideoBuilder(_geometry, labels, _frames.Length);
        for (var k = 0; k < Planes; k++)
            for (var t = 0; t < _frames.Length; t++) builder.TakePlane(k, t, Plane(k, t));
        var box = 0.08 * _geometry.PlaneDepths[0];
        return builder.Build(25, new ViewBox(new Vec3(box, box, box), new Vec3(0, 0, _geometry.PlaneDepths[Planes / 2]), new Vec3(0, -1, 0)));
    }

    private void Label(int plane, TileLabel[] labels)
    {
        var all = Enumerable.Range(0, _frames.Length).Select(t => Plane(plane, t)).ToArray();
        for (var i = 0; i < _geometry.Plane.Width * _geometry.Plane.Height; i++)
        {
            ref var label = ref labels[(((plane * _geometry.TilesY) + (i / _geometry.Plane.Width / Tile)) * _geometry.TilesX) + (i % _geometry.Plane.Width / Tile)];
            var seen = all.Any(p => p[(4 * i) + 3] > 0);
            var moves = seen && Enumerable.Range(4 * i, 4).Any(c => all.Max(p => p[c]) - all.Min(p => p[c]) > Moves);
            if (moves) label = TileLabel.Dynamic;
            else if (seen && label == TileLabel.Empty) label = TileLabel.Static;
        }
    }

    private float[] Plane(int plane, int frame)
    {
        var (rgb, depth, step) = (_frames[frame].Rgb, _frames[frame].Depth, _disparities[0] - _disparities[1]);
        var texels = new float[4 * depth.PixelCount];
        for (var i = 0; i < depth.PixelCount; i++)
        {
            var from = (_disparities[plane] - (1 / depth.Samples[i])) / step;
            var weight = Math.Max(0, 1 - Math.Abs(from));
            if (weight == 0) continue;
            // Of the two planes that share a surface the nearer one has its weight as alpha, the other hides what is behind.
            texels[(4 * i) + 3] = from >= 0 ? (float)weight : 1;
            for (var c = 0; c < 3; c++) texels[(4 * i) + c] = rgb.Samples[(3 * i) + c] / 255f;
        }

        return texels;
    }
}
