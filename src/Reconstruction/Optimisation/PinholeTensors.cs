using Depth3D.Reconstruction.Cameras;
using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>Projection of many points at once, with the behind-camera rule of spec 4.1.</summary>
internal static class PinholeTensors
{
    /// <summary>A point must be at least this far before the camera plane, in length units.</summary>
    public const double NearestDepth = 1e-3;

    /// <summary>Pixels of camera-space points. Points behind the camera get <c>Front</c> 0, finite coordinates and no gradient.</summary>
    /// <returns>u, v and clamped z shaped as the inputs; Front is 1 or 0 without gradient.</returns>
    public static (Tensor U, Tensor V, Tensor Z, Tensor Front) Project(Intrinsics k, Tensor x, Tensor y, Tensor z)
    {
        var front = z.detach().ge(NearestDepth);
        var safe = where(front, z, ones_like(z));
        return (x.div(safe).mul(k.Fx).add(k.Cx), y.div(safe).mul(k.Fy).add(k.Cy), safe, front.to_type(z.dtype));
    }
}
