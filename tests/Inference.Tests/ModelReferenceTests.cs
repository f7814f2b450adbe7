using Depth3D.Inference.Registry;
using Depth3D.Inference.Tests.Support;
using Depth3D.Messages;

namespace Depth3D.Inference.Tests;

public sealed class ModelReferenceTests : IDisposable
{
    private readonly TestFolder _folder = new();

    [Fact]
    public void Opens_a_model_of_the_registry_and_a_file()
    {
        var registry = new ModelRegistry(_folder["models"]);
        var file = _folder.File("with space.onnx", TinyModels.Disparity());
        registry.Add("tiny", file);
        using var byName = ModelReference.Open("onnx:tiny", ModelTask.Depth, registry: registry);
        using var byPath = ModelReference.Open($"onnx:{file}", ModelTask.Depth, registry: registry);
        Assert.Equal(byName.Card.Sha256, byPath.Card.Sha256);
        Assert.Equal("with space", byPath.Card.Name);
    }

    [Fact]
    public void Its_files_are_those_that_are_opened()
    {
        var registry = new ModelRegistry(_folder["models"]);
        var file = _folder.File("m.onnx", TinyModels.Disparity());
        registry.Add("tiny", file);
        Assert.Equal([_folder["models/tiny/model.onnx"], _folder["models/tiny/card.json"]], ModelReference.FilesOf("onnx:tiny", registry));
        Assert.Equal([file], ModelReference.FilesOf($"onnx:{file}", registry));
        var card = _folder.File("m.json", "{}"u8.ToArray());
        Assert.Equal([file, card], ModelReference.FilesOf($"onnx:{file}", registry));
        Assert.Contains("model add", Assert.Throws<Depth3DException>(() => ModelReference.FilesOf("onnx:other", registry)).Message, StringComparison.Ordinal);
        Assert.Null(ModelReference.PathIn("onnx:tiny"));
    }

    [Fact]
    public void A_card_beside_the_file_wins_over_the_template()
    {
        var file = _folder.File("m.onnx", TinyModels.Disparity());
        File.WriteAllText(_folder["m.json"], """
            { "task": "depth", "input": { "name": "image", "width": 64, "height": 32 }, "output": { "name": "disparity", "kind": "depth" } }
            """);
        using var model = ModelReference.Open($"onnx:{file}", ModelTask.Depth);
        Assert.Equal((OutputKind.Depth, 64), (model.Card.Output.Kind, model.Card.Input.Width));
        File.WriteAllText(_folder["m.json"], "{");
        Assert.Equal(_folder["m.json"], Assert.Throws<Depth3DException>(() => ModelReference.Open($"onnx:{file}", ModelTask.Depth)).Where);
    }

    [Theory]
    [InlineData("onnx:", FailureKind.Usage)]
    [InlineData("motion", FailureKind.Usage)]
    [InlineData("onnx:never-added", FailureKind.BadInput)]
    [InlineData("onnx:../x", FailureKind.Usage)]
    [InlineData("onnx:nowhere/x.onnx", FailureKind.BadInput)]
    public void What_names_no_model_is_refused(string method, FailureKind kind) => Assert.Equal(kind,
        Assert.Throws<Depth3DException>(() => ModelReference.Open(method, ModelTask.Depth, registry: new ModelRegistry(_folder["m"]))).Kind);

    [Fact]
    public void A_model_for_something_else_is_refused()
    {
        var file = _folder.File("m.onnx", TinyModels.Disparity());
        var error = Assert.Throws<Depth3DException>(() => ModelReference.Open($"onnx:{file}", ModelTask.Segmentation));
        Assert.Contains("a model for depth, but one for segmentation is needed", error.What, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("tcmonodepth-small.onnx", ModelTask.Depth, "template tcmonodepth")]
    [InlineData("espnetv2-voc.onnx", ModelTask.Segmentation, "template espnetv2-voc")]
    [InlineData("fastestdet-coco.onnx", ModelTask.Detection, "template fastestdet-coco")]
    public void Real_models_get_their_templates(string file, ModelTask task, string origin)
    {
        using var model = ModelReference.Open($"onnx:{SharedData.Require("models", file)}", task);
        Assert.StartsWith(origin, model.Card.Origin, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_real_model_cut_anywhere_is_refused()
    {
        var bytes = File.ReadAllBytes(SharedData.Require("models", "fastestdet-coco.onnx"));
        for (var length = 0; length < bytes.Length; length += bytes.Length / 16)
        {
            var cut = _folder.File("cut.onnx", bytes[..length]);
            Assert.Equal(FailureKind.BadInput, Assert.ThrowsAny<Depth3DException>(() => { ModelReference.Open($"onnx:{cut}", ModelTask.Detection); }).Kind);
        }
    }

    public void Dispose() => _folder.Dispose();
}
