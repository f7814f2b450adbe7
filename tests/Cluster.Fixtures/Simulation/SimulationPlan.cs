namespace Depth3D.Cluster.Fixtures.Simulation;

/// <summary>What is simulated. The same plan gives the same run.</summary>
public sealed record SimulationPlan
{
    public int Clips { get; init; } = 100;

    /// <summary>Of a clip: two fifths preprocessing, a tenth training as one chain, the rest rendering.</summary>
    public int TasksPerClip { get; init; } = 100;

    /// <summary>Half preprocess, a fifth train, the rest render; two slots each but the trainers, which have one with a GPU.</summary>
    public int Nodes { get; init; } = 50;

    /// <summary>Mean time between two deaths of a node; null for never.</summary>
    public TimeSpan? NodeLife { get; init; } = TimeSpan.FromHours(2);

    /// <summary>How long a dead node stays away.</summary>
    public TimeSpan NodeAway { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Share of attempts that fail for a reason that passes.</summary>
    public double Failures { get; init; } = 0.002;

    /// <summary>Shares of the projects; clips are dealt out among them in turn.</summary>
    public IReadOnlyList<int> ProjectWeights { get; init; } = [1, 2, 3, 4];

    /// <summary>Share of clips that are urgent: of higher priority, and submitted in the middle of the run, one after the other.</summary>
    public double Urgent { get; init; } = 0.01;

    public TimeSpan ShortestTask { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan LongestTask { get; init; } = TimeSpan.FromSeconds(60);

    public int Seed { get; init; } = 1;
}
