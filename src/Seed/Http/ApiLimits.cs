namespace Depth3D.Seed.Http;

/// <summary>How much one caller may ask for.</summary>
public sealed record ApiLimits
{
    /// <summary>Requests at once per token, and how many more every second.</summary>
    public int Burst { get; init; } = 200;

    public int PerSecond { get; init; } = 50;

    /// <summary>Requests with a wrong token per address, and how many more every minute. Right tokens are never held up by wrong ones.</summary>
    public int WrongTokens { get; init; } = 10;

    /// <summary>Streams open at once over all callers.</summary>
    public int Followers { get; init; } = 100;

    /// <summary>Largest command.</summary>
    public long CommandBytes { get; init; } = 1 << 20;

    /// <summary>Largest uploaded file.</summary>
    public long UploadBytes { get; init; } = 256L << 30;
}
