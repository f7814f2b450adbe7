using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>
/// Geometry of one pair of frames on whole pictures (spec 4.1): unproject frame 1, move by scene flow, look at it from camera 2, and
/// compare with frame 2 warped back by the measured flow. Pixel centres at integers, OpenCV axes, any float type.
/// </summary>
public static class PairGeometry
{
    /// <param name="depth1">[H, W], z &gt; 0.</param>
    /// <param name="depth2">[H, W].</param>
    /// <param name="sceneFlow">World displacement of frame 1's pixels until frame 2, [H, W, 3], or null for a static scene.</param>
    /// <param name="flow12">Measured flow in pixels, [H, W, 2].</param>
    public static PairPrediction Predict(Intrinsics k, RigidTransform camFromWorld1, RigidTransform camFromWorld2,
        Tensor depth1, Tensor depth2, Tensor? sceneFlow, Tensor flow12)
    {
        var (u, v) = PixelGrid(k, depth1);
        var world = Unproject(k, camFromWorld1, depth1);
        var moved = sceneFlow is null ? world : world.add(sceneFlow);
        var (x, y, z) = Apply(camFromWorld2, moved);
        var (pu, pv, safe, front) = PinholeTensors.Project(k, x, y, z);
        var motion = stack([pu.sub(u).mul(front), pv.sub(v).mul(front)], 2);
        return new PairPrediction(motion, where(front.gt(0), safe, z), WarpBack(depth2, flow12), world);
    }

    /// <summary>World points of every pixel, [H, W, 3].</summary>
    public static Tensor Unproject(Intrinsics k, RigidTransform camFromWorld, Tensor depth)
    {
        var (u, v) = PixelGrid(k, depth);
        var camera = stack([u.sub(k.Cx).div(k.Fx).mul(depth), v.sub(k.Cy).div(k.Fy).mul(depth), depth], 2);
        var (x, y, z) = Apply(camFromWorld.Inverse(), camera);
        return stack([x, y, z], 2);
    }

    /// <summary>Values of frame 2 at p + flow(p): bilinear, corners aligned, border repeated.</summary>
    /// <param name="image">[H, W].</param>
    public static Tensor WarpBack(Tensor image, Tensor flow12)
    {
        var (height, width) = (image.shape[0], image.shape[1]);
        var u = arange(width, dtype: image.dtype, device: image.device).reshape(1, width);
        var v = arange(height, dtype: image.dtype, device: image.device).reshape(height, 1);
        var gx = flow12.select(2, 0).add(u).mul(2.0 / (width - 1)).sub(1);
        var gy = flow12.select(2, 1).add(v).mul(2.0 / (height - 1)).sub(1);
        var grid = stack([gx, gy], 2).unsqueeze(0);
        return nn.functional.grid_sample(image.reshape(1, 1, height, width), grid, mode: GridSampleMode.Bilinear,
            padding_mode: GridSamplePaddingMode.Border, align_corners: true).reshape(height, width);
    }

    private static (Tensor U, Tensor V) PixelGrid(Intrinsics k, Tensor like)
    {
        var u = arange(k.Width, dtype: like.dtype, device: like.device).reshape(1, k.Width).expand(k.Height, k.Width);
        var v = arange(k.Height, dtype: like.dtype, device: like.device).reshape(k.Height, 1).expand(k.Height, k.Width);
        return (u, v);
    }

    private static (Tensor X, Tensor Y, Tensor Z) Apply(RigidTransform t, Tensor points)
    {
        Tensor x = points.select(2, 0), y = points.select(2, 1), z = points.select(2, 2);
        Tensor Row(double a, double b, double c, double d) => x.mul(a).add(y.mul(b)).add(z.mul(c)).add(d);
        var r = t.Rotation;
        return (Row(r.M00, r.M01, r.M02, t.Translation.X), Row(r.M10, r.M11, r.M12, t.Translation.Y),
            Row(r.M20, r.M21, r.M22, t.Translation.Z));
    }
}
