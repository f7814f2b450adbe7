using System.Net;
using Depth3D.Messages;
using Depth3D.Seed.Http;
using Depth3D.Seed.Tokens;

namespace Depth3D.Seed.Tests;

public sealed class GateTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("wrong-token-0123456789")]
    [InlineData(ApiBench.Operator + "x")]
    public async Task Nothing_under_api_answers_without_a_token(string? token)
    {
        await using var bench = await ApiBench.StartAsync();
        foreach (var path in (string[])["/api/v1/clip/list", "/api/v1/events", "/api/v1/commands", "/api/v1/files/c/frames/0/x", "/api/v1/nothing", "/api"])
        {
            var response = await bench.GetAsync(path, token);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.Equal(6, (await ApiBench.JsonOf(response)).GetProperty("exitCode").GetInt32());
        }

        Assert.Empty(bench.Seed.Asked);
    }

    [Fact]
    public async Task A_viewer_looks_and_changes_nothing()
    {
        await using var bench = await ApiBench.StartAsync();
        var response = await bench.PostAsync("/api/v1/clip/pause", new { clip = "c" }, ApiBench.Viewer);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("bob", (await ApiBench.JsonOf(response)).GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await bench.PostAsync("/api/v1/inputs", new { }, ApiBench.Viewer)).StatusCode);
        Assert.Empty(bench.Seed.Asked);
        Assert.Equal(HttpStatusCode.OK, (await bench.GetAsync("/api/v1/clip/list")).StatusCode);
    }

    [Fact]
    public async Task Who_asks_and_why_goes_along()
    {
        await using var bench = await ApiBench.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await bench.PostAsync("/api/v1/clip/pause", new { clip = "c", reason = "lunch" })).StatusCode);
        var asked = Assert.Single(bench.Seed.Asked);
        Assert.Equal(("clip pause", "alice", "lunch", OperatorRight.Operator), (asked.Command, asked.By, asked.Reason, asked.Right));
        Assert.Equal("c", asked.Arguments["clip"]);
    }

    [Fact]
    public async Task Wrong_tokens_are_slowed_down_and_right_ones_are_not()
    {
        await using var bench = await ApiBench.StartAsync(new ApiLimits { WrongTokens = 3 });
        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.Unauthorized, (await bench.GetAsync("/api/v1/clip/list", $"guess-{i}-0123456789")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await bench.GetAsync("/api/v1/clip/list", "guess-4-0123456789")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await bench.GetAsync("/api/v1/clip/list")).StatusCode);
    }

    [Fact]
    public async Task A_caller_that_asks_too_much_is_slowed_down_alone()
    {
        await using var bench = await ApiBench.StartAsync(new ApiLimits { Burst = 3, PerSecond = 1 });
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 6; i++) answers.Add((await bench.GetAsync("/api/v1/whoami")).StatusCode);
        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
        Assert.Equal(HttpStatusCode.OK, (await bench.GetAsync("/api/v1/whoami", ApiBench.Operator)).StatusCode);
    }

    [Fact]
    public async Task Uploads_of_many_small_files_are_not_slowed_down()
    {
        await using var bench = await ApiBench.StartAsync(new ApiLimits { Burst = 3, PerSecond = 1 });
        for (var i = 0; i < 10; i++)
        {
            using var content = new ByteArrayContent([(byte)i]);
            var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData([(byte)i]));
            Assert.True((await bench.SendAsync(HttpMethod.Put, $"/api/v1/inputs/blobs/{hash}", ApiBench.Operator, content)).IsSuccessStatusCode);
        }
    }

    [Fact]
    public async Task No_cookie_is_set_and_the_dashboard_runs_only_its_own_script()
    {
        await using var bench = await ApiBench.StartAsync();
        var page = await bench.GetAsync("/", null);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.False(page.Headers.Contains("Set-Cookie"));
        Assert.DoesNotContain("://", (await page.Content.ReadAsStringAsync()).Replace("http://www.w3.org", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"tokens":[{"name":"a","right":"king","token":"0123456789012345"}]}""")]
    [InlineData("""{"tokens":[{"name":"a","right":"viewer","token":"short"}]}""")]
    [InlineData("""{"tokens":[{"name":"","right":"viewer","token":"0123456789012345"}]}""")]
    [InlineData("""{"tokens":[{"name":"a","right":"viewer"}]}""")]
    [InlineData("""{"tokens":[null]}""")]
    public void A_token_file_that_cannot_be_used_is_refused_without_its_secrets(string json)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, json);
            var error = Assert.Throws<Depth3DException>(() => TokenBook.Load(path));
            Assert.Equal(ExitCode.Usage, error.ExitCode);
            Assert.DoesNotContain("0123456789012345", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_token_may_be_given_as_its_hash()
    {
        var path = Path.GetTempFileName();
        try
        {
            var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("a-long-enough-token"u8));
            File.WriteAllText(path, $$"""{"tokens":[{"name":"a","right":"viewer","sha256":"{{hash}}"}]}""");
            Assert.Equal(new Caller("a", OperatorRight.Viewer), TokenBook.Load(path).Find("a-long-enough-token"));
            Assert.Null(TokenBook.Load(path).Find(hash));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_damaged_file_leaves_the_last_good_tokens_in_force()
    {
        var path = Path.GetTempFileName();
        var time = new HandClock();
        try
        {
            File.WriteAllText(path, """{"tokens":[{"name":"a","right":"viewer","token":"first-token-0123"}]}""");
            var source = new TokenSource(path, time, Microsoft.Extensions.Logging.Abstractions.NullLogger<TokenSource>.Instance);
            Rewrite(path, "{", 1);
            time.Advance(TimeSpan.FromSeconds(2));
            Assert.NotNull(source.Current.Find("first-token-0123"));
            Rewrite(path, """{"tokens":[{"name":"b","right":"viewer","token":"second-token-012"}]}""", 2);
            time.Advance(TimeSpan.FromSeconds(2));
            Assert.Null(source.Current.Find("first-token-0123"));
            Assert.NotNull(source.Current.Find("second-token-012"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void Rewrite(string path, string text, int minutes)
    {
        File.WriteAllText(path, text);
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(minutes));
    }

    private sealed class HandClock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public void Advance(TimeSpan by) => _now += by.Ticks;
    }
}
