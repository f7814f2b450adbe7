using System.Globalization;
using System.Text;
using Depth3D.Reconstruction.Cameras.Features;

namespace Depth3D.Reconstruction.Cameras.Colmap;

/// <summary>
/// A folder with what COLMAP needs: frames under plain names in order, their key points and matches as text, a database per focal length.
/// </summary>
internal sealed class ColmapWorkspace
{
    private readonly string _folder;
    private readonly ColmapInput _input;

    public ColmapWorkspace(string folder, ColmapInput input)
    {
        (_folder, _input) = (folder, input);
        Directory.CreateDirectory(Images);
        Directory.CreateDirectory(Features);
        for (var i = 0; i < input.Images.Count; i++)
            File.CreateSymbolicLink(Path.Combine(Images, FrameName(i)), Path.GetFullPath(input.Images[i]));
    }

    public string Images => Path.Combine(_folder, "images");

    private string Features => Path.Combine(_folder, "features");

    private string Matches => Path.Combine(_folder, "matches.txt");

    public static string FrameName(int index) => string.Create(CultureInfo.InvariantCulture, $"frame_{index:00000}.png");

    public void WriteFeatures(IReadOnlyList<FrameFeatures> features)
    {
        var zeros = string.Concat(Enumerable.Repeat(" 0", 128));
        for (var i = 0; i < features.Count; i++)
        {
            var f = features[i];
            var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{f.Count} 128\n");
            for (var k = 0; k < f.Count; k++)
            {
                // COLMAP counts pixel centres at +0.5; descriptors are never looked at, because the matches come with the features.
                text.Append(CultureInfo.InvariantCulture,
                    $"{f.Points[k].X + 0.5:R} {f.Points[k].Y + 0.5:R} {f.Sizes[k] / 2:R} {f.AnglesDegrees[k] * Math.PI / 180:R}").Append(zeros).Append('\n');
            }

            File.WriteAllText(Path.Combine(Features, FrameName(i) + ".txt"), text.ToString());
        }
    }

    public void WriteMatches(IReadOnlyList<FramePairMatches> pairs)
    {
        using var writer = new StreamWriter(Matches) { NewLine = "\n" };
        foreach (var pair in pairs)
        {
            writer.WriteLine($"{FrameName(pair.Frame1)} {FrameName(pair.Frame2)}");
            foreach (var (a, b) in pair.Matches) writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{a} {b}"));
            writer.WriteLine();
        }
    }

    /// <summary>Fills a new database with one shared pinhole, the features and the verified matches.</summary>
    /// <returns>Its path.</returns>
    public async Task<string> CreateDatabaseAsync(ColmapTool tool, double? focalPixels, double guessPixels, string name)
    {
        var database = Path.Combine(_folder, name + ".db");
        var focal = focalPixels ?? guessPixels;
        await tool.RunAsync("feature_importer",
        [
            "--database_path", database, "--image_path", Images, "--import_path", Features, "--ImageReader.single_camera", "1",
            "--ImageReader.camera_model", "SIMPLE_PINHOLE", "--ImageReader.camera_params",
            string.Create(CultureInfo.InvariantCulture, $"{focal:R},{_input.Width / 2.0:R},{_input.Height / 2.0:R}"),
        ]).ConfigureAwait(false);
        await tool.RunAsync("matches_importer",
        [
            "--database_path", database, "--match_list_path", Matches, "--match_type", "raw", "--SiftMatching.use_gpu", "0",
            "--SiftMatching.num_threads", "1",
        ]).ConfigureAwait(false);
        return database;
    }

    /// <summary>Solves cameras and points; every model that came out, largest first.</summary>
    public async Task<IReadOnlyList<ColmapModel>> MapAsync(ColmapTool tool, string database, double angleDegrees, bool refineFocal, string name,
        Action<int> registered)
    {
        var output = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        var count = 0;
        await tool.RunAsync("mapper",
        [
            "--database_path", database, "--image_path", Images, "--output_path", output, "--Mapper.num_threads", "1",
            "--Mapper.init_min_tri_angle", angleDegrees.ToString(CultureInfo.InvariantCulture), "--Mapper.max_num_models", "3",
            "--Mapper.min_model_size", "2", "--Mapper.ba_refine_focal_length", refineFocal ? "1" : "0",
            "--Mapper.ba_refine_extra_params", "0", "--Mapper.ba_refine_principal_point", "0",
            "--Mapper.ba_global_images_ratio", "1.3", "--Mapper.ba_global_points_ratio", "1.3",
        ],
        line =>
        {
            if (line.StartsWith("Registering image", StringComparison.Ordinal)) registered(++count);
        }, mayFail: true).ConfigureAwait(false);
        return [.. Directory.GetDirectories(output).Order(StringComparer.Ordinal).Where(ColmapModel.IsIn).Select(ColmapModel.Read)
            .OrderByDescending(m => m.Images.Count).ThenByDescending(m => m.Points.Count)];
    }
}
