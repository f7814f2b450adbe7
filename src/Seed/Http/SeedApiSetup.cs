using Depth3D.Cluster.Operations;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Depth3D.Seed.Http;

/// <summary>What a <see cref="SeedApi"/> is made of.</summary>
public sealed record SeedApiSetup
{
    public required SeedFiles Files { get; init; }

    /// <summary>Where it listens, such as <c>http://127.0.0.1:7070</c>.</summary>
    public required string Url { get; init; }

    /// <summary>The operators' tokens; null when nobody may ask anything.</summary>
    public string? TokenFile { get; init; }

    public ApiLimits Limits { get; init; } = new();

    public ILoggerFactory Logs { get; init; } = NullLoggerFactory.Instance;

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
