using Depth3D.Imaging;
using Depth3D.Reconstruction.Priors;
using Depth3D.Reconstruction.Tests.Flow;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Reconstruction.Tests.Priors;

public class GeometricPriorTests
{
    [Fact]
    public void On_the_truth_scene_with_measured_flow_it_is_near_the_truth_and_steady()
    {
        const int frames = 14, width = 384, height = 216;
        var clip = TruthViews.Measured(frames, width, height, 192, 112);
        var depths = new Raster<float>[frames];
        var cameras = clip.Scene.Cameras(width, height);
        var inputs = new GeometricPriorInputs(frames, cameras with { Intrinsics = cameras.Intrinsics.ScaledTo(192, 112) }, clip.Of,
            i => clip.Frames[i].Rgb, i => clip.Frames[i].MovingMask, i => Filters.Dilate(Resize.Nearest(clip.Frames[i].MovingMask, 192, 112), 1));
        var report = new GeometricPrior(inputs).Run((i, depth) => depths[i] = depth, _ => { }, default);

        Assert.True(report.KnownShare > 0.7, $"known {report.KnownShare:0.00}");
        Assert.All(depths, d => Assert.All(d.Samples, z => Assert.True(z > 0 && float.IsFinite(z))));
        var (still, moving) = AbsRel(clip, depths);
        Assert.True(still < 0.05, $"static AbsRel {still:0.0000}");
        Assert.True(moving < 0.35, $"moving AbsRel {moving:0.000}");
        var flicker = Flicker(clip, depths, width, height);
        Assert.True(flicker < 0.02, $"flicker {flicker:0.0000}");
    }

    [Fact]
    public void Small_parallax_is_enough_where_flow_is_better_than_usual()
    {
        const int frames = 12, width = 192, height = 112;
        var clip = TruthViews.Exact(frames, width, height, TruthCameraMotion.Handheld);
        var depths = new Raster<float>[frames];
        var inputs = new GeometricPriorInputs(frames, clip.Scene.Cameras(width, height), clip.Of, i => clip.Frames[i].Rgb, i => clip.Frames[i].MovingMask,
            i => Filters.Dilate(clip.Frames[i].MovingMask, 1));
        var report = new GeometricPrior(inputs).Run((i, depth) => depths[i] = depth, _ => { }, default);
        Assert.True(report.KnownShare > 0.3, $"known {report.KnownShare:0.00}");
        var (still, _) = AbsRel(clip, depths);
        Assert.True(still < 0.05, $"static AbsRel {still:0.0000}");
    }

    private static (double Still, double Moving) AbsRel(TruthViews clip, Raster<float>[] depths)
    {
        double still = 0, moving = 0;
        int stills = 0, movings = 0;
        for (var f = 0; f < depths.Length; f++)
        {
            for (var i = 0; i < depths[f].Samples.Length; i++)
            {
                var error = Math.Abs((depths[f].Samples[i] / clip.Frames[f].Depth.Samples[i]) - 1);
                if (clip.Frames[f].MovingMask.Samples[i] == 0) (still, stills) = (still + error, stills + 1);
                else (moving, movings) = (moving + error, movings + 1);
            }
        }

        return (still / stills, moving / movings);
    }

    /// <summary>Mean |log ratio of depth along the true flow, less the true one| over neighbouring frames.</summary>
    private static double Flicker(TruthViews clip, Raster<float>[] depths, int width, int height)
    {
        double sum = 0;
        var count = 0;
        for (var f = 4; f + 1 < depths.Length; f += 4)
        {
            var truth = TruthFlow.Between(clip.Scene, f, f + 1, width, height);
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    if (truth.Visible[x, y] == 0) continue;
                    var next = Reconstruction.Flow.FlowSampling.Scalar(depths[f + 1], x + truth.Flow[x, y, 0], y + truth.Flow[x, y, 1]);
                    sum += Math.Abs(Math.Log(next / depths[f][x, y]) - Math.Log(truth.TargetDepth[x, y] / clip.Frames[f].Depth[x, y]));
                    count++;
                }
            }
        }

        return sum / count;
    }
}
