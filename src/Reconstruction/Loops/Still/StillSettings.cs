namespace Depth3D.Reconstruction.Loops.Still;

/// <summary>
/// How stage 1 optimises (video-loop spec 3). Beside the published single resolution the scene may be found coarse to fine: geometry settles on small pictures,
/// where an update costs a sixteenth, and large ones only sharpen it.
/// </summary>
public sealed record StillSettings
{
    public required IReadOnlyList<StillLevel> Levels { get; init; }

    /// <summary>Pixels of a patch; larger pictures are seen patch by patch, at random places.</summary>
    public int PatchPixels { get; init; } = 180 * 320;

    public double LearningRate { get; init; } = 0.05;

    /// <summary>Weights of spec 3.2.</summary>
    public double Mask { get; init; } = 1;

    /// <summary>
    /// The published weight is 0.004. With 0.02 surfaces settle on fewer planes, so that culling keeps a fifth of the tiles instead of all but a few.
    /// </summary>
    public double Sparsity { get; init; } = 0.02;

    /// <summary>
    /// The published weights, 0.2 and 0.5, are for colours and alphas apart. Here colours are premultiplied before they are filtered, so the edges of alpha are
    /// in both: on the truth loops at 160 pixels, held-out views come out at 29.2 dB with the published weights and at 30.4 with these.
    /// </summary>
    public double ColourVariation { get; init; } = 0.05;

    /// <inheritdoc cref="ColourVariation"/>
    public double AlphaVariation { get; init; } = 0.2;

    public double Density { get; init; } = 0.02;

    /// <summary>Updates over which the weight of density rises to its full value, as a share of all.</summary>
    public double DensityRise { get; init; } = 0.5;

    /// <summary>
    /// Updates that follow the culling of faint tiles, the last of all (spec 3.3): what they held is taken over by those that stay. 0 culls nothing here.
    /// </summary>
    public int CullSteps { get; init; }

    /// <summary>Weight that a tile must have in some view, over more than a speck, to stay.</summary>
    public double CullWeight { get; init; } = 0.04;

    public int Seed { get; init; } = 1;

    public string Device { get; init; } = "cpu";

    public int TotalSteps => Levels.Sum(l => l.Steps);

    /// <summary>Level of an update, and the first update of that level.</summary>
    public (int Level, int First) LevelOf(int step)
    {
        var first = 0;
        for (var level = 0; level < Levels.Count; level++)
        {
            if (step < first + Levels[level].Steps || level == Levels.Count - 1) return (level, first);
            first += Levels[level].Steps;
        }

        throw new InvalidOperationException("stage 1 has no level");
    }

    /// <summary>Three levels for two CPU cores.</summary>
    /// <param name="epochs">Passes over all views at full size; null for the profile's number of updates.</param>
    public static StillSettings Preview(int views, int? epochs, int seed, string device) => new()
    {
        Levels = [new(0.25, 100), new(0.5, 150), new(1, epochs is { } passes ? Math.Max(1, passes * views) : 240)],
        CullSteps = epochs is null ? 100 : Math.Max(1, epochs.Value * views / 2),
        Seed = seed,
        Device = device,
    };

    /// <summary>The published schedule: passes over all patches of all views at full size (spec 3.1, 3.3), begun on smaller pictures.</summary>
    public static StillSettings Studio(int views, int width, int height, int epochs, int seed, string device)
    {
        var patches = Patches(width, 320) * Patches(height, 180);
        return new()
        {
            Levels = [new(0.25, 600), new(0.5, 600), new(1, Math.Max(1, epochs * views * patches))],
            CullSteps = Math.Min(epochs, 10) * views * patches,
            Seed = seed,
            Device = device,
        };
    }

    /// <summary>Places of a patch along a side, half a patch apart.</summary>
    private static int Patches(int side, int patch) => Math.Max(1, (int)Math.Ceiling((side - patch) / (patch / 2.0)) + 1);
}
