using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Rendering.Tests.TruthScenes;

public sealed class TruthSceneClipTests
{
    private const int Width = 64, Height = 40;

    [Fact]
    public void Its_maps_are_those_of_the_scene_and_belong_to_the_caller()
    {
        var scene = TruthScene.Courtyard(6);
        var clip = new TruthSceneClip(scene, Width, Height);
        var expected = TruthRenderer.Render(scene, 3, Width, Height);

        clip.Depth(3).Samples[0] = -1;
        clip.Rgb(3).Samples[0] ^= 255;

        Assert.Equal(expected.Depth.Samples, clip.Depth(3).Samples);
        Assert.Equal(expected.Rgb.Samples, clip.Rgb(3).Samples);
        Assert.Equal(expected.MovingMask.Samples, clip.Moving(3).Samples);
        Assert.InRange(clip.DepthRange.Median, clip.DepthRange.Near, clip.DepthRange.Far);
    }

    [Fact]
    public void Another_camera_at_the_frames_place_sees_the_frame_and_at_another_frames_place_its_background()
    {
        var clip = new TruthSceneClip(TruthScene.Named("room", 6), Width, Height);

        Assert.Equal(clip.Rgb(2).Samples, clip.Seen(2, clip.Intrinsics, clip.CamFromWorld(2)).Rgb.Samples);
        Assert.Equal(clip.Depth(5).Samples, clip.Seen(2, clip.Intrinsics, clip.CamFromWorld(5)).Depth.Samples);
    }
}
