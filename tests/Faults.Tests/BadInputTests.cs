using System.Text;
using System.Text.Json;
using Depth3D.Cluster.Bus;
using Depth3D.Cluster.Entity;
using Depth3D.Cluster.TestHost;
using Depth3D.Messages;
using Depth3D.Pipeline;
using RabbitMQ.Client;

namespace Depth3D.Faults.Tests;

/// <summary>What a running cluster must refuse in words, with nothing written and every process alive.</summary>
[Collection(FaultRun.Name)]
public sealed class BadInputTests(FaultRun run)
{
    private const string Claim = """{"messageType":["urn:message:Depth3D.Messages:TaskProtocol+Claim"],"message":{"clip":"toy","task":"learn/000","worker":"nobody"}}""";

    private static readonly string[] Names =
    [
        "../../etc/cron.d/x", "..\\..", "C:/x", "a/..", "%2e%2e/", "a\0b", new('a', 300), "CON", "trailing.\u202e", "two\nlines", "-vf;rm -rf ~", "$(id)", "`id`",
        "\"; curl x", "%05d", "concat:a|b", "pipe:0", "\u001b[31mred", "inputs", "",
    ];

    private static readonly (string Options, string Why)[] Options =
    [
        ("{", "JSON"),
        ("[]", ""),
        ("""{"sourcePath":"SOURCE","sourcePath":"SOURCE"}""", ""),
        ("""{"sourcePath":"SOURCE","ldPreload":"/tmp/x.so"}""", ""),
        ("""{"sourcePath":"SOURCE","frames":{"maxFrames":1e400}}""", ""),
        ("""{"sourcePath":"SOURCE","frames":{"firstFrame":-5}}""", "firstFrame"),
        ("""{"sourcePath":"SOURCE","frames":{"stride":0}}""", "stride"),
        ("""{"sourcePath":"SOURCE","frames":{"maxFrames":-9}}""", "maxFrames"),
        ("""{"sourcePath":"store:inputs/../../etc/passwd"}""", "store"),
        ("""{"sourcePath":"clip.mp4"}""", "full path"),
        ("""{"sourcePath":"/no/such/file"}""", "not there"),
        ("""{"sourcePath":"SOURCE","train":{"steps":0}}""", "steps"),
    ];

    [SkippableFact]
    public async Task Names_options_and_recipes_that_are_none_leave_nothing_behind()
    {
        await using var cluster = await run.StartAsync();
        await cluster.StartActiveSeedAsync("seed-1");
        var good = JsonSerializer.Serialize(new DepthOptions { SourcePath = cluster.Source }, JsonSerializerOptions.Web);
        var before = Entries(cluster);
        foreach (var name in Names) await RefusedAsync(cluster, "", ("clip", name), ("options", good));
        foreach (var (options, why) in Options)
            await RefusedAsync(cluster, why, ("clip", "toy"), ("options", options.Replace("SOURCE", cluster.Source, StringComparison.Ordinal)));
        await RefusedAsync(cluster, "recipe", ("clip", "toy"), ("options", good), ("recipe", "no-such"));
        await RefusedAsync(cluster, "", ("clip", "toy"), ("options", good), ("priority", "1e9"));
        await RefusedAsync(cluster, "", ("clip", "toy"), ("options", good), ("unknown", "1"));
        Assert.Empty(await cluster.Journal.ListAsync(CancellationToken.None));
        Assert.Equal(before, Entries(cluster));
        Assert.Equal("None", await cluster.AskAsync<string>("clip show", ("clip", "toy")));
    }

