namespace Depth3D.Bench.Quality;

/// <summary>One optimisation to be measured.</summary>
/// <param name="Prior"><c>noisy</c>, <c>mono</c> or <c>geometric</c>.</param>
internal sealed record QualityCase(string Scene, int Frames, string Prior, int Seed)
{
    /// <summary>What three seeds are averaged over.</summary>
    public string Group => $"{Scene} {Frames} {Prior}";
}
