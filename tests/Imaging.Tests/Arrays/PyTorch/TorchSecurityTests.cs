using System.IO.Compression;
using Depth3D.Messages;

namespace Depth3D.Imaging.Tests.Arrays.PyTorch;

/// <summary>Files that hide code, lie about sizes or are no PyTorch files: refused, with nothing executed.</summary>
public sealed class TorchSecurityTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("os", "system")]
    [InlineData("posix", "system")]
    [InlineData("builtins", "eval")]
    [InlineData("builtins", "getattr")]
    [InlineData("subprocess", "Popen")]
    [InlineData("torch", "load")]
    [InlineData("torch.hub", "load")]
    [InlineData("torch._utils", "_rebuild_tensor")]
    [InlineData("collections", "namedtuple")]
    [InlineData("__torch__", "Net")]
    [InlineData("torch", "ComplexFloatStorage")]
    public void A_name_that_is_no_data_is_refused_and_named(string module, string name)
    {
        var mark = _folder["ran"];
        var pickle = new PickleText().Global(module, name).Text($"touch {mark}").Raw(0x85).Op('R').Done();
        AssertRefused(pickle, $"'{module}.{name}'", "nothing was executed");
        var byStack = new PickleText().Text(module).Text(name).Raw(0x93).Text($"touch {mark}").Raw(0x85).Op('R').Done();
        AssertRefused(byStack, $"'{module}.{name}'", "nothing was executed");
        Assert.False(File.Exists(mark));
    }

    [Fact]
    public void Instances_of_classes_are_refused()
    {
        AssertRefused(new PickleText().Op('(').Text("touch x").Raw("ios\nsystem\n"u8).Done(), "'os.system'");
        AssertRefused(new PickleText().Op('(').Text("a").Op('o').Done(), "an object of a Python class");
        AssertRefused(new PickleText().Global("collections", "OrderedDict").Op(')').Raw(0x81).Done(), "'collections.OrderedDict'");
        AssertRefused(new PickleText().Text("a").Text("b").Raw(0x85).Op('R').Done(), "a call of what is no name");
        AssertRefused(new PickleText().Global("collections", "OrderedDict").Text("a").Raw(0x85).Op('R').Done(), "arguments it does not take");
        AssertRefused(new PickleText().Op(']').Op('}').Op('b').Done(), "state set");
        AssertRefused(new PickleText().Raw(0x82, 1).Done(), "0x82"); // copyreg extension registry
    }

    [Theory]
    [InlineData(0, new[] { 5L }, new[] { 1L }, "reaches element 4")]
    [InlineData(3, new[] { 2L }, new[] { 1L }, "reaches element 4")]
    [InlineData(0, new[] { 2L, 2 }, new[] { 3L, 1 }, "reaches element 4")]
    [InlineData(0, new[] { 1000000L, 1000000 }, new[] { 0L, 0 }, "expanded")]
    [InlineData(0, new[] { long.MaxValue, 4 }, new[] { 1L, 1 }, "overflow")]
    [InlineData(0, new[] { 2L }, new[] { long.MaxValue }, "overflow|reaches")]
    [InlineData(-1, new[] { 2L }, new[] { 1L }, "negative")]
    [InlineData(0, new[] { -2L }, new[] { 1L }, "negative")]
    [InlineData(0, new[] { 2L }, new[] { 1L, 1 }, "1 sizes and 2 strides")]
    public void A_view_outside_its_storage_is_refused(long offset, long[] shape, long[] strides, string expected)
    {
        var path = TorchZip.WithFloats(_folder["a.pt"], 4, PickleText.State("w", p => p.Tensor("0", "FloatStorage", 4, offset, shape, strides)));
        Assert.Matches(expected, Assert.Throws<Depth3DException>(() => TorchCheckpoint.Read(path)).Message);
    }

    [Fact]
    public void Storages_must_be_there_in_full()
    {
        AssertRefused(PickleText.State("w", p => p.Tensor("0", "FloatStorage", 4, 0, [4], [1])), "storage data/0 is missing");
        var path = TorchZip.WithFloats(_folder["b.pt"], 3, PickleText.State("w", p => p.Tensor("0", "FloatStorage", 4, 0, [4], [1])));
        Assert.Contains("has 12 bytes, its tensors need 16", Assert.Throws<Depth3DException>(() => TorchCheckpoint.Read(path)).Message, StringComparison.Ordinal);
        AssertRefused(PickleText.State("w", p => p.Tensor("0", "FloatStorage", long.MaxValue / 2, 0, [4], [1])), "a storage of");
        AssertRefused(PickleText.State("w", p => p.Tensor("../data.pkl", "FloatStorage", 4, 0, [4], [1])), "is missing");
    }

    [Fact]
    public void A_file_that_ends_early_is_refused_at_every_byte()
    {
        var whole = PickleText.State("w", p => p.Tensor("0", "FloatStorage", 4, 0, [4], [1]));
        for (var length = 0; length < whole.Length; length++)
            Assert.Throws<Depth3DException>(() => TorchCheckpoint.Read(TorchZip.WithFloats(Fresh(), 4, whole[..length])));

        var file = File.ReadAllBytes(TorchZip.WithFloats(Fresh(), 4, whole));
        for (var length = 0; length < file.Length; length += 7)
        {
            File.WriteAllBytes(_folder["cut.pt"], file[..length]);
            Assert.Throws<Depth3DException>(() => TorchCheckpoint.Read(_folder["cut.pt"]));
        }
    }

    [Fact]
    public void Bytes_turned_at_random_never_break_the_reader()
    {
        var whole = PickleText.State("w", p => p.Tensor("0", "FloatStorage", 4, 0, [2, 2], [1, 2]));
        var random = new Random(1);
        for (var i = 0; i < 500; i++)
        {
            var turned = whole.ToArray();
            for (var k = 0; k < 3; k++) turned[random.Next(turned.Length)] = (byte)random.Next(256);
            try
            {
                TorchCheckpoint.Read(TorchZip.WithFloats(Fresh(), 4, turned));
            }
            catch (Depth3DException)
            {
                // a clear refusal is what is asked for
            }
        }
    }

    [Fact]
    public void Bombs_are_refused_or_harmless()
    {
        var deep = new PickleText();
        for (var i = 0; i < 200_000; i++) deep.Op(']');
        for (var i = 1; i < 200_000; i++) deep.Op('a');
        AssertRefused(deep.Done(), "no dictionary of tensors");

        var laughs = new PickleText().Op(']').Op('q').Raw(0);
        for (byte i = 0; i < 60; i++) laughs.Op('h').Raw(i).Op('h').Raw(i).Raw(0x86).Op('q').Raw((byte)(i + 1));
        AssertRefused(laughs.Done(), "no dictionary of tensors");
        AssertRefused(laughs.Op('}').Op('h').Raw(60).Op('N').Op('s').Done(), "neither text nor integer");
        AssertRefused(new PickleText().Op('X').Raw(0xff, 0xff, 0xff, 0x7f).Done(), "ends in the middle");
        AssertRefused(new PickleText().Op('j').Raw(0xff, 0xff, 0xff, 0xff).Done(), "never set");

        var many = new PickleText().Op('}').Op('(');
        for (var i = 0; i < 5000; i++) many.Text($"w{i}").Tensor("0", "FloatStorage", 40_000, 0, [200, 200], [1, 200]);
        var path = TorchZip.WithFloats(_folder["many.pt"], 40_000, many.Op('u').Done());
        Assert.Contains("share storages", Assert.Throws<Depth3DException>(() => TorchCheckpoint.Read(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("archive/../../etc/x")]
    [InlineData("other/data/0")]
    [InlineData("archive//0")]
    [InlineData("archive/a\\b")]
    public void Entries_with_paths_are_refused(string name) =>
        Assert.Contains(name, Assert.Throws<Depth3DException>(() =>
            TorchCheckpoint.Read(TorchZip.Write(_folder["a.pt"], new PickleText().Op('}').Done(), (name, [1])))).Message, StringComparison.Ordinal);

    [Fact]
    public void Doubled_entries_and_inflated_sizes_are_refused()
    {
        var empty = new PickleText().Op('}').Done();
        Assert.Contains("twice", Assert.Throws<Depth3DException>(() =>
            TorchCheckpoint.Read(TorchZip.Write(_folder["a.pt"], empty, ("archive/data/0", [1]), ("archive/data/0", [2])))).Message, StringComparison.Ordinal);

        using (var zip = ZipFile.Open(_folder["b.pt"], ZipArchiveMode.Create))
        {
            TorchZip.Add(zip, "archive/data.pkl", empty, CompressionLevel.Optimal);
            TorchZip.Add(zip, "archive/data/0", new byte[1 << 20], CompressionLevel.Optimal);
        }

        var file = File.ReadAllBytes(_folder["b.pt"]);
        Assert.Empty(TorchCheckpoint.Read(_folder["b.pt"]));
        var size = file.AsSpan().LastIndexOf(BitConverter.GetBytes(1 << 20)); // in the central directory
        BitConverter.GetBytes(int.MaxValue).CopyTo(file, size);
        File.WriteAllBytes(_folder["b.pt"], file);
        Assert.Contains("claim to unpack", Assert.Throws<Depth3DException>(() => TorchCheckpoint.Read(_folder["b.pt"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_storage_fails_its_checksum()
    {
        var path = TorchZip.WithFloats(_folder["a.pt"], 4, PickleText.State("w", p => p.Tensor("0", "FloatStorage", 4, 0, [4], [1])));
        var file = File.ReadAllBytes(path);
        file[file.AsSpan().IndexOf(BitConverter.GetBytes(3f))] ^= 1;
        File.WriteAllBytes(path, file);
        Assert.Throws<Depth3DException>(() => TorchCheckpoint.Read(path));
    }

    [Fact]
    public void Programs_and_weights_are_told_apart()
    {
        var empty = new PickleText().Op('}').Done();
        var weights = TorchZip.Write(_folder["w.pt"], empty);
        var program = TorchZip.Write(_folder["p.pt"], empty, ("archive/constants.pkl", new PickleText().Op(')').Done()));
        Assert.Contains("torchscript:PATH", Assert.Throws<Depth3DException>(() => TorchCheckpoint.Read(program)).Message, StringComparison.Ordinal);
        Assert.Contains("torch.jit.save", Assert.Throws<Depth3DException>(() => TorchProgram.Require(weights)).Message, StringComparison.Ordinal);
        TorchProgram.Require(program);
    }

    [Fact]
    public void A_program_whose_pickle_hides_code_is_refused()
    {
        var mark = _folder["ran"];
        var hidden = new PickleText().Global("os", "system").Text($"touch {mark}").Raw(0x85).Op('R').Done();
        var empty = new PickleText().Op(')').Done();
        foreach (var path in new[]
        {
            TorchZip.Write(_folder["a.pt"], hidden, ("archive/constants.pkl", empty)),
            TorchZip.Write(_folder["b.pt"], empty, ("archive/constants.pkl", hidden)),
        })
            Assert.Contains("'os.system'", Assert.Throws<Depth3DException>(() => TorchProgram.Require(path)).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(mark));
    }

    [Fact]
    public void Other_files_are_named_as_what_they_are()
    {
        File.WriteAllText(_folder["a.pt"], "not a zip");
        Assert.Contains("does not start as a zip", Assert.Throws<Depth3DException>(() => TorchCheckpoint.Read(_folder["a.pt"])).Message, StringComparison.Ordinal);
        Assert.Throws<Depth3DException>(() => TorchCheckpoint.Read(_folder["missing.pt"]));
        Npz.Write(_folder["b.npz"], ("a", NpyArray.Scalar(1)));
        Assert.Contains("without data.pkl", Assert.Throws<Depth3DException>(() => TorchCheckpoint.Read(_folder["b.npz"])).Message, StringComparison.Ordinal);
        AssertRefused(PickleText.State("lr", p => p.Number(1)), "entry 'lr' is no tensor");
    }

    private string Fresh()
    {
        var path = _folder["fresh.pt"];
        File.Delete(path);
        return path;
    }

    private void AssertRefused(byte[] pickle, params string[] words)
    {
        var message = Assert.Throws<Depth3DException>(() => TorchCheckpoint.Read(TorchZip.Write(Fresh(), pickle))).Message;
        Assert.All(words, word => Assert.Contains(word, message, StringComparison.Ordinal));
    }
}
