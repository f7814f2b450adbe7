using System.Globalization;
using Depth3D.Native;
using YamlDotNet.RepresentationModel;

namespace Depth3D.Cli.Tests.Deployment;

/// <summary>What <c>kubectl kustomize</c> makes of a folder: the objects an administrator would apply.</summary>
internal sealed class Rendered
{
    private Rendered(IReadOnlyList<YamlNode> objects) => Objects = objects;

    public IReadOnlyList<YamlNode> Objects { get; }

    public IEnumerable<YamlNode> Workloads => Objects.Where(o => o.Text("kind") is "StatefulSet" or "Deployment");

    public static async Task<Rendered> OfAsync(string folder)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var lines = new List<string>();
        var result = await ExternalProcess.RunAsync("kubectl", ["kustomize", Path.Combine(Repository.Root, "k8s", folder)], limit.Token, lines.Add);
        Skip.If(result.ExitCode != 0 && result.OutputTail.Contains("unknown field \"components\"", StringComparison.Ordinal),
            "kubectl is older than 1.21, whose kustomize knows no components");
        Assert.True(result.ExitCode == 0, result.OutputTail);
        return Parse(string.Join('\n', lines));
    }

    public IEnumerable<YamlNode> OfKind(string kind) => Objects.Where(o => o.Text("kind") == kind);

    private static Rendered Parse(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return new Rendered(stream.Documents.Select(d => d.RootNode).ToList());
    }
}

/// <summary>Short ways through YAML, for assertions.</summary>
internal static class YamlPaths
{
    /// <returns>The node at a path of keys, or null.</returns>
    public static YamlNode? At(this YamlNode node, params string[] path) => path.Aggregate((YamlNode?)node, static (n, key) =>
        n is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null);

    public static string? Text(this YamlNode node, params string[] path) => (node.At(path) as YamlScalarNode)?.Value;

    public static int Number(this YamlNode node, params string[] path) => int.Parse(node.Text(path) ?? "", CultureInfo.InvariantCulture);

    public static IEnumerable<YamlNode> Items(this YamlNode node, params string[] path) => (node.At(path) as YamlSequenceNode)?.Children ?? [];

    public static IReadOnlyDictionary<string, string> Map(this YamlNode node, params string[] path) =>
        (node.At(path) as YamlMappingNode)?.Children.ToDictionary(c => ((YamlScalarNode)c.Key).Value!, c => ((YamlScalarNode)c.Value).Value!) ?? [];

    public static string Name(this YamlNode node) => node.Text("metadata", "name")!;
}
