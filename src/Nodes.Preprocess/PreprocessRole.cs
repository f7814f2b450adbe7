using Depth3D.Nodes.Preprocess.Cameras;
using Depth3D.Nodes.Preprocess.Flow;
using Depth3D.Nodes.Preprocess.Frames;
using Depth3D.Nodes.Preprocess.Masks;
using Depth3D.Nodes.Preprocess.Prior;
using Depth3D.Nodes.Preprocess.Sequence;
using Depth3D.Pipeline;

namespace Depth3D.Nodes.Preprocess;

/// <summary>The stages that the preprocess role runs.</summary>
public static class PreprocessRole
{
    public static IReadOnlyList<IStage> Stages { get; } =
        [new FramesStage(), new FlowStage(), new MasksStage(), new CamerasStage(), new PriorStage(), new SequenceStage()];
}
