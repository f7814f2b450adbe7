using System.Net;
using System.Text;
using Depth3D.Cluster.Operations;
using Depth3D.Messages;

namespace Depth3D.Seed.Tests;

public sealed class CommandApiTests
{
    [Fact]
    public async Task Every_command_of_the_table_has_its_address_and_only_looking_can_be_a_get()
    {
        await using var bench = await ApiBench.StartAsync(new() { Burst = 1000 });
        foreach (var command in CommandTable.All.Where(c => !c.CanFollow))
        {
            var path = $"/api/v1/{command.Noun}/{command.Verb}";
            var posted = await bench.PostAsync(path, new { });
            Assert.NotEqual(HttpStatusCode.NotFound, posted.StatusCode);
            var got = await bench.GetAsync(path, ApiBench.Operator);
            Assert.Equal(command.IsChange, got.StatusCode == HttpStatusCode.MethodNotAllowed);
        }

        Assert.Equal(CommandTable.All.Count, (await ApiBench.JsonOf(await bench.GetAsync("/api/v1/commands"))).GetArrayLength());
        Assert.Equal(HttpStatusCode.NotFound, (await bench.PostAsync("/api/v1/clip/explode", new { })).StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"clip\":\"a\",\"clip\":\"b\"}")]
    [InlineData("{\"clip\":{\"deep\":{\"er\":1}}}")]
    [InlineData("{\"clip\":1}")]
    [InlineData("{\"clip\":\"../../etc/cron.d/x\"}")]
    [InlineData("{\"clip\":\"c\",\"colour\":\"red\"}")]
    [InlineData("{\"clip\":\"c\",\"reason\":\"a\\u001b[2Jb\"}")]
    public async Task What_makes_no_sense_is_refused_in_words_and_reaches_nobody(string body)
    {
        await using var bench = await ApiBench.StartAsync();
        var response = await bench.SendAsync(HttpMethod.Post, "/api/v1/clip/pause", ApiBench.Operator, new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal((int)ExitCode.Usage, (await ApiBench.JsonOf(response)).GetProperty("exitCode").GetInt32());
        Assert.Empty(bench.Seed.Asked);
    }

    [Fact]
    public async Task A_body_of_megabytes_or_of_another_type_is_refused()
    {
        await using var bench = await ApiBench.StartAsync();
        var big = new StringContent($"{{\"clip\":\"{new string('a', 2 << 20)}\"}}", Encoding.UTF8, "application/json");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await bench.SendAsync(HttpMethod.Post, "/api/v1/clip/pause", ApiBench.Operator, big)).StatusCode);
        var form = new FormUrlEncodedContent([KeyValuePair.Create("clip", "c")]);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await bench.SendAsync(HttpMethod.Post, "/api/v1/clip/pause", ApiBench.Operator, form)).StatusCode);
        Assert.Empty(bench.Seed.Asked);
    }

    [Theory]
    [InlineData(ExitCode.Usage, HttpStatusCode.BadRequest)]
    [InlineData(ExitCode.BadInput, HttpStatusCode.UnprocessableEntity)]
    [InlineData(ExitCode.Refused, HttpStatusCode.Conflict)]
    [InlineData(ExitCode.Unreachable, HttpStatusCode.ServiceUnavailable)]
    [InlineData(ExitCode.Storage, HttpStatusCode.InsufficientStorage)]
    [InlineData(ExitCode.Failed, HttpStatusCode.InternalServerError)]
    public async Task A_refusal_keeps_its_exit_code(ExitCode code, HttpStatusCode status)
    {
        await using var bench = await ApiBench.StartAsync();
        bench.Seed.Reply = new(code, null, "no", "c", "do this");
        var response = await bench.PostAsync("/api/v1/clip/pause", new { clip = "c" });
        Assert.Equal(status, response.StatusCode);
        var problem = await ApiBench.JsonOf(response);
        Assert.Equal(("no", "c", "do this", (int)code), (problem.GetProperty("error").GetString(), problem.GetProperty("where").GetString(),
            problem.GetProperty("remedy").GetString(), problem.GetProperty("exitCode").GetInt32()));
    }

    [Fact]
    public async Task Health_and_metrics_are_open_and_say_how_it_is()
    {
        await using var bench = await ApiBench.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await bench.GetAsync("/health/live", null)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await bench.GetAsync("/health/ready", null)).StatusCode);
        bench.Seed.Health = new(false, null, false, "the broker does not answer");
        var ready = await bench.GetAsync("/health/ready", null);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains("broker", await ready.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await bench.GetAsync("/api/v1/clip/list", null);
        Assert.Contains("depth3d_http_denied_total 1", await (await bench.GetAsync("/metrics", null)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Followers_get_the_last_news_and_what_comes()
    {
        await using var bench = await ApiBench.StartAsync();
        bench.Seed.Tell(News("task-claimed", """{"event":"task-claimed","task":"flow/001","epoch":2,"worker":"node-1"}"""));
        var response = await bench.GetAsync("/api/v1/cluster/tail?lines=5");
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Contains("by node-1", await NextAsync(reader), StringComparison.Ordinal);
        bench.Seed.Tell(News("task-progress", "{}"));
        bench.Seed.Tell(News("task-failed", """{"event":"task-failed","epoch":2,"text":"line 1\nline 2"}"""));
        var row = await NextAsync(reader);
        Assert.Contains("task-failed", row, StringComparison.Ordinal);
        Assert.Contains("line 1 line 2", row, StringComparison.Ordinal);
    }

    private static FeedProtocol.Item News(string kind, string json) =>
        new("seed-1", DateTimeOffset.UnixEpoch, kind, new ClipId("c"), new TaskId("flow", 1), null, json);

    private static async Task<string> NextAsync(StreamReader reader)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await reader.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal)) return line;
        }

        throw new EndOfStreamException("the stream of news ended");
    }
}