    [SkippableFact]
    public async Task Foreign_truncated_and_oversized_messages_on_every_queue_disturb_no_clip()
    {
        await using var cluster = await run.StartAsync();
        await cluster.StartActiveSeedAsync("seed-1");
        var worker = await cluster.StartWorkerAsync("worker-1", (ToySettings.Delay, "50"));
        await cluster.SubmitAsync(FaultCluster.Toy);
        await cluster.SaysAsync(worker, "claimed cut/000");
        string[] queues = [Queues.Registry, Queues.Operations, Queues.Election, Queues.Node(new NodeId("worker-1")), .. Enumerable.Range(0, FaultCluster.Shards).Select(Queues.Shard)];
        await using (var connection = await BrokerConnection.OpenAsync(cluster.Broker, "foreign", CancellationToken.None))
        await using (var channel = await connection.CreateChannelAsync())
        {
            foreach (var queue in queues)
            {
                await SendAsync(channel, queue, Claim, null);
                await SendAsync(channel, queue, Claim, 99);
                await SendAsync(channel, queue, Claim[..(Claim.Length / 2)], 1);
                await SendAsync(channel, queue, Claim.Replace("TaskProtocol+Claim", "System.Diagnostics:Process", StringComparison.Ordinal), 1);
                await SendAsync(channel, queue, Claim.Replace("nobody", new string('x', 3 << 20), StringComparison.Ordinal), 1);
            }
        }

        Assert.Equal(ClipPhase.Completed, await cluster.EndAsync(FaultCluster.Toy));
        var result = await ClusterAudit.CheckAsync(cluster, FaultCluster.Toy, ClipPhase.Completed, await run.UndisturbedAsync(FaultCluster.Toy));
        Assert.Empty(result.Lost.Concat(result.Doubled).Concat(result.Orphans));
        Assert.DoesNotContain(await cluster.EventsAsync(FaultCluster.Toy), e => e is ClipEvent.Claimed { Worker: "nobody" });
    }

    [SkippableFact]
    public async Task A_wrong_password_and_a_second_node_of_one_name_are_refused()
    {
        await using var cluster = await run.StartAsync();
        await cluster.StartActiveSeedAsync("seed-1");
        await cluster.StartWorkerAsync("worker-1");
        var stranger = await RefusedProcessAsync(cluster, "stranger", ("DEPTH3D_BROKER_PASSWORD", "guessed"));
        Assert.DoesNotContain("guessed", stranger, StringComparison.Ordinal);
        var twin = await RefusedProcessAsync(cluster, "worker-1", ("DEPTH3D_STATE", cluster.At("another-state")));
        Assert.Contains("worker-1", twin, StringComparison.Ordinal);
        await cluster.SubmitAsync(FaultCluster.Toy);
        Assert.Equal(ClipPhase.Completed, await cluster.EndAsync(FaultCluster.Toy));
    }

    private static async Task<string> RefusedProcessAsync(FaultCluster cluster, string node, (string Name, string Value) setting)
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => cluster.StartWorkerAsync(node, setting));
        Assert.Contains("error ", error.Message, StringComparison.Ordinal);
        return error.Message.Split('\n')[0];
    }

    private static async Task RefusedAsync(FaultCluster cluster, string why, params (string Name, string Value)[] arguments)
    {
        var reply = await cluster.AskAsync("clip submit", arguments);
        var shown = string.Join(", ", arguments);
        Assert.True(reply.ExitCode is ExitCode.Usage or ExitCode.BadInput or ExitCode.Refused, $"{shown}: {reply.ExitCode} {reply.Error}");
        Assert.Contains(why, $"{reply.Error} {reply.Where}", StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("defect", $"{reply.Error} {reply.Remedy}", StringComparison.Ordinal);
    }

    private static string[] Entries(FaultCluster cluster) =>
        [.. Directory.EnumerateFileSystemEntries(cluster.Store, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private static async Task SendAsync(IChannel channel, string queue, string body, int? version)
    {
        var properties = new BasicProperties { ContentType = "application/vnd.masstransit+json", Headers = new Dictionary<string, object?>() };
        if (version is not null) properties.Headers[MessageVersion.Header] = version;
        await channel.BasicPublishAsync("", queue, mandatory: false, properties, Encoding.UTF8.GetBytes(body));
    }
}
