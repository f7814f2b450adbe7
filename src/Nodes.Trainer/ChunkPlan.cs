namespace Depth3D.Nodes.Trainer;

/// <summary>How a chain of steps is cut into chunks.</summary>
internal readonly record struct ChunkPlan(int TotalSteps, int ChunkSteps)
{
    public int Chunks => (TotalSteps + ChunkSteps - 1) / ChunkSteps;

    /// <summary>First step of a chunk, and the one after its last.</summary>
    public (int First, int End) Steps(int chunk) => (chunk * ChunkSteps, Math.Min(TotalSteps, (chunk + 1) * ChunkSteps));
}
