using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Rendering.Views;

/// <summary>
/// A frame seen from another place: its pixels, joined to a surface that is cut where depth jumps, drawn with a z-buffer; every pixel of the view
/// then looks up its colour in the frame. The same for any number of threads.
/// </summary>
internal sealed class SurfaceWarp
{
    /// <summary>Samples per pixel and axis: of coverage; colour is looked up once where one surface fills the pixel.</summary>
    public const int Samples = 2;

    private readonly FrameTexture _texture;
    private readonly DepthJumps _jumps;
    private readonly bool[] _keep;
    private readonly Intrinsics _source;
    private readonly RigidTransform _sourceFromWorld;

    /// <param name="rgb">Three channels.</param>
    /// <param name="keep">Pixels that lie on a surface.</param>
    /// <param name="source">Intrinsics of the frame.</param>
    public SurfaceWarp(Raster<byte> rgb, DepthJumps jumps, bool[] keep, Intrinsics source, RigidTransform sourceFromWorld)
    {
        _texture = new FrameTexture(rgb, jumps);
        (_jumps, _keep, _source, _sourceFromWorld) = (jumps, keep, source, sourceFromWorld);
    }

    /// <param name="near">What is nearer to the view is left out, world units.</param>
    /// <param name="bands">Parts of the picture that are drawn at once; 0 for one per core.</param>
    public ViewLayer Render(Intrinsics view, RigidTransform viewFromWorld, float near, float far, int bands = 0)
    {
        var fine = view.ScaledTo(view.Width * Samples, view.Height * Samples);
        var vertices = Project(fine, viewFromWorld * _sourceFromWorld.Inverse(), near, far);
        var layer = new ViewLayer(view.Width, view.Height);
        bands = Math.Clamp(bands > 0 ? bands : Environment.ProcessorCount, 1, view.Height);
        Parallel.For(0, bands, band =>
        {
            int first = (int)((long)view.Height * band / bands), end = (int)((long)view.Height * (band + 1) / bands);
            var samples = new SurfaceSamples(fine.Width, first * Samples, end * Samples);
            new SurfaceCells(_jumps, _keep, vertices, samples).Draw();
            for (var y = first; y < end; y++) Resolve(samples, layer, y);
        });
        return layer;
    }

    private SurfaceVertices Project(Intrinsics fine, RigidTransform viewFromSource, float near, float far)
    {
        var vertices = new SurfaceVertices(_source.Width, _source.Height);
        Parallel.For(0, _source.Height, y =>
        {
            // Half a pixel to the right and down, at the same depth, in the view's coordinates.
            Vec3 right = viewFromSource.Rotation * new Vec3(0.5 / _source.Fx, 0, 0), down = viewFromSource.Rotation * new Vec3(0, 0.5 / _source.Fy, 0);
            for (var x = 0; x < _source.Width; x++)
            {
                var i = (y * _source.Width) + x;
                if (!_keep[i] || _jumps.Inverse[i] <= 0) continue;
                double z = 1.0 / _jumps.Inverse[i];
                var point = viewFromSource.Apply(_source.Unproject(x, y, z));
                if (!(point.Z > near && point.Z < far)) continue;
                vertices.Set(i, fine, point, right * z, down * z);
            }
        });
        return vertices;
    }

    private void Resolve(SurfaceSamples samples, ViewLayer layer, int y)
    {
        Span<int> found = stackalloc int[Samples * Samples];
        for (var x = 0; x < layer.Width; x++)
        {
            var count = 0;
            float nearest = 0;
            for (var s = 0; s < Samples * Samples; s++)
            {
                var index = samples.Index((x * Samples) + (s % Samples), (y * Samples) + (s / Samples));
                if (samples.Inverse[index] <= 0) continue;
                found[count++] = index;
                nearest = Math.Max(nearest, samples.Inverse[index]);
            }

            if (count == 0) continue;
            var pixel = (y * layer.Width) + x;
            layer.Depth[pixel] = 1 / nearest;
            var rgba = layer.Rgba.AsSpan(4 * pixel, 4);
            _texture.Shade(samples, found[..count], rgba);
            rgba[3] = (byte)(255 * count / (Samples * Samples));
        }
    }
}
