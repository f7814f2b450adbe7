using System.Security.Cryptography;
using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Bench.Quality;

/// <summary>
/// What stages leave, one folder per stage, without an engine. A folder of its own can stand on another: what it lacks is read there, so
/// that runs which differ in the prior or the seed share everything before.
/// </summary>
internal sealed class StageFolder(string path, StageFolder? below = null) : IArtifactReader
{
    private const string Complete = "complete";

    public string Path { get; } = path;

    public string PathOf(StageName stage, string fileName) => Find(stage, fileName)
        ?? throw new Depth3DException($"stage {stage} left no {fileName}", Path);

    public bool Exists(StageName stage, string fileName) => Find(stage, fileName) is not null;

    public IReadOnlyList<ArtifactFile> List(StageName stage) => Directory.Exists(Of(stage))
        ? [.. Directory.GetFiles(Of(stage)).Where(f => System.IO.Path.GetFileName(f) != Complete).Order(StringComparer.Ordinal)
            .Select(f => new ArtifactFile(System.IO.Path.GetFileName(f), new FileInfo(f).Length, Hash(f)))]
        : below?.List(stage) ?? [];

    public string Of(StageName stage) => System.IO.Path.Combine(Path, stage.Value);

    /// <summary>Where a stage may write. What a broken-off run left there is gone.</summary>
    public string Begin(StageName stage)
    {
        if (Directory.Exists(Of(stage))) Directory.Delete(Of(stage), recursive: true);
        return Directory.CreateDirectory(Of(stage)).FullName;
    }

    public void End(StageName stage) => File.WriteAllText(System.IO.Path.Combine(Of(stage), Complete), "");

    public bool Has(StageName stage) => File.Exists(System.IO.Path.Combine(Of(stage), Complete));

    private string? Find(StageName stage, string fileName)
    {
        var own = System.IO.Path.Combine(Of(stage), fileName);
        return File.Exists(own) ? own : below?.Find(stage, fileName);
    }

    private static string Hash(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
