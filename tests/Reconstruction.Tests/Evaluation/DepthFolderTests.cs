using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Reconstruction.Evaluation;

namespace Depth3D.Reconstruction.Tests.Evaluation;

public sealed class DepthFolderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("depth3d-test-");

    public void Dispose() => _folder.Delete(true);

    [Fact]
    public void Maps_are_read_by_prefix_in_the_order_of_their_names()
    {
        Npy.Write(At("prior_00001.npy"), new float[] { 2, 2 }, 1, 2);
        Npy.Write(At("prior_00000.npy"), new float[] { 1, 1 }, 1, 2);
        Npz.Write(At("refined_00000.npz"), ("depth", NpyArray.From(new float[] { 7, 7, 7, 7 }, 1, 1, 2, 2)));
        File.WriteAllText(At("prior_notes.txt"), "x");
        var prior = DepthFolder.Open(_folder.FullName, "prior_");
        Assert.Equal((2, 1f, 2f), (prior.Count, prior.Read(0)[0, 0], prior.Read(1)[1, 0]));
        Assert.Contains("2 depth maps", Assert.Throws<Depth3DException>(() => prior.Read(2)).Message);
        var refined = DepthFolder.Open(_folder.FullName, "refined_").Read(0);
        Assert.Equal((2, 2, 7f), (refined.Width, refined.Height, refined[1, 1]));
    }

    [Fact]
    public void What_is_no_depth_map_is_refused()
    {
        Npy.Write(At("a.npy"), new double[] { 1, 2 }, 1, 2);
        Npy.Write(At("b.npy"), new float[] { 1, 2 }, 2);
        Npz.Write(At("c.npz"), ("disparity", NpyArray.From(new float[] { 7 }, 1, 1)));
        File.WriteAllText(At("d.npy"), "garbage");
        var folder = DepthFolder.Open(_folder.FullName);
        for (var i = 0; i < 4; i++) Assert.Throws<Depth3DException>(() => folder.Read(i));
    }

    [Fact]
    public void Missing_and_empty_folders_are_refused()
    {
        Assert.Throws<Depth3DException>(() => DepthFolder.Open(At("nowhere")));
        Assert.Throws<Depth3DException>(() => DepthFolder.Open(_folder.FullName));
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);
}
