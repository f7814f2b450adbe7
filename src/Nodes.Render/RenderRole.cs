using Depth3D.Nodes.Render.Windows;
using Depth3D.Pipeline;

namespace Depth3D.Nodes.Render;

/// <summary>The stages that the render role runs.</summary>
public static class RenderRole
{
    public static IEnumerable<IStage> Stages { get; } = [new AlignStage(), new MergeStage(), new DepthStage(), new PointCloudStage(), new EncodeStage()];
}
