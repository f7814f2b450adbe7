using Depth3D.Cli.Running;
using Depth3D.Pipeline;

namespace Depth3D.Cli.Tests;

/// <summary>A seed alone knows the recipes as outlines: they must be what the roles really have, or a clip waits for a stage that nobody plans.</summary>
public sealed class RecipeGraphTests
{
    [Theory]
    [InlineData(RecipeNames.Depth)]
    [InlineData(RecipeNames.Effect)]
    [InlineData(RecipeNames.Export)]
    [InlineData(RecipeNames.Loop)]
    public void The_outline_is_what_the_roles_have(string recipe)
    {
        var (real, outline) = (AllStages.Recipes.Single(r => r.Name == recipe), RecipeGraphs.All.Single(r => r.Name == recipe));
        Assert.Equal(real.Stages.Select(s => s.Name), outline.Stages.Select(s => s.Name));
        foreach (var stage in real.Stages)
        {
            Assert.Equal(stage.Pool, outline[stage.Name].Pool);
            Assert.Equal(stage.After, outline[stage.Name].After);
        }
    }

    [Fact]
    public async Task An_outline_cannot_plan_or_run()
    {
        var stage = RecipeGraphs.Effect.Stages[0];
        Assert.Throws<Messages.Depth3DException>(() => stage.Plan(null!));
        await Assert.ThrowsAsync<Messages.Depth3DException>(() => stage.ExecuteAsync(null!, CancellationToken.None));
    }
}
