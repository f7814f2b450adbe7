using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Depth3D.Cli.Remote;
using Depth3D.Cluster.Operations;
using Depth3D.Cluster.Operations.Results;
using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Cli.Tests.Remote;

public sealed class InputUploadTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("depth3d-upload-").FullName;
    private readonly HashSet<string> _stored = [];

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Inputs_are_sent_once_and_named_in_the_store()
    {
        var (clip, masks) = (Write("clip.mp4", "abc"), Write("masks/1.png", "mask"));
        var options = new DepthOptions { SourcePath = clip, Masks = new MasksOptions { Method = "dir:" + Path.GetDirectoryName(masks) } };
        var seed = new StubSeed(Answer);
        using var client = new SeedClient(new SeedAddress([new Uri("http://a:7070/")], null), seed);

        var sent = await new InputUpload(client, _ => { }, TimeProvider.System).SendAsync(options, CancellationToken.None);

        Assert.StartsWith("store:inputs/", sent.SourcePath, StringComparison.Ordinal);
        Assert.StartsWith("dir:store:inputs/", sent.Masks.Method, StringComparison.Ordinal);
        Assert.Equal("dis", sent.Flow.Method);
        Assert.Equal(["abc", "mask"], seed.Requests.Where(r => r.Method == HttpMethod.Put).Select(r => r.Body));

        await new InputUpload(client, _ => { }, TimeProvider.System).SendAsync(options, CancellationToken.None);
        Assert.Equal(2, seed.Requests.Count(r => r.Method == HttpMethod.Put));
    }

    [Fact]
    public async Task A_check_names_the_same_inputs_and_sends_nothing()
    {
        var options = new DepthOptions { SourcePath = Write("clip.mp4", "abc") };
        var seed = new StubSeed(Answer);
        using var client = new SeedClient(new SeedAddress([new Uri("http://a:7070/")], null), seed);
        var named = await new InputUpload(client, _ => { }, TimeProvider.System).NameAsync(options, CancellationToken.None);
        Assert.Empty(seed.Requests);
        Assert.Equal(named.SourcePath, (await new InputUpload(client, _ => { }, TimeProvider.System).SendAsync(options, CancellationToken.None)).SourcePath);
    }

    [Fact]
    public async Task A_seed_that_has_too_much_to_do_is_asked_again()
    {
        var refused = false;
        var seed = new StubSeed(request =>
        {
            if (request.Method != HttpMethod.Put || refused) return Answer(request);
            refused = true;
            var busy = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
            busy.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.Zero);
            return busy;
        });
        using var client = new SeedClient(new SeedAddress([new Uri("http://a:7070/")], null), seed);
        await new InputUpload(client, _ => { }, TimeProvider.System).SendAsync(new DepthOptions { SourcePath = Write("clip.mp4", "abc") }, CancellationToken.None);
        Assert.Equal(["abc", "abc"], seed.Requests.Where(r => r.Method == HttpMethod.Put).Select(r => r.Body));
    }

    [Theory]
    [InlineData("../../x")]
    [InlineData("/etc/cron.d/x")]
    [InlineData("a/../../../../x")]
    public void A_file_name_from_a_seed_never_leads_out_of_the_export_folder(string name) =>
        Assert.Throws<RemoteFailure>(() => ClipExportCommand.Target(_root, new FileRow("flow/000", name, 1, "", "")));

    private HttpResponseMessage Answer(HttpRequestMessage request)
    {
        if (request.Method == HttpMethod.Put)
        {
            _stored.Add(request.RequestUri!.Segments[^1]);
            return new HttpResponseMessage(HttpStatusCode.NoContent);
        }

        var offer = JsonSerializer.Deserialize<InputOffer>(request.Content!.ReadAsStringAsync().Result, OperationJson.Options)!;
        var answer = new InputAnswer(offer.Reference, [.. offer.Files.Select(f => f.Sha256).Where(h => !_stored.Contains(h))]);
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(JsonSerializer.Serialize(answer, OperationJson.Options)) };
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
