namespace Depth3D.Inference.Tests.Support;

/// <summary>Real inputs beside the repository; tests that need them are skipped where they are missing.</summary>
internal static class SharedData
{
    /// <summary>Path of a file or folder under <c>../shared/data</c>; skips the test when it is not there.</summary>
    public static string Require(params string[] parts)
    {
        var path = Root() is { } root ? Path.Combine([root, .. parts]) : null;
        Skip.IfNot(path is not null && Path.Exists(path), $"../shared/data/{string.Join('/', parts)} is not there");
        return path!;
    }

    private static string? Root()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Depth3D.Cluster.sln"))) return Path.Combine(folder, "..", "shared", "data");
        }

        return null;
    }
}
