using System.Net;
using System.Net.Http.Json;
using Depth3D.Cluster.Fixtures;
using Depth3D.Messages;

namespace Depth3D.Seed.Tests;

/// <summary>Every verb against a cluster that runs: a clip is held in its training, looked at from all sides, steered, and finished.</summary>
public sealed class OperatorApiTests
{
    private static readonly TaskId Held = new("train", 0);

    [SkippableFact]
    public async Task A_running_clip_can_be_looked_at_steered_and_finished()
    {
        Skip.IfNot(PrivateBroker.IsInstalled, "RabbitMQ is needed");
        await using var cluster = await LiveCluster.StartAsync(Held);
        Assert.Equal("started", Text(await cluster.SubmitAsync("clip-1"), "outcome"));
        Assert.Equal("already-running", Text(await cluster.SubmitAsync("clip-1"), "outcome"));
        await cluster.UntilAsync("/api/v1/task/show?clip=clip-1&task=train/000", t => Text(t, "state") == "running" && t.GetProperty("fraction").GetDouble() > 0);

        await LookAsync(cluster);
        await SteerAsync(cluster);

        cluster.Release();
        await cluster.UntilAsync("/api/v1/clip/show?clip=clip-1", c => Text(c, "state") == "completed");
        await CheckResultAsync(cluster);
    }

    private static async Task LookAsync(LiveCluster cluster)
    {
        var show = await cluster.GetAsync("/api/v1/cluster/show");
        Assert.Equal(("seed-1", 1, 1), (Text(show, "active"), show.GetProperty("running").GetInt32(), show.GetProperty("nodes").GetArrayLength()));
        Assert.Contains("trainer 1/", show.GetProperty("nodes")[0].GetProperty("slots").GetString(), StringComparison.Ordinal);
        var lease = Assert.Single((await cluster.GetAsync("/api/v1/lease/list?node=node-1")).EnumerateArray(), l => Text(l, "task") == "train/000");
        Assert.True(lease.GetProperty("remainingSeconds").GetDouble() > 0);
        var node = await cluster.GetAsync("/api/v1/node/show?node=node-1");
        Assert.Contains(node.GetProperty("leases").EnumerateArray(), l => Text(l, "task") == "train/000");
        Assert.Contains("clip-1:train/000", (await cluster.GetAsync("/api/v1/node/top"))[0].GetProperty("tasks").EnumerateArray().Select(t => t.GetString()));
        var row = Assert.Single((await cluster.GetAsync("/api/v1/clip/list?project=film&state=running")).EnumerateArray());
        Assert.Equal(("clip-1", "train", "alice", 3), (Text(row, "clip"), Text(row, "stage"), Text(row, "by"), row.GetProperty("priority").GetInt32()));
        Assert.Contains((await cluster.GetAsync("/api/v1/clip/tree?clip=clip-1")).EnumerateArray(), t => Text(t, "item").Trim() == "frames/002" && Text(t, "state") == "done");
        Assert.NotEmpty((await cluster.GetAsync("/api/v1/clip/explain?clip=clip-1")).EnumerateArray());
        Assert.Contains((await cluster.GetAsync("/api/v1/pools")).GetProperty("pools").EnumerateArray(), p => Text(p, "pool") == "trainer" && p.GetProperty("open").GetInt32() >= 1);
        Assert.Equal(2, (await cluster.GetAsync("/api/v1/shard/list")).GetArrayLength());
        Assert.Equal(1, (await cluster.GetAsync("/api/v1/shard/stats")).EnumerateArray().Sum(s => s.GetProperty("clips").GetInt32()));
        Assert.Contains((await cluster.GetAsync("/api/v1/queue/list")).EnumerateArray(), q => Text(q, "queue") == "clip-shard-0" && q.GetProperty("consumers").GetInt64() >= 1);
        Assert.Empty((await cluster.GetAsync("/api/v1/queue/errors")).EnumerateArray());
        Assert.Contains((await cluster.GetAsync("/api/v1/cluster/tail?follow=false&lines=50")).EnumerateArray(), e => Text(e, "kind") == "task-completed");
    }

