namespace Depth3D.Imaging.Tests.Arrays;

public sealed class NpzTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Arrays_of_every_type_return()
    {
        Check<byte>([1, 2, 255]);
        Check<bool>([true, false, true]);
        Check<ushort>([1, 2, 65535]);
        Check([1, -2, int.MaxValue]);
        Check([1L, -2, long.MaxValue]);
        Check([1.5f, float.NaN, float.NegativeInfinity]);
        Check([1.5, double.Epsilon, -0.0]);
        Check([(Half)1.5, Half.NaN, Half.MaxValue]);
    }

    [Fact]
    public void An_archive_keeps_names_shapes_and_bytes()
    {
        var flow = NpyArray.From(Pictures.Noise(5, 4, 2, r => r.NextSingle()));
        Npz.Write(_folder["a.npz"], ("flow_1_2", flow), ("id", NpyArray.Scalar(7L)), ("none", NpyArray.From<float>([], 0, 3)));
        Npz.Write(_folder["b.npz"], ("flow_1_2", flow), ("id", NpyArray.Scalar(7L)), ("none", NpyArray.From<float>([], 0, 3)));
        Assert.Equal(File.ReadAllBytes(_folder["a.npz"]), File.ReadAllBytes(_folder["b.npz"]));
        var back = Npz.Read(_folder["a.npz"]);
        Assert.Equal([4, 5, 2], back["flow_1_2"].Shape);
        Assert.Equal(flow.As<float>().ToArray(), back["flow_1_2"].As<float>().ToArray());
        Assert.Empty(back["id"].Shape);
        Assert.Equal(7L, back["id"].As<long>()[0]);
        Assert.Equal([0, 3], back["none"].Shape);
        Assert.Equal(["a.npz", "b.npz"], _folder.Files);
    }

    [Fact]
    public void Data_starts_at_a_multiple_of_64()
    {
        Npy.Write(_folder["a.npy"], new float[6], 2, 3);
        Assert.Equal(0, (new FileInfo(_folder["a.npy"]).Length - 24) % 64);
    }

    private void Check<T>(T[] values) where T : unmanaged
    {
        Npy.Write(_folder["x.npy"], values);
        var back = Npy.Read(_folder["x.npy"]);
        Assert.Equal([values.Length], back.Shape);
        Assert.Equal(values, back.As<T>().ToArray());
    }
}
