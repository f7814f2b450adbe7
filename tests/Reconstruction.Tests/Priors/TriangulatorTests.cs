using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Priors;
using Depth3D.Reconstruction.Tests.Flow;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Reconstruction.Tests.Priors;

public class TriangulatorTests
{
    private const int Width = 128, Height = 80;

    [Fact]
    public void Exact_flow_gives_the_exact_depth_of_static_pixels_with_high_confidence()
    {
        var clip = TruthViews.Exact(13, Width, Height);
        var frame = clip.Frames[6];
        var result = Triangulator.Run(6, clip.Of(6), clip.Scene.Cameras(Width, Height), frame.MovingMask);
        double error = 0, confidence = 0;
        var count = 0;
        for (var i = 0; i < frame.Depth.Samples.Length; i++)
        {
            if (frame.MovingMask.Samples[i] != 0)
            {
                Assert.Equal(0, result.Confidence.Samples[i]);
                continue;
            }

            if (!(result.Confidence.Samples[i] > 0)) continue;
            error += Math.Abs((1 / result.InverseDepth.Samples[i] / frame.Depth.Samples[i]) - 1);
            confidence += result.Confidence.Samples[i];
            count++;
        }

        Assert.True(count > 0.85 * frame.Depth.Samples.Length);
        Assert.True(error / count < 0.002, $"AbsRel {error / count}");
        Assert.True(confidence / count > 0.5, $"confidence {confidence / count}");
    }

    [Fact]
    public void One_wrong_view_of_many_does_not_move_the_depth()
    {
        var clip = TruthViews.Exact(13, Width, Height);
        var views = clip.Of(6).Select((v, n) => n == 5 ? v with { Flow = Shifted(v.Flow, 6) } : v).ToArray();
        var result = Triangulator.Run(6, views, clip.Scene.Cameras(Width, Height), clip.Frames[6].MovingMask);
        var errors = new List<double>();
        for (var i = 0; i < result.Confidence.Samples.Length; i++)
            if (result.Confidence.Samples[i] > 0.1) errors.Add(Math.Abs((1 / result.InverseDepth.Samples[i] / clip.Frames[6].Depth.Samples[i]) - 1));
        errors.Sort();
        Assert.True(errors[errors.Count / 2] < 0.01, $"median error {errors[errors.Count / 2]}");
    }

    [Fact]
    public void Without_a_baseline_nothing_is_trusted()
    {
        var clip = TruthViews.Exact(9, Width, Height, TruthCameraMotion.RotationOnly);
        var result = Triangulator.Run(4, clip.Of(4), clip.Scene.Cameras(Width, Height), clip.Frames[4].MovingMask);
        Assert.All(result.Confidence.Samples, c => Assert.True(c < 0.05f));
    }

    [Fact]
    public void Frames_whose_camera_was_interpolated_are_not_used()
    {
        var clip = TruthViews.Exact(9, 64, 48);
        var cameras = clip.Scene.Cameras(64, 48);
        cameras = cameras with { Frames = [.. cameras.Frames.Select((f, i) => i == 4 ? f : f with { Registered = false })] };
        var result = Triangulator.Run(4, clip.Of(4), cameras, clip.Frames[4].MovingMask);
        Assert.All(result.Confidence.Samples, c => Assert.Equal(0, c));
    }

    private static Raster<float> Shifted(Raster<float> flow, float by)
    {
        var shifted = flow.Clone();
        for (var i = 0; i < shifted.Samples.Length; i++) shifted.Samples[i] += by;
        return shifted;
    }
}
