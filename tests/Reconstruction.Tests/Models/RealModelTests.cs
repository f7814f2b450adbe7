using Depth3D.Imaging;
using Depth3D.Inference.Registry;
using Depth3D.Reconstruction.Masks;
using Depth3D.Reconstruction.Models;

namespace Depth3D.Reconstruction.Tests.Models;

/// <summary>The models and the clip under ../shared/data; skipped where those are missing.</summary>
public sealed class RealModelTests
{
    private const int Width = 640, Height = 360;

    [SkippableFact]
    public void Segmented_cars_overlap_the_hand_made_masks()
    {
        var clip = CarShadow.Require();
        using var segmenter = Segmenter.Open($"onnx:{CarShadow.Model("espnetv2-voc.onnx")}");
        var car = ClassNames.Select(segmenter.Card.Output, ["car"], "test");
        var selector = new RegionSelector { MinAreaShare = 0.001 };
        var overlaps = new List<double>();
        for (var frame = 0; frame < CarShadow.Frames; frame += 4)
        {
            var mask = selector.Select(segmenter.Probability(CarShadow.Rgb(clip, frame, Width, Height), car));
            overlaps.Add(CarShadow.Overlap(mask, CarShadow.Mask(clip, frame, Width, Height)));
        }

        Assert.True(overlaps.Average() >= 0.8, $"mean IoU {overlaps.Average():0.000} of {string.Join(" ", overlaps.Select(o => $"{o:0.00}"))}");
        Assert.True(overlaps.Min() >= 0.6, $"least IoU {overlaps.Min():0.000}");
    }

    [SkippableFact]
    public void The_class_map_agrees_with_the_probabilities()
    {
        var clip = CarShadow.Require();
        using var segmenter = Segmenter.Open($"onnx:{CarShadow.Model("espnetv2-voc.onnx")}");
        var rgb = CarShadow.Rgb(clip, 0, Width, Height);
        var map = segmenter.ClassMap(rgb);
        var probability = segmenter.Probability(rgb, [7]);
        var (agree, car) = (0, 0);
        for (var i = 0; i < map.Samples.Length; i++)
        {
            if (map.Samples[i] != 7) continue;
            car++;
            agree += probability.Samples[i] > 0.4 ? 1 : 0;
        }

        Assert.True(car > 2000 && agree > 0.97 * car, $"{agree} of {car} car pixels are probable cars");
    }

    [SkippableFact]
    public void Estimated_disparity_puts_the_car_before_the_wall_behind_it()
    {
        var clip = CarShadow.Require();
        using var estimator = DepthEstimator.Open($"onnx:{CarShadow.Model("tcmonodepth-small.onnx")}");
        Assert.Equal(OutputKind.Disparity, estimator.Kind);
        for (var frame = 0; frame < CarShadow.Frames; frame += 13)
        {
            var disparity = estimator.Estimate(CarShadow.Rgb(clip, frame, Width, Height));
            Assert.Equal((Width, Height, 1), (disparity.Width, disparity.Height, disparity.Channels));
            var mask = CarShadow.Mask(clip, frame, Width, Height);
            var (car, above) = (CarShadow.Median(disparity, mask, (x, y) => mask[x, y] > 0), CarShadow.MedianAbove(disparity, mask));
            Assert.True(car > 1.05f * above, $"frame {frame}: the car's median disparity {car}, above it {above}");
        }
    }

    [SkippableFact]
    public void The_detector_finds_the_car()
    {
        var clip = CarShadow.Require();
        using var detector = Detector.Open($"onnx:{CarShadow.Model("fastestdet-coco.onnx")}");
        var car = ClassNames.Select(detector.Card.Output, ["car", "truck"], "test"); // an estate car, seen from behind, is either to it
        var (found, overlaps) = (0, new List<double>());
        for (var frame = 0; frame < CarShadow.Frames; frame += 8)
        {
            var rgb = CarShadow.Rgb(clip, frame, Width, Height);
            var truth = CarShadow.Mask(clip, frame, Width, Height);
            found += detector.Detect(rgb).Any(b => car.Contains(b.ClassId) && CarShadow.BoxOverlap(truth, b) >= 0.5) ? 1 : 0;
            overlaps.Add(CarShadow.Overlap(new RegionSelector().Select(detector.Probability(rgb, car)), truth));
        }

        Assert.True(found >= 4, $"a box over the car in {found} of 5 frames");
        Assert.True(overlaps.Average() >= 0.5, $"mean IoU of the cut-out regions {overlaps.Average():0.000}: {string.Join(" ", overlaps.Select(o => $"{o:0.00}"))}");
    }

    [SkippableFact]
    public void Either_kind_of_model_opens_as_a_finder_and_a_depth_model_does_not()
    {
        using var segmenter = ObjectFinder.Open($"onnx:{CarShadow.Model("espnetv2-voc.onnx")}");
        using var detector = ObjectFinder.Open($"onnx:{CarShadow.Model("fastestdet-coco.onnx")}");
        Assert.IsType<Segmenter>(segmenter);
        Assert.IsType<Detector>(detector);
        var error = Assert.Throws<Messages.Depth3DException>(() => ObjectFinder.Open($"onnx:{CarShadow.Model("tcmonodepth-small.onnx")}"));
        Assert.Contains("segmentation or detection", error.What, StringComparison.Ordinal);
    }
}
