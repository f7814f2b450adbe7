using System.Net;
using System.Security.Cryptography;
using System.Text;
using Depth3D.Cluster.Operations;
using Depth3D.Messages;
using Depth3D.Pipeline.Storage;

namespace Depth3D.Seed.Tests;

public sealed class UploadTests
{
    [Fact]
    public async Task Offer_send_what_is_missing_offer_again()
    {
        await using var bench = await ApiBench.StartAsync();
        var offer = new InputOffer("frames", IsFolder: true, [File("a.png", "1"), File("b.png", "2"), File("c.png", "1")]);
        var first = await ApiBench.JsonOf(await bench.PostAsync("/api/v1/inputs", offer));
        Assert.Equal(2, first.GetProperty("missing").GetArrayLength());
        foreach (var content in (string[])["1", "2"])
        {
            var sent = await bench.SendAsync(HttpMethod.Put, $"/api/v1/inputs/blobs/{Hash(content)}", ApiBench.Operator, new StringContent(content));
            Assert.Equal(HttpStatusCode.NoContent, sent.StatusCode);
        }

        var second = await ApiBench.JsonOf(await bench.PostAsync("/api/v1/inputs", offer));
        Assert.Equal(0, second.GetProperty("missing").GetArrayLength());
        var folder = StoreReference.Resolve(second.GetProperty("reference").GetString()!, bench.StoreRoot);
        Assert.Equal("1", await System.IO.File.ReadAllTextAsync(Path.Combine(folder, "c.png")));
        Assert.Equal(offer.Reference, second.GetProperty("reference").GetString());
    }

    [Theory]
    [InlineData("../x", "a.png")]
    [InlineData("-vf", "a.png")]
    [InlineData("%05d.png", "a.png")]
    [InlineData("x\u202egnp.exe", "a.png")]
    [InlineData("a\nb", "a.png")]
    [InlineData("", "a.png")]
    [InlineData("frames", "../../etc/cron.d/x")]
    [InlineData("frames", "/etc/passwd")]
    [InlineData("frames", "a//b")]
    [InlineData("frames", "sub/../../x")]
    [InlineData("frames", ".hidden")]
    public async Task Names_that_lead_elsewhere_are_refused(string name, string file)
    {
        await using var bench = await ApiBench.StartAsync();
        var response = await bench.PostAsync("/api/v1/inputs", new InputOffer(name, IsFolder: true, [File(file, "1")]));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.False(Directory.Exists(Path.Combine(bench.StoreRoot, "inputs")));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"name":"x","isFolder":false,"files":[]}""")]
    [InlineData("""{"name":"x","isFolder":true,"files":[null]}""")]
    [InlineData("""{"name":"x","isFolder":true,"files":[{"name":"a","bytes":-1,"sha256":"00"}]}""")]
    public async Task Offers_that_are_none_are_refused(string json)
    {
        await using var bench = await ApiBench.StartAsync();
        var response = await bench.SendAsync(HttpMethod.Post, "/api/v1/inputs", ApiBench.Operator, new StringContent(json, Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_content_that_changed_on_its_way_is_refused()
    {
        await using var bench = await ApiBench.StartAsync();
        var response = await bench.SendAsync(HttpMethod.Put, $"/api/v1/inputs/blobs/{Hash("right")}", ApiBench.Operator, new StringContent("wrong"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await bench.SendAsync(HttpMethod.Put, "/api/v1/inputs/blobs/..%2f..%2fx", ApiBench.Operator, new StringContent("x"))).StatusCode);
    }

    private static ArtifactFile File(string name, string content) => new(name, content.Length, Hash(content));

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
