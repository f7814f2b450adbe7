namespace Depth3D.Nodes.Trainer.Loops;

/// <summary>How the iterations of the levels are cut into chunks: none crosses a level, so most checkpoints need no moments.</summary>
internal sealed class LoopChunkPlan
{
    private readonly List<(int First, int End, int Level)> _chunks = [];

    public LoopChunkPlan(IReadOnlyList<int> iterationsOfLevels, int chunkSteps)
    {
        var first = 0;
        for (var level = 0; level < iterationsOfLevels.Count; level++)
        {
            var end = first + iterationsOfLevels[level];
            for (; first < end; first = _chunks[^1].End) _chunks.Add((first, Math.Min(end, first + chunkSteps), level));
        }
    }

    public int Count => _chunks.Count;

    public (int First, int End, int Level) this[int chunk] => _chunks[chunk];
}
