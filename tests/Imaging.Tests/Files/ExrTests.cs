namespace Depth3D.Imaging.Tests.Files;

public sealed class ExrTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Channels_and_attributes_return()
    {
        var z = Pictures.Noise(33, 21, 1, r => r.NextSingle() * 100);
        (z[0, 0], z[1, 0]) = (float.NaN, float.PositiveInfinity);
        var u = Pictures.Noise(33, 21, 1, r => r.NextSingle() - 0.5f, 2);
        var texts = new Dictionary<string, string> { ["depth.unit"] = "prior", ["clip"] = "Blätter" };
        var numbers = new Dictionary<string, double[]> { ["near"] = [0.5], ["K"] = [1, 2, 3, 4, 5, 6, 7, 8, 9], ["worldToCamera"] = Enumerable.Range(0, 16).Select(i => (double)i).ToArray() };
        Exr.Write(_folder["a.exr"], 33, 21, [("Z", z), ("motion.u", u)], texts, numbers);
        Exr.Write(_folder["b.exr"], 33, 21, [("Z", z), ("motion.u", u)], texts, numbers);
        Assert.Equal(File.ReadAllBytes(_folder["a.exr"]), File.ReadAllBytes(_folder["b.exr"]));
        var back = Exr.Read(_folder["a.exr"]);
        Assert.Equal(z.Samples, back["Z"].Samples);
        Assert.Equal(u.Samples, back["motion.u"].Samples);
        Assert.Equal(texts, back.Texts);
        Assert.Equal(numbers["K"], back.Numbers["K"]);
        Assert.Equal(numbers["worldToCamera"], back.Numbers["worldToCamera"]);
        Assert.Equal(0.5, back.Numbers["near"][0]);
        Assert.Equal(["a.exr", "b.exr"], _folder.Files);
    }

    [Fact]
    public void A_constant_picture_is_no_bomb()
    {
        Exr.Write(_folder["a.exr"], 2048, 1024, [("Z", new Raster<float>(2048, 1024))]);
        Assert.All(Exr.Read(_folder["a.exr"])["Z"].Samples, value => Assert.Equal(0, value));
    }

    [Fact]
    public void A_plane_of_another_size_is_refused_and_leaves_nothing()
    {
        Assert.Throws<ArgumentException>(() => Exr.Write(_folder["a.exr"], 4, 4, [("Z", new Raster<float>(4, 5))]));
        Assert.Empty(_folder.Files);
    }
}
