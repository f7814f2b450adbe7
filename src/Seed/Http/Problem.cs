namespace Depth3D.Seed.Http;

/// <summary>What is wrong, as every failed request answers.</summary>
/// <param name="ExitCode">What the command line exits with.</param>
internal sealed record Problem(string Error, string? Where, string? Remedy, int ExitCode);
