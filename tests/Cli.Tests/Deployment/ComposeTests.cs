using Depth3D.Cluster.Hosting.Settings;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;
using YamlDotNet.Serialization;

namespace Depth3D.Cli.Tests.Deployment;

/// <summary>The compose file names settings that nodes know, and opens nothing that it need not.</summary>
public sealed class ComposeTests
{
    private static readonly string[] Roles = ["seed", "preprocess", "trainer", "render"];

    private readonly YamlNode _file = Load(Path.Combine(Repository.Root, "docker", "compose.yml"));

    [Fact]
    public void Every_role_starts_by_its_command_and_its_variables_are_settings()
    {
        foreach (var role in Roles)
        {
            var service = Service(role);
            Assert.Equal(["node", "start", "--role", role], service.Items("command").Select(c => c.ToString()));
            Assert.All(service.Map("environment").Keys, name => Assert.Contains(NodeSettings.All, s => s.Variable == name));
            Assert.True(service.Text("stop_grace_period") is not null, role);
        }
    }

    [Fact]
    public void Containers_have_no_more_rights_than_they_need()
    {
        Assert.All(Roles.Select(Service), service =>
        {
            Assert.Equal("true", service.Text("read_only"));
            Assert.Equal(["ALL"], service.Items("cap_drop").Select(c => c.ToString()));
            Assert.Equal(["no-new-privileges:true"], service.Items("security_opt").Select(c => c.ToString()));
        });
        Assert.Equal(["127.0.0.1:7070:7070"], ((YamlMappingNode)_file.At("services")!).Children.Values.SelectMany(s => s.Items("ports")).Select(p => p.ToString()));
    }

    [Fact]
    public void No_password_has_a_default()
    {
        var secrets = ((YamlMappingNode)_file.At("services")!).Children.Values.SelectMany(s => s.Map("environment"))
            .Where(e => e.Key.Contains("PASS", StringComparison.Ordinal) || e.Value.Contains("Password", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(secrets);
        Assert.All(secrets, s => Assert.Contains(":?", s.Value, StringComparison.Ordinal));
        Assert.All(File.ReadLines(Path.Combine(Repository.Root, "docker", "compose.env.example")).Where(l => l.Length > 0 && l[0] != '#'),
            line => Assert.EndsWith("=", line, StringComparison.Ordinal));
    }

    private YamlNode Service(string name) => _file.At("services", name)!;

    /// <summary>With <c>&lt;&lt;</c> merged, as compose reads it.</summary>
    private static YamlNode Load(string path)
    {
        var merged = new DeserializerBuilder().Build().Deserialize(new MergingParser(new Parser(new StringReader(File.ReadAllText(path)))));
        var stream = new YamlStream();
        stream.Load(new StringReader(new SerializerBuilder().DisableAliases().Build().Serialize(merged!)));
        return stream.Documents[0].RootNode;
    }
}
