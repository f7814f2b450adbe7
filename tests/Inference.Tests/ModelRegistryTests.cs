using Depth3D.Inference.Registry;
using Depth3D.Inference.Tests.Support;
using Depth3D.Messages;

namespace Depth3D.Inference.Tests;

public sealed class ModelRegistryTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly ModelRegistry _registry;

    public ModelRegistryTests() => _registry = new ModelRegistry(_folder["models"]);

    [Fact]
    public void An_added_model_is_listed_verified_and_runs()
    {
        var added = _registry.Add("tiny", _folder.File("a.onnx", TinyModels.Disparity()));
        Assert.Equal("template tcmonodepth", added.Origin);
        Assert.Equal(ModelTask.Depth, added.Task);
        Assert.Equal(OutputKind.Disparity, added.Output.Kind);
        Assert.Equal(64, added.Sha256.Length);
        Assert.Equal(added.ToJson(), Assert.Single(_registry.List()).ToJson());
        Assert.Equal(added.Sha256, _registry.Verify("tiny").Sha256);
        using var model = _registry.Open("tiny");
        Assert.Equal([2, 3], model.Run(new OnnxTensor([1, 2, 2, 3, 3, 4], 1, 3, 1, 2)).Values);
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("../x")]
    [InlineData("a/b")]
    [InlineData("a..b")]
    [InlineData("-rf")]
    [InlineData(".hidden")]
    [InlineData("Name")]
    [InlineData("näme")]
    [InlineData("x.onnx")]
    [InlineData("line\n")]
    [InlineData("%05d")]
    public void Bad_names_are_refused_everywhere(string name)
    {
        var file = _folder.File("a.onnx", TinyModels.Disparity());
        Assert.Equal(FailureKind.Usage, Assert.Throws<Depth3DException>(() => _registry.Add(name, file)).Kind);
        Assert.Throws<Depth3DException>(() => _registry.Open(name));
        Assert.Throws<Depth3DException>(() => _registry.Remove(name));
        Assert.False(Directory.Exists(_registry.Root));
    }

    public static TheoryData<string, byte[], string> BadModels() => new()
    {
        { "empty", [], "is empty" },
        { "garbage", [.. Enumerable.Range(0, 4000).Select(i => (byte)(i * 37))], "not an ONNX model" },
        { "text", "this is not a model\n"u8.ToArray(), "not an ONNX model" },
        { "truncated", TinyModels.RedIsCar(32, 32)[..^200], "not an ONNX model" },
        { "no graph", new Proto().Number(1, 7).ToArray(), "no graph" },
        { "unknown operator", TinyModels.Model("image", [1, 3, -1, -1], "disparity", [1, 1, -1, -1], [TinyModels.Node("Evil", ["image"], "disparity")]), "Evil" },
        { "no template", TinyModels.Triple(1, 4), "no template fits it" },
        {
            "external weights", TinyModels.Model("image", [1, 3, 2, 2], "disparity", [1, 3, 2, 2],
                [TinyModels.Node("Mul", ["image", "w"], "disparity")], TinyModels.External("w", [1], "../../secret.bin")),
            "'../../secret.bin'"
        },
        {
            "giant weights", TinyModels.Model("image", [1, 3, 2, 2], "disparity", [1, 3, 2, 2], [TinyModels.Node("Mul", ["image", "w"], "disparity")],
                TinyModels.Giant("w")), "ONNX Runtime"
        },
        {
            "operator of an unknown domain", TinyModels.Model("image", [1, 3, -1, -1], "disparity", [1, 1, -1, -1],
                [TinyModels.Node("Shell", ["image"], "disparity").Text(7, "com.example")]), "com.example"
        },
        {
            "more outputs than a map", TinyModels.Model("image", [1, 3, -1, -1], "disparity", [1, 3, -1, -1],
                [TinyModels.Node("Identity", ["image"], "disparity")]), "expected one map"
        },
        {
            "not finite", TinyModels.Model("image", [1, 3, -1, -1], "disparity", [1, 1, -1, -1],
                [
                    TinyModels.Node("ReduceMean", ["image"], "m", TinyModels.Ints("axes", 1), TinyModels.Int("keepdims", 1)),
                    TinyModels.Node("Div", ["m", "zero"], "disparity"),
                ], TinyModels.Floats("zero", [1], 0)), "check the card"
        },
    };

    [Theory]
    [MemberData(nameof(BadModels))]
    public void Bad_models_are_refused_and_nothing_is_left(string what, byte[] bytes, string expected)
    {
        var path = _folder.File("bad.onnx", bytes);
        var error = Assert.ThrowsAny<Depth3DException>(() => { _registry.Add("bad", path); });
        Assert.True(error.Message.Contains(expected, StringComparison.Ordinal), $"{what}: {error.Message}");
        Assert.Equal(FailureKind.BadInput, error.Kind);
        Assert.False(Directory.Exists(_registry.Root) && Directory.EnumerateFileSystemEntries(_registry.Root).Any());
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_refused()
    {
        Assert.Contains("no such ONNX file", Refused(_folder["missing.onnx"]).What, StringComparison.Ordinal);
        Directory.CreateDirectory(_folder["folder.onnx"]);
        Assert.Contains("is a folder", Refused(_folder["folder.onnx"]).What, StringComparison.Ordinal);
        Depth3DException Refused(string path) => Assert.Throws<Depth3DException>(() => _registry.Add("x", path));
    }

    [Fact]
    public void A_taken_name_is_kept_unless_replaced()
    {
        var first = _registry.Add("m", _folder.File("a.onnx", TinyModels.Disparity()));
        var other = _folder.File("b.onnx", TinyModels.RedIsCar(32, 32));
        Assert.Contains("exists", Assert.Throws<Depth3DException>(() => _registry.Add("m", other)).What, StringComparison.Ordinal);
        Assert.Equal(first.Sha256, _registry.Verify("m").Sha256);
        Assert.Equal(ModelTask.Segmentation, _registry.Add("m", other, replace: true).Task);
        Assert.Equal(ModelTask.Segmentation, _registry.Verify("m").Task);
        Assert.Equal(["m"], Directory.EnumerateFileSystemEntries(_registry.Root).Select(Path.GetFileName));
    }

    [Fact]
    public void A_flipped_bit_is_noticed()
    {
        _registry.Add("m", _folder.File("a.onnx", TinyModels.RedIsCar(32, 32)));
        var stored = Path.Combine(_registry.Root, "m", "model.onnx");
        var bytes = File.ReadAllBytes(stored);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(stored, bytes);
        foreach (var use in new Action[] { () => _registry.Verify("m"), () => _registry.Open("m") })
            Assert.Contains("changed since it was added", Assert.Throws<Depth3DException>(use).What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_removed_model_is_gone_and_the_others_stay()
    {
        var file = _folder.File("a.onnx", TinyModels.Disparity());
        _registry.Add("b", file);
        _registry.Add("a", file);
        Assert.Equal(["a", "b"], _registry.List().Select(c => c.Name));
        _registry.Remove("a");
        Assert.Equal(["b"], _registry.List().Select(c => c.Name));
        Assert.Contains("there are b", Assert.Throws<Depth3DException>(() => _registry.Open("a")).What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_a_storage_error()
    {
        var registry = new ModelRegistry(Path.Combine(_folder.File("file", [1]), "models"));
        var model = _folder.File("a.onnx", TinyModels.Disparity());
        Assert.Equal(FailureKind.Storage, Assert.Throws<Depth3DException>(() => registry.Add("m", model)).Kind);
    }

    [Fact]
    public void Options_change_the_template_and_stand_in_for_one()
    {
        var model = _folder.File("a.onnx", TinyModels.Disparity());
        var edited = _registry.Add("m", model, edits: new CardEdits { ShortSide = 128, Licence = "CC-BY-4.0", Commercial = false });
        Assert.Equal((128, "CC-BY-4.0", false), (edited.Input.ShortSide, edited.Licence, edited.Commercial));

        var unknown = _folder.File("b.onnx", TinyModels.Model("pixels", [1, 3, 32, 32], "far", [1, 3, 32, 32], [TinyModels.Node("Identity", ["pixels"], "far")]));
        Assert.ThrowsAny<Depth3DException>(() => { _registry.Add("n", unknown, edits: new CardEdits { Task = ModelTask.Segmentation }); });
        var named = ModelCard.Parse("""
            { "task": "segmentation", "input": { "name": "pixels", "width": 32, "height": 32 },
              "output": { "name": "far", "kind": "logits", "classes": ["sky", "cat", "rock"], "movable": ["cat"] } }
            """, "card");
        Assert.Equal([1], ClassNames.MovableIds(_registry.Add("n", unknown, named).Output, "n"));
    }

    public void Dispose() => _folder.Dispose();
}
