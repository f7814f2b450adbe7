using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Masks;
using Depth3D.Reconstruction.Tests.Flow;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Reconstruction.Tests.Masks;

public class CameraMotionTestTests
{
    [Theory]
    [InlineData(TruthCameraMotion.Arc, CameraMotion.Parallax)]
    [InlineData(TruthCameraMotion.RotationOnly, CameraMotion.RotationOnly)]
    [InlineData(TruthCameraMotion.Static, CameraMotion.Static)]
    public void The_flow_of_the_truth_scene_tells_how_its_camera_moves(TruthCameraMotion truth, CameraMotion expected)
    {
        var clip = TruthViews.Exact(9, 160, 96, truth);
        var (motion, share) = CameraMotionTest.Decide([clip.Of(0)[^1], clip.Of(8)[^1]]);
        Assert.Equal(expected, motion);
        Assert.Equal(expected != CameraMotion.Parallax, share >= CameraMotionTest.HomographyShare);
    }

    [Fact]
    public void Without_any_view_parallax_is_assumed() => Assert.Equal(CameraMotion.Parallax, CameraMotionTest.Decide([]).Motion);
}
