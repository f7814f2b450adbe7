using Depth3D.Rendering.Splatting;
using Depth3D.Rendering.Views;

namespace Depth3D.Rendering.Tests.Views;

public sealed class VoxelCloudTests
{
    [Fact]
    public void Points_of_one_voxel_become_their_mean()
    {
        var voxels = new VoxelCloud(100);
        voxels.Add(new([0.1f, 0.3f, 5.5f], [0.1f, 0.1f, 0], [0.1f, 0.1f, 0], [1, 1, 1], [0x000000, 0x0000FE, 0x123456]));
        var cloud = voxels.ToCloud();
        Assert.Equal(2, cloud.Count);
        Assert.Equal(0.2f, cloud.X[0], 1e-6f);
        Assert.Equal(0x00007Fu, cloud.Colours[0]);
        Assert.Equal(0x123456u, cloud.Colours[1]);
    }

    [Fact]
    public void A_closer_look_replaces_a_coarse_one()
    {
        var voxels = new VoxelCloud(100);
        voxels.Add(new([0.5f], [0.5f], [0.5f], [1f], [0xFF0000]));
        voxels.Add(new([0.1f, 0.6f, 0.1f], [0.1f, 0.1f, 0.6f], [0.1f, 0.1f, 0.1f], [0.5f, 0.5f, 0.5f], [0x00FF00, 0x00FF00, 0x00FF00]));
        Assert.All(voxels.ToCloud().Colours, c => Assert.Equal(0x00FF00u, c));
    }

    [Fact]
    public void It_stays_within_its_bounds_and_covers_the_same_room()
    {
        var random = new Random(3);
        var x = Enumerable.Range(0, 20_000).Select(_ => (float)random.NextDouble() * 100).ToArray();
        var y = Enumerable.Range(0, 20_000).Select(_ => (float)random.NextDouble() * 100).ToArray();
        var voxels = new VoxelCloud(1000);
        voxels.Add(new(x, y, new float[x.Length], [.. x.Select(_ => 0.7f)], new uint[x.Length]));
        var cloud = voxels.ToCloud();
        Assert.InRange(cloud.Count, 150, 1000);
        Assert.InRange(cloud.X.Max() - cloud.X.Min(), 85, 100);
        Assert.True(cloud.Count * cloud.Diameters[0] * cloud.Diameters[0] > 4000, $"{cloud.Count} points of {cloud.Diameters[0]}");
    }
}
