using Depth3D.Messages;

namespace Depth3D.Pipeline.Tests.Recipes;

public sealed class RecipeTests
{
    [Fact]
    public void Stages_come_after_their_inputs_in_an_order_that_depends_on_nothing_else()
    {
        var recipe = new Recipe("depth", [new FakeStage("d", "b", "c"), new FakeStage("b", "a"), new FakeStage("c", "a"), new FakeStage("a")]);
        Assert.Equal(["a", "b", "c", "d"], recipe.Stages.Select(s => s.Name.Value));
        Assert.Equal(["a", "b", "c"], recipe.Ancestors("d").Select(s => s.Value));
        Assert.Empty(recipe.Ancestors("a"));
    }

    [Theory]
    [InlineData("a<b b<a", "a -> b -> a")]
    [InlineData("a<a", "a -> a")]
    [InlineData("x a<x,c b<a c<b", "in a circle")]
    [InlineData("a b<nothing", "'nothing', which is not one of its stages")]
    [InlineData("a a", "'a' twice")]
    [InlineData("", "no stages")]
    public void A_graph_that_cannot_run_is_refused_with_the_reason(string graph, string reason)
    {
        var stages = graph.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(s => s.Split('<'))
            .Select(s => new FakeStage(s[0], s.Length > 1 ? s[1].Split(',') : []));
        var error = Assert.Throws<Depth3DException>(() => new Recipe("depth", stages));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Equal(FailureKind.Usage, error.Kind);
    }

    [Fact]
    public void An_unknown_stage_is_named_with_the_known_ones()
    {
        var error = Assert.Throws<Depth3DException>(() => new Recipe("depth", [new FakeStage("a")])["b"]);
        Assert.Contains("no stage 'b'; it has a", error.Message, StringComparison.Ordinal);
    }
}
