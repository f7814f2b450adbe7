using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Rendering.Loops;

/// <summary>
/// Draws a loop from any camera in any frame on the CPU (spec 2.5, 2.6): plane homographies, texels premultiplied and then filtered bilinearly, planes
/// composited from near to far. The same arguments give the same bytes for any number of threads. One picture at a time.
/// </summary>
public sealed class LoopRenderer
{
    private readonly MultiTileVideo _video;
    private readonly TexelCells _cells;
    private readonly float[] _disparities;

    /// <param name="video">Is read while pictures are drawn, not copied.</param>
    public LoopRenderer(MultiTileVideo video)
    {
        ArgumentNullException.ThrowIfNull(video);
        (_video, _cells) = (video, new TexelCells(video));
        var depths = video.Geometry.PlaneDepths;
        double near = 1 / depths[0], far = 1 / depths[^1];
        _disparities = [.. depths.Select(z => depths.Count == 1 ? 1f : (float)(((1 / z) - far) / (near - far)))];
    }

    /// <summary>Upper bound of threads; -1 for all cores.</summary>
    public int Threads { get; init; } = -1;

    /// <param name="camera">Its size is the picture's.</param>
    /// <param name="frame">Any number: the loop repeats to both sides.</param>
    public LoopPicture Render(Intrinsics camera, RigidTransform camFromReference, int frame) => Render(camera, camFromReference, frame, null);

    /// <summary>As <see cref="Render(Intrinsics, RigidTransform, int)"/>, from one of the loop's own views.</summary>
    public LoopPicture Render(LoopView view, int frame) => Render(view.Intrinsics, view.CamFromReference, frame);

    /// <summary>The picture of the reference camera.</summary>
    public LoopPicture RenderReference(int frame) => Render(_video.Geometry.Reference, RigidTransform.Identity, frame);

    /// <summary>Weight of every plane in every pixel, [plane, row, column]; a pixel's weights add up to its coverage.</summary>
    public float[] RenderWeights(Intrinsics camera, RigidTransform camFromReference, int frame)
    {
        var weights = new float[checked(_video.Geometry.Planes * camera.Width * camera.Height)];
        Render(camera, camFromReference, frame, weights);
        return weights;
    }

    private LoopPicture Render(Intrinsics camera, RigidTransform camFromReference, int frame, float[]? weights)
    {
        var picture = new LoopPicture(new Raster<float>(camera.Width, camera.Height, 4), new Raster<float>(camera.Width, camera.Height));
        _cells.Show(LoopTime.FrameOf(frame, _video.Frames));
        var patches = new PatchCompositor(_video.Geometry, _cells, PlaneHomography.All(_video.Geometry, camera, camFromReference), _disparities, picture, weights);
        Parallel.For(0, patches.Rows, new ParallelOptions { MaxDegreeOfParallelism = Threads }, patches.DrawRow);
        return picture;
    }
}
