using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Reconstruction.Evaluation;

namespace Depth3D.Cli.Running;

/// <summary>Compares a run's depth, before and after, with a folder of another method's disparity.</summary>
internal static class DisparityComparison
{
    private static readonly DepthRegion[] Regions = [DepthRegion.All, DepthRegion.Static, DepthRegion.Moving];

    /// <param name="disparityFolder">16-bit PNGs, larger is nearer, in ordinal order of their names.</param>
    /// <exception cref="Depth3DException">A folder is missing or holds another number of pictures.</exception>
    public static IReadOnlyList<DisparityRow> Rows(string runFolder, string disparityFolder)
    {
        if (!Directory.Exists(disparityFolder)) throw new Depth3DException("no such folder", disparityFolder, "check the path");
        var files = Directory.GetFiles(disparityFolder, "*.png").Order(StringComparer.Ordinal).ToArray();
        var masks = Directory.GetFiles(Path.Combine(runFolder, "masks"), "mask_*.png").Order(StringComparer.Ordinal).ToArray();
        return
        [
            .. Of(RunEvaluation.Prior, DepthFolder.Open(Path.Combine(runFolder, "prior"), "prior_"), files, masks, disparityFolder),
            .. Of(RunEvaluation.Optimised, DepthFolder.Open(Path.Combine(runFolder, "depth"), "depth_"), files, masks, disparityFolder),
        ];
    }

    private static IEnumerable<DisparityRow> Of(string what, DepthFolder depth, string[] files, string[] masks, string disparityFolder)
    {
        if (files.Length != depth.Count || masks.Length != depth.Count)
            throw new Depth3DException($"{files.Length} pictures against {depth.Count} depth maps and {masks.Length} masks", disparityFolder,
                "give the disparity of the same frames");
        var frames = files.Select((file, i) => DisparityAgreement.Measure(depth.Read(i), ImageFile.ReadGray16(file), ImageFile.ReadGray(masks[i]))).ToArray();
        return Regions.Select(region => new DisparityRow(what, region.ToString().ToLowerInvariant(),
            Mean(frames.Select(f => f[region].Pearson)), Mean(frames.Select(f => f[region].Spearman)), [.. frames.Select(f => Known(f[region].Pearson))]));
    }

    private static double? Mean(IEnumerable<double> values)
    {
        var known = values.Where(v => !double.IsNaN(v)).ToArray();
        return known.Length == 0 ? null : known.Average();
    }

    private static double? Known(double value) => double.IsNaN(value) ? null : value;
}
