using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Depth3D.Cli.Remote;
using Depth3D.Cluster.Operations;
using Depth3D.Messages;

namespace Depth3D.Cli.Tests.Remote;

public sealed class SeedClientTests
{
    private static readonly SeedAddress One = new([new Uri("http://a:7070/")], "secret"), Two = new([new Uri("http://a:7070/"), new Uri("http://b:7070/")], null);

    [Fact]
    public async Task What_changes_nothing_is_asked_with_the_arguments_in_the_query()
    {
        var seed = StubSeed.Answering(HttpStatusCode.OK, "[]");
        await Call(seed, One, "clip list", ("project", "film & tv"));
        var request = Assert.Single(seed.Requests);
        Assert.Equal(HttpMethod.Get, request.Method);
        Assert.Equal("http://a:7070/api/v1/clip/list?project=film%20%26%20tv", request.Uri.AbsoluteUri);
        Assert.Equal("Bearer secret", request.Authorization);
    }

    [Fact]
    public async Task A_change_is_posted_with_its_reason()
    {
        var seed = StubSeed.Answering(HttpStatusCode.OK, "{}");
        await Call(seed, One, "clip pause", ("clip", "shot-1"));
        var request = Assert.Single(seed.Requests);
        Assert.Equal(HttpMethod.Post, request.Method);
        var body = JsonDocument.Parse(request.Body).RootElement;
        Assert.Equal("shot-1", body.GetProperty("clip").GetString());
        Assert.Equal("the test", body.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Another_seed_is_asked_only_when_no_connection_was_made()
    {
        var seed = new StubSeed(r => r.RequestUri!.Host == "a"
            ? throw new HttpRequestException(HttpRequestError.ConnectionError, "refused", new SocketException((int)SocketError.ConnectionRefused))
            : new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("[]") });
        await Call(seed, Two, "clip list");
        Assert.Equal(["a", "b"], seed.Requests.Select(r => r.Uri.Host));

        var hangsUp = new StubSeed(_ => throw new HttpRequestException(HttpRequestError.ResponseEnded, "ended"));
        var failure = await Assert.ThrowsAsync<RemoteFailure>(() => Call(hangsUp, Two, "clip pause", ("clip", "shot-1")));
        Assert.Equal(ExitCode.Unreachable, failure.Code);
        Assert.Single(hangsUp.Requests);
    }

    [Fact]
    public async Task No_seed_at_all_is_said_with_every_address()
    {
        var seed = new StubSeed(_ => throw new HttpRequestException(HttpRequestError.ConnectionError, "no route"));
        var failure = await Assert.ThrowsAsync<RemoteFailure>(() => Call(seed, Two, "cluster show"));
        Assert.Equal(ExitCode.Unreachable, failure.Code);
        Assert.Contains("a:7070", failure.Message, StringComparison.Ordinal);
        Assert.Contains("b:7070", failure.Message, StringComparison.Ordinal);
        Assert.Contains("DEPTH3D_SEED", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.Conflict, """{ "exitCode": "refused", "error": "the clip is done", "where": "shot-1", "remedy": "submit it again" }""", ExitCode.Refused, "submit it again")]
    [InlineData(HttpStatusCode.BadRequest, """{ "exitCode": 3, "error": "no such clip" }""", ExitCode.BadInput, "no such clip")]
    [InlineData(HttpStatusCode.BadRequest, """{ "exitCode": "bad-input", "error": "no such clip" }""", ExitCode.BadInput, "no such clip")]
    [InlineData(HttpStatusCode.Unauthorized, "", ExitCode.Refused, "DEPTH3D_TOKEN")]
    [InlineData(HttpStatusCode.Forbidden, """{ "error": "viewers only look" }""", ExitCode.Refused, "right of an operator")]
    [InlineData(HttpStatusCode.BadGateway, "<html>proxy</html>", ExitCode.Unreachable, "proxy")]
    [InlineData(HttpStatusCode.InternalServerError, "[1,", ExitCode.Failed, "500")]
    [InlineData(HttpStatusCode.OK, "<html>some other site</html>", ExitCode.Unreachable, "is that address a seed?")]
    public async Task What_the_seed_says_instead_of_a_result_keeps_its_code_and_words(HttpStatusCode status, string body, ExitCode code, string saying)
    {
        var failure = await Assert.ThrowsAsync<RemoteFailure>(() => Call(StubSeed.Answering(status, body), One, "clip list"));
        Assert.Equal(code, failure.Code);
        Assert.Contains(saying, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_followed_command_yields_a_row_per_event()
    {
        var seed = StubSeed.Answering(HttpStatusCode.OK, ": beat\n\ndata: {\"kind\":\"a\"}\n\nevent: x\ndata: {\"kind\":\n data: x\ndata: \"b\"}\n\n", "text/event-stream");
        using var client = new SeedClient(One, seed);
        var kinds = new List<string>();
        await foreach (var row in client.FollowAsync(CommandTable.Find("cluster tail")!, new Dictionary<string, string> { ["follow"] = "true" }, CancellationToken.None))
            kinds.Add(row.GetProperty("kind").GetString()!);
        Assert.Equal(["a", "b"], kinds);
    }

    [Theory]
    [InlineData("ftp://a")]
    [InlineData("a:7070")]
    [InlineData("http://user:password@a")]
    [InlineData(",")]
    public void An_address_that_is_none_is_refused(string seed) =>
        Assert.Equal(FailureKind.Usage, Assert.Throws<Depth3DException>(() => SeedAddress.Resolve(seed, null, _ => null)).Kind);

    [Fact]
    public void The_token_comes_from_an_option_the_environment_or_the_own_folder()
    {
        var folder = Directory.CreateTempSubdirectory("depth3d-token-");
        try
        {
            var file = new FileInfo(Path.Combine(folder.FullName, "depth3d", "token"));
            file.Directory!.Create();
            File.WriteAllText(file.FullName, "from-file\n");
            Assert.Equal("from-file", SeedAddress.Resolve(null, null, n => n == "XDG_CONFIG_HOME" ? folder.FullName : null).Token);
            Assert.Equal("from-environment", SeedAddress.Resolve(null, null, n => n switch { "DEPTH3D_TOKEN" => "from-environment", "XDG_CONFIG_HOME" => folder.FullName, _ => null }).Token);
            Assert.Equal("from-file", SeedAddress.Resolve(null, file, n => n == "DEPTH3D_TOKEN" ? "from-environment" : null).Token);
            Assert.Throws<Depth3DException>(() => SeedAddress.Resolve(null, null, n => n == "DEPTH3D_TOKEN" ? "two words" : null));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<JsonElement> Call(StubSeed seed, SeedAddress address, string command, params (string Name, string Value)[] arguments)
    {
        using var client = new SeedClient(address, seed);
        var definition = CommandTable.Find(command)!;
        return await client.CallAsync(definition, arguments.ToDictionary(a => a.Name, a => a.Value), definition.IsChange ? "the test" : "", CancellationToken.None);
    }
}
