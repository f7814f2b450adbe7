using Depth3D.Cluster.Hosting;
using Depth3D.Cluster.Hosting.Settings;
using Depth3D.Messages;

namespace Depth3D.Cluster.Tests.Hosting;

public sealed class NodeSettingsTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("depth3d-settings-").FullName;
    private readonly Dictionary<string, string> _environment = [];

    public NodeSettingsTests()
    {
        _environment["DEPTH3D_ROLE"] = "trainer";
        _environment["DEPTH3D_STORE"] = _root;
        _environment["DEPTH3D_BROKER_USER"] = "studio";
        _environment["DEPTH3D_BROKER_PASSWORD"] = "of the tests";
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void An_argument_beats_the_environment_and_that_beats_the_file()
    {
        var file = FileWith("""{ "node": "from-file", "otlp": "http://file:4318", "shards": 3 }""");
        _environment["DEPTH3D_NODE"] = "from-environment";
        _environment["DEPTH3D_OTLP"] = "http://environment:4318";

        var options = Read(("node", "from-argument"), ("--config", file));

        Assert.Equal(new NodeId("from-argument"), options.Node);
        Assert.Equal("http://environment:4318", options.Otlp);
        Assert.Equal(3, options.Shards);
    }

    [Fact]
    public void The_file_may_nest_or_dot_its_keys_and_write_lists_and_maps()
    {
        var file = FileWith("""
            { // a comment
              "role": ["render", "seed"], "journal": "clips.db", "broker": { "hosts": ["a", "b"], "tls": true }, "broker.virtualHost": "film",
              "slots": { "trainer": 1, "preprocess-cpu": 4 }, "projectWeights": { "feature": 3, "tests": 1 }, }
            """);
        _environment.Remove("DEPTH3D_ROLE");
        _environment["DEPTH3D_CONFIG"] = file;

        var options = Read();

        Assert.Equal(["seed", "render"], options.Roles);
        Assert.Equal(["a", "b"], options.Broker.Hosts);
        Assert.Equal("film", options.Broker.VirtualHost);
        Assert.Equal(5671, options.Broker.Port);
        Assert.Equal([KeyValuePair.Create(WorkerPool.PreprocessCpu, 4), KeyValuePair.Create(WorkerPool.Trainer, 1)], options.Slots);
        Assert.Equal([KeyValuePair.Create("feature", 3), KeyValuePair.Create("tests", 1)], options.ProjectWeights);
        Assert.Equal(Path.GetFullPath("clips.db"), options.Journal);
    }

    [Fact]
    public void A_worker_listens_only_where_it_is_told_to_and_a_seed_on_loopback()
    {
        Assert.Equal("", Read().Http);
        Assert.Equal("http://127.0.0.1:7070", Read(("role", "seed"), ("journal", "clips.db")).Http);
        Assert.Equal("http://0.0.0.0:8080", Read(("http", "http://0.0.0.0:8080/")).Http);
        Assert.Equal("", Read(("role", "seed"), ("journal", "clips.db"), ("http", "none")).Http);
    }

    [Fact]
    public void A_node_without_a_name_is_called_after_its_host_and_roles()
    {
        var options = Read(("role", "render,trainer"));
        Assert.EndsWith("-trainer-render", options.Node.Value, StringComparison.Ordinal);
        Assert.EndsWith(options.Node.Value, options.StateFolder, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_comes_from_a_file_without_its_line_end()
    {
        var file = FileWith("secret\n");
        _environment.Remove("DEPTH3D_BROKER_PASSWORD");
        Assert.Equal("secret", Read(("broker.passwordFile", file)).Broker.Password);
    }

    [Theory]
    [InlineData("role", "janitor", "janitor")]
    [InlineData("role", ",", "role is missing")]
    [InlineData("role", "seed", "journal is missing")]
    [InlineData("node", "../x", "node id")]
    [InlineData("node", "", "node id")]
    [InlineData("store", "/no/such/store", "mount the shared file system")]
    [InlineData("http", "127.0.0.1:7070", "not an address")]
    [InlineData("http", "http://127.0.0.1:7070/api", "not an address")]
    [InlineData("http", "file:///etc/passwd", "not an address")]
    [InlineData("tokens", "/no/such/file", "no such file")]
    [InlineData("slots", "trainer", "POOL=N")]
    [InlineData("slots", "trainer=-1", "number from 0")]
    [InlineData("slots", "trainer=1,trainer=2", "once")]
    [InlineData("slots", "gpu=1", "not a pool")]
    [InlineData("projectWeights", "feature", "PROJECT=N")]
    [InlineData("projectWeights", "feature=0", "number from 1")]
    [InlineData("projectWeights", "feature=1,feature=2", "once")]
    [InlineData("shards", "0", "number from 1")]
    [InlineData("shards", "1e400", "number from 1")]
    [InlineData("inProcess", "perhaps", "true or false")]
    [InlineData("broker.port", "70000", "number from 1")]
    [InlineData("broker.hosts", "a:5672", "--broker-port")]
    [InlineData("broker.hosts", ",", "host names")]
    [InlineData("broker.tlsKey", "/no/such/file", "go together")]
    [InlineData("broker.password", "in the clear", "DEPTH3D_BROKER_PASSWORD")]
    [InlineData("journal", "Host=db;Password=x", "DEPTH3D_JOURNAL")]
    public void What_cannot_work_is_refused_in_words(string key, string value, string saying)
    {
        var error = Assert.Throws<Depth3DException>(() => Read((key, value)));
        Assert.Equal(FailureKind.Usage, error.Kind);
        Assert.Contains(saying, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DEPTH3D_ROLE", "--role")]
    [InlineData("DEPTH3D_STORE", "--store")]
    [InlineData("DEPTH3D_BROKER_USER", "--broker-user")]
    [InlineData("DEPTH3D_BROKER_PASSWORD", "--broker-password-file")]
    public void What_is_missing_is_named_with_every_way_to_give_it(string variable, string argument)
    {
        _environment.Remove(variable);
        var error = Assert.Throws<Depth3DException>(() => Read());
        Assert.Contains(variable, error.Message, StringComparison.Ordinal);
        Assert.Contains(argument, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "nodes": "x" }""", "'nodes' is not known")]
    [InlineData("""{ "broker": { "host": "x" } }""", "'broker.host' is not known")]
    [InlineData("""{ "node": "a", "node": "b" }""", "configuration")]
    [InlineData("""{ "broker": { "port": 1 }, "broker.port": 2 }""", "twice")]
    [InlineData("""[1]""", "no JSON object")]
    [InlineData("""{ "node": null }""", "no value")]
    [InlineData("""{ "slots": { "a": { "b": { "c": { "d": { "e": { "f": { "g": {} } } } } } } } }""", "configuration")]
    [InlineData("{ \"node\": \"a\"", "configuration")]
    public void A_file_that_is_not_understood_is_refused(string json, string saying)
    {
        var error = Assert.Throws<Depth3DException>(() => Read(("--config", FileWith(json))));
        Assert.Contains(saying, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_in_a_file_that_everyone_can_read_is_refused()
    {
        var file = FileWith("""{ "broker": { "password": "x" } }""");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Assert.Contains("chmod 600", Assert.Throws<Depth3DException>(() => Read(("--config", file))).Message, StringComparison.Ordinal);
        File.SetUnixFileMode(file, UnixFileMode.UserRead);
        Assert.Equal("of the tests", Read(("--config", file)).Broker.Password);
    }

    [Fact]
    public void A_role_executable_reads_plain_arguments_and_keeps_its_role()
    {
        Assert.Equal(new Dictionary<string, string> { ["node"] = "a", ["role"] = "seed,render", ["inProcess"] = "true", ["broker.tls"] = "false" },
            SettingArguments.Parse(["--node", "a", "--role=seed", "--role", "render", "--in-process", "--broker-tls=false"]));
        Assert.Throws<Depth3DException>(() => SettingArguments.Parse(["--nodes", "a"]));
        Assert.Throws<Depth3DException>(() => SettingArguments.Parse(["--node"]));
        Assert.Throws<Depth3DException>(() => SettingArguments.Parse(["--broker-password", "x"]));
        Assert.Throws<Depth3DException>(() => NodeSettings.Read(["--role", "render"], "trainer"));
    }

    [Fact]
    public void Every_setting_has_one_name_in_three_spellings()
    {
        var setting = NodeSettings.All.Single(s => s.Key == "broker.passwordFile");
        Assert.Equal("--broker-password-file", setting.Argument);
        Assert.Equal("DEPTH3D_BROKER_PASSWORD_FILE", setting.Variable);
        Assert.Equal(NodeSettings.All.Count, NodeSettings.All.Select(s => s.Variable).Distinct().Count());
    }

    private ClusterOptions Read(params (string Key, string Value)[] arguments) =>
        NodeSettings.Read(arguments.ToDictionary(a => a.Key, a => a.Value), _environment.GetValueOrDefault);

    private string FileWith(string text)
    {
        var path = Path.Combine(_root, "cluster.json");
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }
}
