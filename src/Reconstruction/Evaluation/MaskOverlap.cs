using Depth3D.Imaging;
using Depth3D.Messages;

namespace Depth3D.Reconstruction.Evaluation;

/// <summary>Intersection over union of two masks.</summary>
public static class MaskOverlap
{
    /// <param name="predicted">At least 128 = moving; scaled to the truth's size.</param>
    /// <param name="truth">Not zero = moving.</param>
    /// <returns>0 to 1; 1 when both are empty.</returns>
    public static double IntersectionOverUnion(Raster<byte> predicted, Raster<byte> truth)
    {
        var scaled = predicted.Width == truth.Width && predicted.Height == truth.Height
            ? predicted
            : Resize.Nearest(predicted, truth.Width, truth.Height);
        long both = 0, either = 0;
        for (var i = 0; i < truth.Samples.Length; i++)
        {
            bool p = scaled.Samples[i] >= 128, t = truth.Samples[i] > 0;
            if (p && t) both++;
            if (p || t) either++;
        }

        return either == 0 ? 1 : (double)both / either;
    }

    /// <summary>Per frame, over two folders of PNG masks in ordinal order of their names.</summary>
    /// <exception cref="Depth3DException">A folder is missing or the counts differ.</exception>
    public static IReadOnlyList<double> PerFrame(string predictedFolder, string truthFolder)
    {
        string[] predicted = Pngs(predictedFolder), truth = Pngs(truthFolder);
        if (predicted.Length != truth.Length)
            throw new Depth3DException($"{predicted.Length} masks against {truth.Length}", truthFolder, "give masks of the same frames");
        return [.. predicted.Zip(truth, (p, t) => IntersectionOverUnion(ImageFile.ReadGray(p), ImageFile.ReadGray(t)))];
    }

    private static string[] Pngs(string folder) => Directory.Exists(folder)
        ? [.. Directory.GetFiles(folder, "*.png").Order(StringComparer.Ordinal)]
        : throw new Depth3DException("no such folder", folder, "check the path");
}
