using Depth3D.Cluster.Bus;
using Depth3D.Cluster.Fixtures;
using Depth3D.Cluster.Hosting;
using Depth3D.Messages;

namespace Depth3D.Cluster.Tests.Bus;

/// <summary>Who may connect. Refused at once and in words, never with the password in them.</summary>
public sealed class CredentialTests
{
    private const string Secret = "not-the-password";

    [Fact]
    public async Task A_wrong_password_is_refused()
    {
        var options = (await PrivateBroker.SharedAsync()).NewSpace() with { Password = Secret };
        await RefusedAsync(options, "the broker refuses user 'depth3d'");
    }

    [Fact]
    public async Task An_unknown_virtual_host_is_refused()
    {
        var options = (await PrivateBroker.SharedAsync()).NewSpace() with { VirtualHost = "no-such-space" };
        await RefusedAsync(options, "the broker refuses user 'depth3d'");
    }

    [Theory]
    [InlineData("", Secret)]
    [InlineData("depth3d", "")]
    public Task There_is_no_default_user_or_password(string user, string password) =>
        RefusedAsync(new() { User = user, Password = password }, "there are no default ones");

    [Fact]
    public Task Half_a_certificate_is_refused() =>
        RefusedAsync(new() { User = "u", Password = Secret, Tls = true, TlsCertificate = "/x.pem" }, "a certificate needs its key");

    [Fact]
    public Task Certificates_without_encryption_are_refused() =>
        RefusedAsync(new() { User = "u", Password = Secret, TlsAuthority = "/x.pem" }, "encryption is off");

    [Fact]
    public Task A_broker_that_is_not_there_is_named_in_words() =>
        RefusedAsync(new() { User = "u", Password = Secret, Port = FreePorts.Take(1)[0] }, "no broker answers", FailureKind.Transient);

    private static async Task RefusedAsync(BrokerOptions options, string words, FailureKind kind = FailureKind.Usage)
    {
        var refused = await Assert.ThrowsAsync<Depth3DException>(() => BrokerTopology.DeployAsync(options, 1, default).Within("the refusal"));
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        Assert.Equal(kind, refused.Kind);
        Assert.DoesNotContain(Secret, refused.ToString(), StringComparison.Ordinal);
    }
}
