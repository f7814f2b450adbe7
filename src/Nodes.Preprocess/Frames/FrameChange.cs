using Depth3D.Imaging;

namespace Depth3D.Nodes.Preprocess.Frames;

/// <summary>How much changes from one frame to another, beyond motion.</summary>
/// <param name="HistogramDistance">Half the L1 distance of the colour histograms: 0 same, 1 nothing in common.</param>
/// <param name="Correlation">Of the second picture, brought back by the flow, with the first; -1 to 1.</param>
/// <param name="ConsistentShare">Pixels whose flow there and back returns within a pixel (of the small picture), those that leave not counted.</param>
/// <param name="MedianMotionPixels">Of the small picture.</param>
internal readonly record struct FrameChange(double HistogramDistance, double Correlation, double ConsistentShare, double MedianMotionPixels)
{
    private const float ConsistencyPixels = 1;

    public static FrameChange Measure(FrameLook first, FrameLook second, DisFlow dis)
    {
        var forward = dis.Compute(first.Gray, second.Gray);
        var backward = dis.Compute(second.Gray, first.Gray);
        var back = Remap.ByFlow(backward, forward, BorderMode.Replicate);
        var warped = Remap.ByFlow(Colour.ToFloat(second.Gray), forward, BorderMode.Replicate);
        var (consistent, inside) = Consistency(forward, back);
        double distance = 0;
        for (var i = 0; i < first.Histogram.Length; i++) distance += Math.Abs(first.Histogram[i] - second.Histogram[i]);
        return new FrameChange(distance / 2, Correlate(first.Gray, warped), inside == 0 ? 0 : consistent / (double)inside, MedianLength(forward));
    }

    private static (int Consistent, int Inside) Consistency(Raster<float> forward, Raster<float> back)
    {
        int consistent = 0, inside = 0;
        for (var y = 0; y < forward.Height; y++)
        {
            for (var x = 0; x < forward.Width; x++)
            {
                float u = forward[x, y, 0], v = forward[x, y, 1];
                if (x + u < 0 || y + v < 0 || x + u > forward.Width - 1 || y + v > forward.Height - 1) continue;
                inside++;
                float du = u + back[x, y, 0], dv = v + back[x, y, 1];
                if ((du * du) + (dv * dv) <= ConsistencyPixels * ConsistencyPixels) consistent++;
            }
        }

        return (consistent, inside);
    }

    private static double Correlate(Raster<byte> first, Raster<float> second)
    {
        double sumA = 0, sumB = 0, squaresA = 0, squaresB = 0, products = 0;
        for (var i = 0; i < first.Samples.Length; i++)
        {
            double a = first.Samples[i], b = second.Samples[i];
            (sumA, sumB, squaresA, squaresB, products) = (sumA + a, sumB + b, squaresA + (a * a), squaresB + (b * b), products + (a * b));
        }

        double n = first.Samples.Length;
        var variances = (squaresA - (sumA * sumA / n)) * (squaresB - (sumB * sumB / n));
        return variances <= 1e-6 ? 0 : (products - (sumA * sumB / n)) / Math.Sqrt(variances);
    }

    private static double MedianLength(Raster<float> flow)
    {
        var lengths = new float[flow.PixelCount];
        for (var i = 0; i < lengths.Length; i++) lengths[i] = MathF.Sqrt((flow.Samples[2 * i] * flow.Samples[2 * i]) + (flow.Samples[(2 * i) + 1] * flow.Samples[(2 * i) + 1]));
        Array.Sort(lengths);
        return lengths[lengths.Length / 2];
    }
}
