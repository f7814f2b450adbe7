using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Rendering.Effects;
using Depth3D.Rendering.Effects.Surfaces;
using Depth3D.Rendering.Splatting;

namespace Depth3D.Rendering.Views;

/// <summary>
/// Frames of a clip seen from elsewhere: the frame's own surface or points; behind it what other frames saw of the background; behind that,
/// where asked for, paint. Used by one thread at a time.
/// </summary>
/// <param name="background">From <see cref="BackgroundBuilder"/>; null for none.</param>
internal sealed class ViewSynthesizer(ISceneClip clip, PointCloud? background, ViewOptions options)
{
    private (int Index, Func<Intrinsics, RigidTransform, ViewLayer> Draw)? _frame;
    private ColourGain _gain = ColourGain.None;

    /// <summary>Covers what was seen, all with <see cref="ViewOptions.Fill"/>.</summary>
    public ViewLayer Render(int frameIndex, Intrinsics view, RigidTransform viewFromWorld)
    {
        if (_frame?.Index != frameIndex) _frame = (frameIndex, options.Surface ? Surface(frameIndex) : Points(frameIndex));
        var layer = _frame.Value.Draw(view, viewFromWorld);
        if (background is not null)
        {
            var behind = SplatRenderer.Layer(background, view, viewFromWorld, options.Splats);
            _gain.Apply(behind);
            Parallel.For(0, view.Height, y => layer.Over(behind, y, y + 1));
            layer = behind;
        }

        if (options.Fill) HoleFill.Fill(layer);
        return layer;
    }

    private Func<Intrinsics, RigidTransform, ViewLayer> Surface(int frame)
    {
        var (rgb, depth, keep) = Maps(frame);
        var jumps = new DepthJumps(depth);
        var warp = new SurfaceWarp(EdgeColours.Clean(rgb, jumps), jumps, keep, clip.Intrinsics, clip.CamFromWorld(frame));
        return (view, viewFromWorld) => warp.Render(view, viewFromWorld, options.Splats.Near, options.Splats.Far);
    }

    private Func<Intrinsics, RigidTransform, ViewLayer> Points(int frame)
    {
        var (rgb, depth, keep) = Maps(frame);
        var cloud = CloudFromDepth.Make(EdgeColours.Clean(rgb, new DepthJumps(depth)), depth, clip.Intrinsics, clip.CamFromWorld(frame), keep);
        if (options.Keep is not null) cloud = cloud.Where(options.Keep(cloud));
        return (view, viewFromWorld) => SplatRenderer.Layer(cloud, view, viewFromWorld, options.Splats);
    }

    private (Raster<byte> Rgb, Raster<float> Depth, bool[] Keep) Maps(int frame)
    {
        var rgb = clip.Rgb(frame);
        var depth = clip.Depth(frame);
        if (options.SnapEdges) depth = SnappedDepth.Make(depth, rgb);
        var keep = DepthEdges.OnSurface(depth);
        if (background is null) return (rgb, depth, keep);
        var moving = clip.Moving(frame);
        var behind = SplatRenderer.Layer(background, clip.Intrinsics, clip.CamFromWorld(frame), options.Splats with { Supersampling = 1 });
        _gain = ColourGain.Between(behind, rgb, depth, moving);
        if (options.SnapEdges) Fringe.Clear(moving, depth, behind, keep);
        return (rgb, depth, keep);
    }
}
