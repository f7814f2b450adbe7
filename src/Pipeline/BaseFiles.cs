using Depth3D.Messages;
using Depth3D.Pipeline.Windows;

namespace Depth3D.Pipeline;

/// <summary>Which of a stage's files effects and exports read: not what training kept for itself, nor flow over more than one
/// frame, nor what a window of a long clip holds alone.</summary>
internal static class BaseFiles
{
    public static bool IsNeeded(StageName stage, string name)
    {
        if (stage == Stages.Flow) return FrameName.Frames(name) is [var first, var second] && second == first + 1;
        return stage != Stages.Train || name is Artifacts.TrainIndex or Artifacts.RefinedCameras || name.StartsWith("refined_", StringComparison.Ordinal);
    }
}
