using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Flow;
using Depth3D.Reconstruction.Masks;
using Depth3D.Reconstruction.Tests.Flow;
using Depth3D.Reconstruction.Tests.Models;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Reconstruction.Tests.Masks;

public class MotionMaskBuilderTests
{
    [Theory]
    [InlineData(TruthCameraMotion.Arc, 0.75)]
    [InlineData(TruthCameraMotion.RotationOnly, 0.8)]
    public void Masks_of_the_truth_scene_overlap_with_what_moves(TruthCameraMotion motion, double least)
    {
        var clip = TruthViews.Measured(14, 480, 272, 256, 144, motion);
        var masks = Masks(clip);
        var overlap = Enumerable.Range(0, clip.Count).Average(i => CarShadow.Overlap(masks[i], clip.Frames[i].MovingMask));
        Assert.True(overlap >= least, $"mean IoU {overlap:0.000}");
    }

    /// <summary>The figure walks beside the camera: from frame 16 on, half of it fits the cameras at a depth behind the wall it walks before.</summary>
    [Fact]
    public void A_body_that_moves_along_its_epipolar_lines_is_taken_whole()
    {
        const byte figure = 1;
        var clip = TruthViews.Measured(24, 320, 180, 192, 108);
        var masks = Masks(clip);
        for (var i = 16; i < 24; i++)
        {
            int all = 0, found = 0;
            for (var p = 0; p < masks[i].Samples.Length; p++)
            {
                if (clip.Frames[i].BodyIds.Samples[p] != figure) continue;
                all++;
                found += masks[i].Samples[p] != 0 ? 1 : 0;
            }

            Assert.True(found > 0.85 * all, $"frame {i}: {found} of {all} pixels");
        }
    }

    [Fact]
    public void Next_to_nothing_is_marked_where_nothing_moves()
    {
        var clip = TruthViews.Measured(14, 320, 180, 192, 108, scene: "room");
        Assert.True(Masks(clip).Average(MaskRegions.Share) < 0.002);
    }

    private static Raster<byte>[] Masks(TruthViews clip)
    {
        var masks = new Raster<byte>[clip.Count];
        new MotionMaskBuilder(new MotionMaskSettings(), new MotionMaskInputs(clip.Count, clip.Of, i => clip.Frames[i].Rgb))
            .Run((i, mask) => masks[i] = mask, _ => { }, default);
        return masks;
    }

    /// <summary>Thresholds were fixed on the truth scene; this clip only judges them.</summary>
    [SkippableFact]
    public void Masks_of_car_shadow_overlap_with_the_hand_made_ones()
    {
        var folder = CarShadow.Require();
        const int count = 10;
        var rgb = Enumerable.Range(0, count).Select(i => CarShadow.Rgb(folder, i, 640, 360)).ToArray();
        var pairs = new Dictionary<(int, int), FlowPair>();
        using var dis = new ThreadLocal<DisFlow>(() => new DisFlow(DisPreset.Medium));
        new FlowChain(new FlowChainSettings(TruthViews.Gaps, 256, 144), (a, b, start) => dis.Value!.Compute(a, b, start))
            .Run(0, count - 1, count, i => Colour.ToGray(rgb[i]), pair => pairs[(pair.Frame1, pair.Frame2)] = pair);
        var overlaps = new double[count];
        var report = new MotionMaskBuilder(new MotionMaskSettings(), new MotionMaskInputs(count, Views, i => rgb[i]))
            .Run((i, mask) => overlaps[i] = CarShadow.Overlap(mask, CarShadow.Mask(folder, i, 640, 360)), _ => { }, default);
        Assert.Equal(CameraMotion.RotationOnly, report.Motion);
        Assert.True(overlaps.Average() >= 0.5, $"mean IoU {overlaps.Average():0.000}");

        IReadOnlyList<MotionView> Views(int frame) =>
        [
            .. TruthViews.Gaps.SelectMany(g => new[] { frame - g, frame + g }).Where(o => o >= 0 && o < count).Select(other =>
            {
                var (flow, valid) = pairs[(Math.Min(frame, other), Math.Max(frame, other))].From(frame);
                return new MotionView(other - frame, flow, valid);
            }),
        ];
    }
}
