using Depth3D.Pipeline;

namespace Depth3D.Nodes.Render;

/// <summary>The stages that the render role runs.</summary>
public static class RenderRole
{
    public static IEnumerable<IStage> Stages { get; } = [new DepthStage(), new PointCloudStage(), new EncodeStage()];
}
