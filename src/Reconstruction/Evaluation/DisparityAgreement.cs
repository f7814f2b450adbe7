using Depth3D.Imaging;
using Depth3D.Messages;

namespace Depth3D.Reconstruction.Evaluation;

/// <summary>
/// How well depth agrees with somebody else's relative disparity, whose scale and shift are unknown: Pearson's correlation of inverse depth with it,
/// which neither changes.
/// </summary>
public static class DisparityAgreement
{
    /// <param name="depth">z &gt; 0; its inverse is scaled to the other's size.</param>
    /// <param name="disparity">Larger is nearer.</param>
    /// <returns>-1 to 1; NaN when either is constant.</returns>
    public static double Correlation(Raster<float> depth, Raster<ushort> disparity)
    {
        var inverse = new Raster<float>(depth.Width, depth.Height);
        for (var i = 0; i < depth.Samples.Length; i++) inverse.Samples[i] = depth.Samples[i] > 0 ? 1 / depth.Samples[i] : 0;
        var scaled = Resize.Area(inverse, disparity.Width, disparity.Height);
        double n = disparity.PixelCount, meanA = scaled.Samples.Average(v => (double)v), meanB = disparity.Samples.Average(v => (double)v);
        double ab = 0, aa = 0, bb = 0;
        for (var i = 0; i < n; i++)
        {
            double a = scaled.Samples[i] - meanA, b = disparity.Samples[i] - meanB;
            ab += a * b;
            aa += a * a;
            bb += b * b;
        }

        return ab / Math.Sqrt(aa * bb);
    }

    /// <summary>Per frame, for 16-bit PNGs in ordinal order of their names.</summary>
    /// <exception cref="Depth3DException">The folder is missing or holds another number of pictures.</exception>
    public static IReadOnlyList<double> PerFrame(DepthFolder depth, string disparityFolder)
    {
        if (!Directory.Exists(disparityFolder)) throw new Depth3DException("no such folder", disparityFolder, "check the path");
        var files = Directory.GetFiles(disparityFolder, "*.png").Order(StringComparer.Ordinal).ToArray();
        if (files.Length != depth.Count)
            throw new Depth3DException($"{files.Length} pictures against {depth.Count} depth maps", disparityFolder, "give the disparity of the same frames");
        return [.. files.Select((file, i) => Correlation(depth.Read(i), ImageFile.ReadGray16(file)))];
    }
}
