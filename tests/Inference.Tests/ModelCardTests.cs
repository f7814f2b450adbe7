using Depth3D.Inference.Registry;
using Depth3D.Messages;

namespace Depth3D.Inference.Tests;

public sealed class ModelCardTests
{
    private const string Good = """
        { "task": "depth", "input": { "name": "x", "shortSide": 256, "multipleOf": 32 }, "output": { "name": "y", "kind": "disparity" } }
        """;

    [Fact]
    public void A_card_survives_being_written_and_read()
    {
        var card = ModelCard.Parse(Good, "card");
        Assert.Equal(card.ToJson(), ModelCard.Parse(card.ToJson(), "again").ToJson());
    }

    [Theory]
    [InlineData("", "not a model card")]
    [InlineData("null", "not a model card")]
    [InlineData("[]", "not a model card")]
    [InlineData("""{ "task": "cooking" }""", "not a model card")]
    [InlineData("""{ "task": 0, "input": { "name": "x" }, "output": { "name": "y", "kind": "disparity" } }""", "not a model card")]
    [InlineData("""{ "task": "depth", "input": { "name": "x" }, "output": { "name": "y", "kind": "disparity" }, "surprise": 1 }""", "surprise")]
    [InlineData("""{ "task": "depth", "input": { "name": "" }, "output": { "name": "y", "kind": "disparity" } }""", "input.name")]
    [InlineData("""{ "task": "depth", "input": { "name": "x", "width": 9 }, "output": { "name": "y", "kind": "disparity" } }""", "together")]
    [InlineData("""{ "task": "depth", "input": { "name": "x", "shortSide": -1 }, "output": { "name": "y", "kind": "disparity" } }""", "sides")]
    [InlineData("""{ "task": "depth", "input": { "name": "x", "width": 1000000, "height": 2 }, "output": { "name": "y", "kind": "depth" } }""", "sides")]
    [InlineData("""{ "task": "depth", "input": { "name": "x", "std": [1, 0, 1] }, "output": { "name": "y", "kind": "depth" } }""", "input.std")]
    [InlineData("""{ "task": "depth", "input": { "name": "x", "scale": 1e400 }, "output": { "name": "y", "kind": "depth" } }""", "scale")]
    [InlineData("""{ "task": "depth", "input": { "name": "x" }, "output": { "name": "y", "kind": "logits" } }""", "belongs to task")]
    [InlineData("""{ "task": "segmentation", "input": { "name": "x" }, "output": { "name": "y", "kind": "logits" } }""", "classes")]
    [InlineData("""{ "task": "segmentation", "input": { "name": "x" }, "output": { "name": "y", "kind": "logits", "classSet": "pets" } }""", "pets")]
    [InlineData("""{ "task": "segmentation", "input": { "name": "x" }, "output": { "name": "y", "kind": "logits", "classSet": "voc", "movable": ["sky"] } }""", "sky")]
    public void Cards_that_make_no_sense_are_refused(string json, string expected)
    {
        var error = Assert.Throws<Depth3DException>(() => ModelCard.Parse(json, "card.json"));
        Assert.Contains(expected, error.What, StringComparison.Ordinal);
        Assert.Equal("card.json", error.Where);
    }

    [Theory]
    [InlineData(640, 360, 448, 256)]
    [InlineData(360, 640, 256, 448)]
    [InlineData(854, 480, 448, 256)]
    [InlineData(100, 100, 256, 256)]
    [InlineData(4000, 10, 102400, 256)]
    public void Open_sizes_keep_the_aspect_in_multiples(int width, int height, int expectedWidth, int expectedHeight) =>
        Assert.Equal((expectedWidth, expectedHeight), ModelCard.Parse(Good, "card").Input.SizeFor(width, height));

    [Fact]
    public void Classes_are_chosen_by_name_or_number()
    {
        var voc = new ModelOutput { Name = "y", Kind = OutputKind.Logits, ClassSet = "voc" };
        Assert.Equal([7, 15], ClassNames.Select(voc, ["Person", "7", "car"], "m"));
        Assert.Equal(14, ClassNames.Select(voc, [], "m").Count);
        Assert.DoesNotContain(0, ClassNames.Select(voc, [], "m"));
        Assert.Equal((21, 80), (ClassNames.Voc.Count, ClassNames.Coco.Count));
        foreach (var wrong in new[] { "21", "-1", "unicorn", "" })
            Assert.Equal(FailureKind.Usage, Assert.Throws<Depth3DException>(() => ClassNames.Select(voc, [wrong], "m")).Kind);
    }
}
