using Depth3D.Nodes.Preprocess;
using Depth3D.Nodes.Render;
using Depth3D.Nodes.Trainer;
using Depth3D.Pipeline;

namespace Depth3D.Cli.Tests;

public sealed class DepthGraphTests
{
    /// <summary>A seed that is alone knows the graph by the outline, an embedded run by the stages: a clip must be the same in both.</summary>
    [Fact]
    public void The_seeds_graph_is_that_of_the_roles()
    {
        var real = new Recipe("depth", [.. PreprocessRole.Stages, .. TrainerRole.Stages, .. RenderRole.Stages]);
        var outline = DepthGraph.Recipe;
        Assert.Equal(real.Stages.Select(Line), outline.Stages.Select(Line));
    }

    private static string Line(IStage stage) => $"{stage.Name} in {stage.Pool} after {string.Join(' ', stage.After)}";
}
