using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Depth3D.Cluster.Hosting;
using Depth3D.Messages;

namespace Depth3D.Cluster.Bus;

/// <summary>Credentials and certificates of a broker connection, the same for the bus and for connections beside it.</summary>
internal static class BrokerTls
{
    /// <exception cref="Depth3DException">There is no user, no password, no host, or half a certificate.</exception>
    public static void Check(BrokerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Hosts.Count == 0) throw Wrong(options, "no broker host is given", "name at least one");
        if (string.IsNullOrEmpty(options.User) || string.IsNullOrEmpty(options.Password))
            throw Wrong(options, "user and password of the broker are needed; there are no default ones", "give both by environment or file");
        if (options.TlsCertificate is null != options.TlsKey is null)
            throw Wrong(options, "a certificate needs its key and a key its certificate", "give both or none");
        if (!options.Tls && (options.TlsAuthority ?? options.TlsCertificate) is not null)
            throw Wrong(options, "certificates are given but encryption is off", "switch TLS on, or take the certificates away");
    }

    public static X509Certificate2? OwnCertificate(BrokerOptions options)
    {
        if (options.TlsCertificate is null) return null;
        return Read(options, options.TlsCertificate, () => X509Certificate2.CreateFromPemFile(options.TlsCertificate, options.TlsKey));
    }

    /// <summary>Accepts a certificate that a trusted authority signed for one of the broker's host names.</summary>
    public static RemoteCertificateValidationCallback Validation(BrokerOptions options)
    {
        var authorities = Authorities(options);
        return (_, certificate, _, errors) =>
        {
            if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable)) return false;
            using var server = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
            return options.Hosts.Any(host => server.MatchesHostname(host)) && IsTrusted(server, authorities);
        };
    }

    private static bool IsTrusted(X509Certificate2 server, X509Certificate2Collection? authorities)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (authorities is not null)
        {
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        }

        return chain.Build(server);
    }

    private static X509Certificate2Collection? Authorities(BrokerOptions options)
    {
        if (options.TlsAuthority is null) return null;
        return Read(options, options.TlsAuthority, () =>
        {
            var all = new X509Certificate2Collection();
            all.ImportFromPemFile(options.TlsAuthority);
            return all.Count > 0 ? all : throw new CryptographicException("there is no certificate in it");
        });
    }

    private static T Read<T>(BrokerOptions options, string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new Depth3DException($"cannot be used for {options}: {e.Message}", path, "a PEM file is needed that this user may read",
                FailureKind.Usage, e);
        }
    }

    private static Depth3DException Wrong(BrokerOptions options, string what, string remedy) =>
        new(what, options.ToString(), remedy, FailureKind.Usage);
}