    private static async Task SteerAsync(LiveCluster cluster)
    {
        Assert.Equal("paused", Text(await cluster.PostAsync("/api/v1/clip/pause", ("clip", "clip-1"), ("reason", "lunch")), "state"));
        Assert.Equal("running", Text(await cluster.PostAsync("/api/v1/clip/resume", ("clip", "clip-1")), "state"));
        await cluster.PostAsync("/api/v1/clip/priority", ("clip", "clip-1"), ("priority", "7"), ("weight", "2"));
        Assert.Equal(7, (await cluster.GetAsync("/api/v1/clip/show?clip=clip-1")).GetProperty("priority").GetInt32());
        await cluster.PostAsync("/api/v1/node/cordon", ("node", "node-1"), ("reason", "new fans"));
        Assert.Equal("cordoned", Text(await cluster.GetAsync("/api/v1/node/show?node=node-1"), "state"));
        await cluster.PostAsync("/api/v1/node/uncordon", ("node", "node-1"));
        await RefusedAsync(cluster, "clip/retry", HttpStatusCode.Conflict, ("clip", "clip-1"), ("task", "frames/000"));
        await RefusedAsync(cluster, "clip/cancel", HttpStatusCode.UnprocessableEntity, ("clip", "clip-1"), ("task", "frames/099"));
        await RefusedAsync(cluster, "clip/pause", HttpStatusCode.UnprocessableEntity, ("clip", "no-such-clip"));
        await RefusedAsync(cluster, "node/drain", HttpStatusCode.UnprocessableEntity, ("node", "no-such-node"));
        await RefusedAsync(cluster, "lease/break", HttpStatusCode.Conflict, ("clip", "clip-1"), ("task", "frames/000"));
        await RefusedAsync(cluster, "clip/submit", HttpStatusCode.BadRequest, ("clip", "c2"), ("options", "{\"sourcePath\":\"pipe:0\"}"));
        await RefusedAsync(cluster, "clip/submit", HttpStatusCode.BadRequest, ("clip", "c2"), ("options", "{\"sourcePath\":\"/x\",\"LD_PRELOAD\":\"/x.so\"}"));
        await RefusedAsync(cluster, "clip/submit", HttpStatusCode.BadRequest, ("clip", "c2"), ("options", "{\"sourcePath\":\"/x\",\"frames\":{\"firstFrame\":-5}}"));
        await RefusedAsync(cluster, "clip/submit", HttpStatusCode.BadRequest, ("clip", "c2"), ("options", "{\"sourcePath\":\"/x\"}"), ("recipe", "no-such"));
        var audit = (await cluster.GetAsync("/api/v1/audit/tail")).EnumerateArray().ToArray();
        Assert.Contains(audit, a => (Text(a, "by"), Text(a, "what"), Text(a, "where"), Text(a, "why"), Text(a, "outcome")) == ("alice", "clip pause", "clip-1", "lunch", "ok"));
        Assert.Contains(audit, a => Text(a, "what") == "clip pause" && Text(a, "where") == "no-such-clip" && Text(a, "outcome") != "ok");
    }

    private static async Task CheckResultAsync(LiveCluster cluster)
    {
        var export = await cluster.GetAsync("/api/v1/clip/export?clip=clip-1");
        Assert.Equal(7, export.GetProperty("files").GetArrayLength());
        var file = export.GetProperty("files").EnumerateArray().First(f => Text(f, "name").EndsWith(".png", StringComparison.Ordinal));
        var content = await cluster.Http.GetByteArrayAsync(new Uri(Text(file, "url"), UriKind.Relative));
        Assert.Equal(Text(file, "sha256"), Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content)));
        foreach (var outside in (string[])["..%2f..%2f..%2fjournal.db", "frame_00000.png/..%2fx", "nothing.png"])
            Assert.Equal(HttpStatusCode.NotFound, (await cluster.Http.GetAsync(new Uri($"/api/v1/files/clip-1/frames/0/{outside}", UriKind.Relative))).StatusCode);
        var verify = await cluster.GetAsync("/api/v1/store/verify");
        Assert.Equal((7, 0), (verify.GetProperty("files").GetInt32(), verify.GetProperty("problems").GetArrayLength()));
        var cost = await cluster.GetAsync("/api/v1/clip/cost?clip=clip-1&core-rate=3600");
        Assert.Equal(cost.GetProperty("coreSeconds").GetDouble(), cost.GetProperty("cost").GetDouble(), 6);
        var stray = Directory.CreateDirectory(Path.Combine(cluster.Store, "clip-1", "frames", "000", "e99")).FullName;
        var dry = await cluster.PostAsync("/api/v1/store/gc", ("dry-run", "true"));
        Assert.Contains(dry.GetProperty("items").EnumerateArray(), i => Text(i, "path") == "clip-1/frames/000/e99");
        Assert.True(Directory.Exists(stray));
        await cluster.PostAsync("/api/v1/store/gc");
        Assert.False(Directory.Exists(stray));
        Assert.Equal("already-complete", Text(await cluster.SubmitAsync("clip-1"), "outcome"));
        await RefusedAsync(cluster, "clip/pause", HttpStatusCode.Conflict, ("clip", "clip-1"));
        var metrics = await cluster.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        Assert.Contains("depth3d_operator_commands_total{command=\"clip submit\",outcome=\"success\"}", metrics, StringComparison.Ordinal);
    }

    private static async Task RefusedAsync(LiveCluster cluster, string path, HttpStatusCode expected, params (string Name, string Value)[] arguments)
    {
        var response = await cluster.Http.PostAsJsonAsync($"/api/v1/{path}", arguments.ToDictionary(a => a.Name, a => a.Value));
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, $"{path}: {response.StatusCode} {text}");
        Assert.Contains("\"error\":\"", text, StringComparison.Ordinal);
    }

    private static string Text(System.Text.Json.JsonElement row, string name) => row.GetProperty(name).GetString() ?? "";
}
