namespace Depth3D.Tensors.Tests;

/// <summary>Reference data beside the repository, which a checkout may lack.</summary>
internal static class SharedData
{
    /// <summary>The path of a file under <c>../shared/data</c>, or null.</summary>
    internal static string? Find(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Depth3D.Cluster.sln"))) continue;
            var path = Path.Combine(folder.FullName, "..", "shared", "data", name);
            return File.Exists(path) ? Path.GetFullPath(path) : null;
        }

        return null;
    }
}
