using Depth3D.Inference.Registry;
using Depth3D.Inference.Tests.Support;
using Depth3D.Messages;

namespace Depth3D.Inference.Tests;

public sealed class TorchScriptReferenceTests : IDisposable
{
    private static readonly ModelCard Card = new()
    {
        Name = "any",
        Task = ModelTask.Depth,
        Input = new ModelInput { Name = "image" },
        Output = new ModelOutput { Name = "disparity", Kind = OutputKind.Disparity },
    };

    private readonly TestFolder _folder = new();

    [Fact]
    public void A_network_is_stored_with_its_hash_and_found_by_name()
    {
        var registry = new ModelRegistry(_folder["models"]);
        var file = _folder.File("net.pt", "a program"u8.ToArray());
        var stored = registry.AddTorchScript("net", file, Card, new CardEdits { Scale = 1 }, replace: false, given => given!);
        Assert.Equal(("net", "model.pt", 1.0), (stored.Name, stored.File, stored.Input.Scale));
        Assert.Equal([_folder["models/net/model.pt"], _folder["models/net/card.json"]], TorchScriptReference.FilesOf("torchscript:net", registry));
        var (path, card) = TorchScriptReference.Locate("torchscript:net", registry);
        Assert.Equal((_folder["models/net/model.pt"], stored.Sha256), (path, card!.Sha256));
        Assert.Contains("torchscript:net", Assert.Throws<Depth3DException>(() => registry.Open("net")).Message, StringComparison.Ordinal);

        File.AppendAllText(path, "!");
        Assert.Contains("changed", Assert.Throws<Depth3DException>(() => TorchScriptReference.Locate("torchscript:net", registry)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_that_does_not_run_leaves_nothing()
    {
        var registry = new ModelRegistry(_folder["models"]);
        var file = _folder.File("net.pt", "a program"u8.ToArray());
        Assert.Throws<Depth3DException>(() => registry.AddTorchScript("net", file, null, null, false, _ => throw new Depth3DException("it does not run")));
        Assert.Throws<Depth3DException>(() => registry.AddTorchScript("net.pt", file, null, null, false, _ => Card));
        Assert.Throws<Depth3DException>(() => registry.AddTorchScript("net", _folder["nowhere.pt"], null, null, false, _ => Card));
        Assert.Throws<Depth3DException>(() => registry.AddTorchScript("net", file, Card with { Sha256 = "00" }, null, false, _ => Card));
        Assert.Empty(registry.List());
    }

    [Fact]
    public void A_file_brings_the_card_beside_it()
    {
        var file = _folder.File("net.pt", "a program"u8.ToArray());
        Assert.Null(TorchScriptReference.Locate($"torchscript:{file}").Card);
        File.WriteAllText(_folder["net.json"], Card.ToJson());
        Assert.Equal(ModelTask.Depth, TorchScriptReference.Locate($"torchscript:{file}").Card!.Task);
        Assert.Equal([file, _folder["net.json"]], TorchScriptReference.FilesOf($"torchscript:{file}"));
    }

    [Fact]
    public void Names_without_a_network_are_refused()
    {
        var registry = new ModelRegistry(_folder["models"]);
        registry.Add("tiny", _folder.File("m.onnx", TinyModels.Disparity()));
        Assert.Contains("onnx:tiny", Assert.Throws<Depth3DException>(() => TorchScriptReference.Locate("torchscript:tiny", registry)).Message, StringComparison.Ordinal);
        Assert.Contains("no model 'other'", Assert.Throws<Depth3DException>(() => TorchScriptReference.Locate("torchscript:other", registry)).Message, StringComparison.Ordinal);
        Assert.Contains("nowhere.pt", Assert.Throws<Depth3DException>(() => TorchScriptReference.Locate("torchscript:nowhere.pt", registry)).Message, StringComparison.Ordinal);
        Assert.Equal(FailureKind.Usage, Assert.Throws<Depth3DException>(() => TorchScriptReference.Locate("torchscript:", registry)).Kind);
        Assert.False(TorchScriptReference.IsModel("onnx:tiny"));
    }

    public void Dispose() => _folder.Dispose();
}
