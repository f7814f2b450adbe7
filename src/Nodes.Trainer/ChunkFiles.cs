using Depth3D.Pipeline;

namespace Depth3D.Nodes.Trainer;

/// <summary>Files of a chain: this chunk's own lie in its output folder, its predecessors' are published.</summary>
internal sealed class ChunkFiles(StageContext context)
{
    public int Chunk => context.Id.TaskIndex;

    public string Checkpoint(int chunk) => PathOf(chunk, Artifacts.Checkpoint(chunk));

    public TrainProgress Progress(int chunk) => StageJson.Read<TrainProgress>(PathOf(chunk, Artifacts.TrainProgress(chunk)));

    /// <summary>Loss files of the chunks so far that trained.</summary>
    public IEnumerable<string> Losses(TrainProgress progress) =>
        progress.Checks.Where(c => c.Chunk >= 0).Select(c => PathOf(c.Chunk, Artifacts.Losses(c.Chunk)));

    public string Preview(int chunk, int frame) => PathOf(chunk, Artifacts.TrainPreview(chunk, frame));

    private string PathOf(int chunk, string name) => chunk == Chunk ? context.Output(name) : context.Inputs.PathOf(Stages.Train, name);
}
