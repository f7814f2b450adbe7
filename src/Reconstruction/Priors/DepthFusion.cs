using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Masks;

namespace Depth3D.Reconstruction.Priors;

/// <summary>Steadies triangulated depth over time: each pixel takes part of what its neighbouring frames say about the same static point.</summary>
internal static class DepthFusion
{
    /// <summary>Log-depths further apart than this are different surfaces.</summary>
    private const double SameSurface = 0.15;

    /// <summary>
    /// Looks each static pixel up in the neighbours along the flow, carries their point into this camera, and returns the confidence-weighted mean of
    /// log-depth over those that agree with the weighted median.
    /// </summary>
    /// <param name="all">Every frame's triangulation.</param>
    /// <param name="views">Views of <paramref name="frame"/>; those of gap 1 and 2 are used.</param>
    /// <param name="cameras">Scaled to the size of the depth.</param>
    public static TriangulatedDepth Run(int frame, IReadOnlyList<TriangulatedDepth> all, IReadOnlyList<MotionView> views, CameraTrack cameras)
    {
        var own = all[frame];
        int width = own.InverseDepth.Width, height = own.InverseDepth.Height;
        var near = views.Where(v => Math.Abs(v.Gap) <= 2 && cameras.Frames[frame + v.Gap].Registered).ToArray();
        var back = Array.ConvertAll(near, v => cameras.Frames[frame].CamFromWorld * cameras.Frames[frame + v.Gap].CamFromWorld.Inverse());
        var k = cameras.Intrinsics;
        var result = new TriangulatedDepth(new(width, height), new(width, height));
        Parallel.For(0, height, y =>
        {
            Span<(double LogDepth, double Weight)> votes = stackalloc (double, double)[near.Length + 1];
            for (var x = 0; x < width; x++)
            {
                var i = (y * width) + x;
                var count = 0;
                if (own.Confidence.Samples[i] > 0) votes[count++] = (-Math.Log(own.InverseDepth.Samples[i]), own.Confidence.Samples[i]);
                for (var v = 0; v < near.Length; v++)
                {
                    if (near[v].Valid.Samples[i] == 0) continue;
                    var x2 = (int)MathF.Round(x + near[v].Flow.Samples[2 * i]);
                    var y2 = (int)MathF.Round(y + near[v].Flow.Samples[(2 * i) + 1]);
                    if ((uint)x2 >= (uint)width || (uint)y2 >= (uint)height) continue;
                    var other = all[frame + near[v].Gap];
                    var j = (y2 * width) + x2;
                    if (!(other.Confidence.Samples[j] > 0)) continue;
                    var z = back[v].Apply(k.Unproject(x2, y2, 1 / other.InverseDepth.Samples[j])).Z;
                    if (z > 0) votes[count++] = (Math.Log(z), 0.7 * other.Confidence.Samples[j]);
                }

                if (count == 0) continue;
                var (logDepth, weight) = Agree(votes[..count]);
                result.InverseDepth.Samples[i] = (float)Math.Exp(-logDepth);
                result.Confidence.Samples[i] = (float)Math.Min(1, weight / (1 + (0.7 * near.Length)) * 1.5);
            }
        });
        return result;
    }

    private static (double LogDepth, double Weight) Agree(Span<(double LogDepth, double Weight)> votes)
    {
        votes.Sort(static (a, b) => a.LogDepth.CompareTo(b.LogDepth));
        double total = 0, sum = 0;
        foreach (var (_, weight) in votes) total += weight;
        var median = votes[^1].LogDepth;
        foreach (var (logDepth, weight) in votes)
        {
            sum += weight;
            if (sum < total / 2) continue;
            median = logDepth;
            break;
        }

        double mean = 0, kept = 0;
        foreach (var (logDepth, weight) in votes)
        {
            if (Math.Abs(logDepth - median) > SameSurface) continue;
            mean += weight * logDepth;
            kept += weight;
        }

        return kept > 0 ? (mean / kept, kept) : (median, 0);
    }
}
