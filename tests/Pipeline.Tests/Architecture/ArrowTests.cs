using System.Xml.Linq;

namespace Depth3D.Pipeline.Tests.Architecture;

/// <summary>Dependencies point one way: every project may only see projects of lower layers, and roles never each other.</summary>
public sealed class ArrowTests
{
    /// <summary>Lower first; projects of one layer do not see each other, except where <see cref="WithinLayer"/> says so.</summary>
    private static readonly string[][] Layers =
    [
        ["Messages"],
        ["Native"],
        ["Tensors", "Inference", "Imaging"],
        ["Reconstruction", "Rendering"],
        ["Pipeline", "Viewer"],
        ["Cluster"],
        ["Seed", "Nodes.Preprocess", "Nodes.Trainer", "Nodes.Render"],
        ["Cli"],
    ];

    private static readonly (string From, string To)[] WithinLayer = [("Rendering", "Reconstruction")];

    public static TheoryData<string> Projects => new(Names());

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_sees_only_lower_layers(string project)
    {
        var own = LayerOf(project);
        Assert.True(own >= 0, $"project '{project}' is in no layer: add it to this table");
        foreach (var seen in References(project))
        {
            Assert.True(LayerOf(seen) < own || WithinLayer.Contains((project, seen)), $"{project} must not reference {seen}");
        }
    }

    [Fact]
    public void Messages_depends_on_nothing()
    {
        var text = File.ReadAllText(PathOf("Messages"));
        Assert.DoesNotContain("ProjectReference", text, StringComparison.Ordinal);
        Assert.DoesNotContain("PackageReference", text, StringComparison.Ordinal);
        Assert.DoesNotContain("FrameworkReference", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Stages_and_pipeline_know_no_bus()
    {
        foreach (var project in Names().Where(p => p != "Cluster"))
            Assert.DoesNotContain("MassTransit", File.ReadAllText(PathOf(project)), StringComparison.Ordinal);
        var free = new[] { "Entity", "Journal", "Scheduling", "Coordination", "Workers" };
        foreach (var file in free.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root(), "src", "Cluster", folder), "*.cs")))
            Assert.DoesNotContain("using MassTransit", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_package_version_is_central()
    {
        foreach (var project in Names())
            Assert.DoesNotContain(XDocument.Load(PathOf(project)).Descendants("PackageReference"), p => p.Attribute("Version") is not null);
    }

    private static IEnumerable<string> Names() => Directory.EnumerateFiles(Path.Combine(Root(), "src"), "*.csproj", SearchOption.AllDirectories)
        .Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal);

    private static int LayerOf(string project) => Array.FindIndex(Layers, layer => layer.Contains(project));

    private static IEnumerable<string> References(string project) => XDocument.Load(PathOf(project)).Descendants("ProjectReference")
        .Select(r => Path.GetFileNameWithoutExtension(((string)r.Attribute("Include")!).Replace('\\', '/')));

    private static string PathOf(string project) => Path.Combine(Root(), "src", project, $"{project}.csproj");

    private static string Root()
    {
        var at = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(at, "Depth3D.Cluster.sln")))
            at = Path.GetDirectoryName(at) ?? throw new InvalidOperationException("the tests do not run inside the repository");
        return at;
    }
}
