using Depth3D.Pipeline;

namespace Depth3D.Nodes.Trainer;

/// <summary>The stages that the trainer role runs.</summary>
public static class TrainerRole
{
    public static IEnumerable<IStage> Stages { get; } = [new TrainStage()];
}
