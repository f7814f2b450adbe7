using System.Diagnostics.Metrics;
using System.Threading.RateLimiting;
using Depth3D.Cluster.Observability;
using Depth3D.Messages;
using Depth3D.Seed.Tokens;
using Microsoft.AspNetCore.Http;

namespace Depth3D.Seed.Http;

/// <summary>
/// Lets a request under <c>/api</c> in only with a token in its <c>Authorization</c> header. No cookie is ever set or read, so another
/// site's page cannot act with a visitor's rights.
/// </summary>
internal sealed class Gate : IDisposable
{
    private const string Scheme = "Bearer ";

    private static readonly object CallerKey = new();

    private readonly TokenSource _tokens;
    private readonly Counter<long> _denied;
    private readonly PartitionedRateLimiter<string> _requests;
    private readonly PartitionedRateLimiter<string> _failures;

    public Gate(TokenSource tokens, ApiLimits limits, Meter meter)
    {
        _tokens = tokens;
        _denied = meter.CreateCounter<long>(MetricNames.Denied, description: "Requests with no token, a wrong one, or too few rights.");
        _requests = Buckets(limits.Burst, limits.PerSecond, TimeSpan.FromSeconds(1));
        _failures = Buckets(limits.WrongTokens, limits.WrongTokens, TimeSpan.FromMinutes(1));
    }

    /// <summary>Who asks; set for every request under <c>/api</c>.</summary>
    public static Caller CallerOf(HttpContext context) => (Caller)context.Items[CallerKey]!;

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.Path.StartsWithSegments("/api"))
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        context.Response.Headers.CacheControl = "no-store";
        if (Find(context) is not { } caller) await DenyAsync(context).ConfigureAwait(false);
        else if (!IsUpload(context.Request) && !_requests.AttemptAcquire(caller.Name).IsAcquired) await SlowDownAsync(context, "too many requests").ConfigureAwait(false);
        else
        {
            context.Items[CallerKey] = caller;
            await next(context).ConfigureAwait(false);
        }
    }

    /// <summary>Counts a request whose token does not allow what it asks.</summary>
    public void NoteDenied() => _denied.Add(1);

    public void Dispose()
    {
        _requests.Dispose();
        _failures.Dispose();
    }

    /// <summary>A clip of a thousand frames is a thousand uploads one after the other; each is bounded by its own size and by the disk.</summary>
    private static bool IsUpload(HttpRequest request) =>
        HttpMethods.IsPut(request.Method) && request.Path.StartsWithSegments("/api/v1/inputs/blobs");

    private Caller? Find(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? _tokens.Current.Find(header[Scheme.Length..].Trim()) : null;
    }

    private Task DenyAsync(HttpContext context)
    {
        _denied.Add(1);
        if (!_failures.AttemptAcquire(context.Connection.RemoteIpAddress?.ToString() ?? "").IsAcquired)
            return SlowDownAsync(context, "too many requests without a valid token");
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Answers.Problem(StatusCodes.Status401Unauthorized, ExitCode.Refused, "the token is missing or nobody has it", null,
            "give a token of the seed's token file, by --token-file or DEPTH3D_TOKEN").ExecuteAsync(context);
    }

    private static Task SlowDownAsync(HttpContext context, string what)
    {
        context.Response.Headers.RetryAfter = "10";
        return Answers.Problem(StatusCodes.Status429TooManyRequests, ExitCode.Refused, what, null, "ask again in ten seconds").ExecuteAsync(context);
    }

    private static PartitionedRateLimiter<string> Buckets(int burst, int refill, TimeSpan period) => PartitionedRateLimiter.Create<string, string>(
        key => RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = burst,
            TokensPerPeriod = refill,
            ReplenishmentPeriod = period,
            QueueLimit = 0,
        }));
}
