using Depth3D.Messages;
using Depth3D.Nodes.Render.Exports.Blender;
using Depth3D.Nodes.Render.Exports.Cameras;
using Depth3D.Nodes.Render.Exports.Clouds;
using Depth3D.Nodes.Render.Exports.Files;
using Depth3D.Nodes.Render.Exports.Gltf;
using Depth3D.Nodes.Render.Exports.Movies;
using Depth3D.Pipeline;

namespace Depth3D.Nodes.Render.Exports;

/// <summary>Every format by its name.</summary>
public static class ExportFormats
{
    /// <summary>Lengths and units beyond this are typing errors.</summary>
    private const double MostScale = 1e9;
    private const int LongestUnit = 40;

    private static readonly IReadOnlyList<IExporter> Exporters =
    [
        new ExrExporter(), new Png16Exporter(), new NpzExporter(), new MegaSamExporter(), new PlyExporter(), new MergedPlyExporter(), new GltfExporter(),
        new ColmapExporter(), new NerfstudioExporter(), new NukeExporter(), new BlenderExporter(),
        new ReviewMovieExporter(ReviewMovieKind.Mp4), new ReviewMovieExporter(ReviewMovieKind.ProRes),
        new DepthMovieExporter(DepthMovieKind.Hevc10), new DepthMovieExporter(DepthMovieKind.Ffv1),
    ];

    /// <summary>Names and what they are, in the order of the documentation.</summary>
    public static IReadOnlyList<(string Name, string Summary)> All { get; } = [.. Exporters.Select(e => (e.Format, e.Summary))];

    /// <exception cref="Depth3DException">A format is unknown, named twice, or none is; the scale or the unit makes no sense.</exception>
    public static void Check(ExportOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Scale is not (> 1 / MostScale and < MostScale))
            throw Usage(FormattableString.Invariant($"expected a positive number, got {options.Scale}"), "--scale", "give the units of the export in one of the clip");
        if (options.Unit.Length > LongestUnit || options.Unit.Any(char.IsControl))
            throw Usage($"expected a word of at most {LongestUnit} characters", "--unit", "--unit metre, for example");
        var doubled = options.Formats.GroupBy(f => f, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        if (doubled is not null) throw Usage($"'{doubled.Key}' is named twice", "--format", "name each format once");
        if (options.Formats.Count == 0) throw Usage("no format is named", "--format", $"there are {Names}");
        foreach (var format in options.Formats) _ = Named(format);
    }

    internal static IEnumerable<IExporter> Of(ExportOptions options) => options.Formats.Select(Named);

    private static string Names => string.Join(", ", Exporters.Select(e => e.Format));

    private static IExporter Named(string format) => Exporters.FirstOrDefault(e => e.Format == format)
        ?? throw Usage($"there is no format '{format}'", "--format", $"there are {Names}");

    private static Depth3DException Usage(string what, string where, string remedy) => new(what, where, remedy, FailureKind.Usage);
}
