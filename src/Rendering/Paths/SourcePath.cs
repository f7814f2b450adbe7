using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Rendering.Paths;

/// <summary>The source camera, moved along a <see cref="CameraPath"/> and from there by a fixed way.</summary>
/// <param name="offset">Right, down and forward in the moved camera's axes, world units.</param>
public sealed class SourcePath(CameraPath path, int frameCount, Vec3 offset) : IViewPath
{
    public ViewCamera At(int frameIndex, ViewCamera source) =>
        source with { CamFromWorld = new RigidTransform(Mat3.Identity, -offset) * path.CamFromWorld(frameIndex, frameCount, source.CamFromWorld) };
}
