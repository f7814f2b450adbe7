using Depth3D.Imaging;
using Depth3D.Reconstruction.Masks;
using Depth3D.Reconstruction.Tests.Flow;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Reconstruction.Tests.Masks;

public class MotionEvidenceTests
{
    [Fact]
    public void With_parallax_static_pixels_give_almost_none_and_moving_ones_much_more()
    {
        var clip = TruthViews.Exact(17, 160, 96);
        var evidence = MotionEvidence.FromParallax(clip.Of(8))!.Evidence;
        var (still, moving) = Medians(evidence, clip.Frames[8].MovingMask);
        Assert.True(still < 0.01, $"static median {still} px per frame");
        Assert.True(moving > 10 * still, $"moving median {moving}, static {still}");
    }

    [Fact]
    public void With_a_turning_camera_the_distance_from_the_homography_is_the_motion()
    {
        var clip = TruthViews.Exact(17, 160, 96, TruthCameraMotion.RotationOnly);
        var evidence = MotionEvidence.FromHomographies(clip.Of(8)).Evidence;
        var (still, moving) = Medians(evidence, clip.Frames[8].MovingMask);
        Assert.True(still < 0.01, $"static median {still} px per frame");
        Assert.True(moving > 0.1, $"moving median {moving}");
    }

    [Fact]
    public void A_pixel_without_valid_flow_is_no_evidence_at_the_clips_end_and_lost_inside()
    {
        var clip = TruthViews.Exact(9, 96, 64, TruthCameraMotion.Static);
        Assert.True(float.IsNaN(Blinded(clip.Of(0))));
        Assert.True(Blinded(clip.Of(4)) > 0);

        static float Blinded(IReadOnlyList<MotionView> views)
        {
            var blind = views.Select(v => v with { Valid = v.Valid.Clone() }).ToArray();
            foreach (var view in blind) view.Valid[48, 32] = 0;
            return MotionEvidence.FromHomographies(blind).Evidence[48, 32];
        }
    }

    private static (double Still, double Moving) Medians(Raster<float> evidence, Raster<byte> mask)
    {
        var inside = Filters.Erode(mask, 2);
        var outside = Filters.Dilate(mask, 2);
        List<float> still = [], moving = [];
        for (var i = 0; i < mask.Samples.Length; i++)
        {
            if (float.IsNaN(evidence.Samples[i])) continue;
            if (inside.Samples[i] != 0) moving.Add(evidence.Samples[i]);
            if (outside.Samples[i] == 0) still.Add(evidence.Samples[i]);
        }

        still.Sort();
        moving.Sort();
        return (still[still.Count / 2], moving[moving.Count / 2]);
    }
}
