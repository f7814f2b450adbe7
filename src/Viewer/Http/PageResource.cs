namespace Depth3D.Viewer.Http;

/// <summary>The page's files as the build put them into the assembly.</summary>
internal static class PageResource
{
    public static string Text(string name)
    {
        using var stream = typeof(PageResource).Assembly.GetManifestResourceStream($"page/{name}")
            ?? throw new InvalidOperationException($"the assembly has no page/{name}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
