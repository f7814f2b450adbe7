using Depth3D.Cluster.Workers;

namespace Depth3D.Cluster.Tests.Workers;

public sealed class SecretMaskTests
{
    private readonly SecretMask _mask = new(["s3cr3t-of-this-broker", "abc"]);

    [Theory]
    [InlineData("connecting with s3cr3t-of-this-broker now", "connecting with **** now")]
    [InlineData("amqp://depth3d:hunter2@broker:5672/depth3d", "amqp://depth3d:****@broker:5672/depth3d")]
    [InlineData("Authorization: Bearer abcdef0123456789", "Authorization: Bearer ****")]
    [InlineData("Host=db;Password=hunter2;Database=d", "Host=db;Password=****;Database=d")]
    [InlineData("{\"token\": \"0123456789\"}", "{\"token\": \"****\"}")]
    [InlineData("run --password hunter2 --fast", "run --password **** --fast")]
    [InlineData("key AKIAIOSFODNN7EXAMPLE used", "key **** used")]
    [InlineData("\u001b[31mred\u001b[0m and \u001b]0;title\u0007 bell\u0007", "red and  bell?")]
    [InlineData("frame 12 of 40 abc: 3 tokens of text", "frame 12 of 40 abc: 3 tokens of text")]
    public void A_line_shows_no_secret_and_steers_no_terminal(string line, string shown) => Assert.Equal(shown, _mask.Apply(line));
}
