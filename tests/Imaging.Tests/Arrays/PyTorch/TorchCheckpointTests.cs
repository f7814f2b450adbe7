using Depth3D.Native;

namespace Depth3D.Imaging.Tests.Arrays.PyTorch;

public sealed class TorchCheckpointTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Views_with_offsets_and_strides_come_in_row_major_order()
    {
        var pickle = new PickleText().Op('}').Op('(')
            .Text("whole").Tensor("0", "FloatStorage", 12, 0, [3, 4], [4, 1])
            .Text("transposed").Tensor("0", "FloatStorage", 12, 0, [4, 3], [1, 4])
            .Text("column").Tensor("0", "FloatStorage", 12, 2, [3], [4])
            .Text("block").Tensor("0", "FloatStorage", 12, 5, [2, 2], [4, 1])
            .Text("scalar").Tensor("0", "FloatStorage", 12, 11, [], [])
            .Text("none").Tensor("0", "FloatStorage", 12, 0, [0, 4], [4, 1]).Op('u').Done();
        var read = TorchCheckpoint.Read(TorchZip.WithFloats(_folder["a.pt"], 12, pickle));
        Assert.Equal(["whole", "transposed", "column", "block", "scalar", "none"], read.Keys);
        Assert.Equal([0f, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11], read["transposed"].As<float>().ToArray());
        Assert.Equal([2f, 6, 10], read["column"].As<float>().ToArray());
        Assert.Equal([5f, 6, 9, 10], read["block"].As<float>().ToArray());
        Assert.Equal(11, read["scalar"].As<float>()[0]);
        Assert.Equal([0L, 4], read["none"].Shape);
        Assert.Equal(0, read["none"].Bytes.Length);
    }

    [Fact]
    public void Parameters_and_nested_state_are_found()
    {
        var pickle = new PickleText().Op('}').Op('(').Text("optimizer").Op('}').Text("epoch").Number(3)
            .Text("model").Op('}').Text("w").Global("torch._utils", "_rebuild_parameter").Op('(')
            .Tensor("0", "FloatStorage", 2, 0, [2], [1]).Raw(0x88).Op('}').Op('t').Op('R').Op('s').Op('u').Done();
        var read = TorchCheckpoint.Read(TorchZip.WithFloats(_folder["a.pt"], 2, pickle));
        Assert.Equal([0f, 1], read["w"].As<float>().ToArray());
    }

    [Fact]
    public void Bfloat16_widens_exactly()
    {
        var pickle = PickleText.State("b", p => p.Tensor("0", "BFloat16Storage", 3, 0, [3], [1]));
        var read = TorchCheckpoint.Read(TorchZip.Write(_folder["a.pt"], pickle, ("archive/data/0", [0x80, 0x3f, 0x00, 0xc0, 0x80, 0x7f])));
        Assert.Equal([1f, -2, float.PositiveInfinity], read["b"].As<float>().ToArray());
    }

    [SkippableFact]
    public async Task What_torch_saves_is_read()
    {
        await RequireTorch();
        await Python("""
            import sys, torch
            from collections import OrderedDict
            torch.manual_seed(0)
            net = torch.nn.Sequential(torch.nn.Conv2d(2, 3, 3), torch.nn.BatchNorm2d(3))
            net[0].weight.data.copy_(torch.arange(54.).reshape(3, 2, 3, 3))
            torch.save(net.state_dict(), sys.argv[1])
            a = torch.arange(12.)
            torch.save({'model': OrderedDict(t=a.reshape(3, 4).t(), p=torch.nn.Parameter(a[2:4]), h=a.half(), b=a.bfloat16(), d=a.double(), i=a.long(),
                z=a.reshape(1, 3, 2, 2).to(memory_format=torch.channels_last)), 'optimizer': {'lr': 0.1, 'betas': (0.5, 0.9)}, 'epoch': 7}, sys.argv[2])
            torch.save(net.state_dict(), sys.argv[3], _use_new_zipfile_serialization=False)
            """, _folder["net.pt"], _folder["mixed.pt"], _folder["old.pt"]);
        var net = TorchCheckpoint.Read(_folder["net.pt"]);
        Assert.Equal(["0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean", "1.running_var", "1.num_batches_tracked"], net.Keys);
        Assert.Equal([3L, 2, 3, 3], net["0.weight"].Shape);
        Assert.Equal(Enumerable.Range(0, 54).Select(i => (float)i), net["0.weight"].As<float>().ToArray());
        Assert.Equal(0, net["1.num_batches_tracked"].As<long>()[0]);

        var mixed = TorchCheckpoint.Read(_folder["mixed.pt"]);
        Assert.Equal([0f, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11], mixed["t"].As<float>().ToArray());
        Assert.Equal([2f, 3], mixed["p"].As<float>().ToArray());
        Assert.Equal((Half)11, mixed["h"].As<Half>()[11]);
        Assert.Equal(Enumerable.Range(0, 12).Select(i => (float)i), mixed["b"].As<float>().ToArray());
        Assert.Equal(11, mixed["d"].As<double>()[11]);
        Assert.Equal(11, mixed["i"].As<long>()[11]);
        Assert.Equal(Enumerable.Range(0, 12).Select(i => (float)i), mixed["z"].As<float>().ToArray());

        var old = Assert.Throws<Messages.Depth3DException>(() => TorchCheckpoint.Read(_folder["old.pt"]));
        Assert.Contains("before 1.6", old.Message, StringComparison.Ordinal);
        Assert.Contains("torch.save(torch.load(", old.Message, StringComparison.Ordinal);
    }

    private static async Task RequireTorch()
    {
        try
        {
            Skip.IfNot((await Run("import sys, importlib.util as u; sys.exit(u.find_spec('torch') is None)")).ExitCode == 0, "Debian's python3-torch is not here");
        }
        catch (Messages.Depth3DException)
        {
            Skip.If(true, "python3 is not here");
        }
    }

    private static async Task Python(string script, params string[] arguments)
    {
        var result = await Run(script, arguments);
        Assert.True(result.ExitCode == 0, result.OutputTail);
    }

    /// <summary>Debian's own interpreter, which sees its python3-torch.</summary>
    private static Task<ProcessResult> Run(string script, params string[] arguments) =>
        ExternalProcess.RunAsync("/usr/bin/python3", ["-c", script, .. arguments], CancellationToken.None);
}
