using Depth3D.Messages;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Reconstruction.Tests.Loops.Model;

public sealed class MtvFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("depth3d-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(1.0)]
    public void RoundTripKeepsEverything(double kept)
    {
        var video = Loop(kept);
        string first = Path.Combine(_folder, "a.safetensors"), second = Path.Combine(_folder, "b.safetensors");
        MtvFile.Save(first, video);
        var loaded = MtvFile.Load(first);
        MtvFile.Save(second, loaded);
        Assert.Equal(video.StaticTexels, loaded.StaticTexels);
        Assert.Equal(video.DynamicTexels, loaded.DynamicTexels);
        Assert.Equal(video.Tiles.Entries.ToArray(), loaded.Tiles.Entries.ToArray());
        Assert.Equal(video.Geometry.PlaneDepths, loaded.Geometry.PlaneDepths);
        Assert.Equal((video.Geometry.Plane, video.Geometry.Reference, video.View, video.Frames, video.FramesPerSecond),
            (loaded.Geometry.Plane, loaded.Geometry.Reference, loaded.View, loaded.Frames, loaded.FramesPerSecond));
        Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(second));
    }

    [Fact]
    public void DamagedFilesAreRefusedWithTheirName()
    {
        var path = Path.Combine(_folder, "a.safetensors");
        MtvFile.Save(path, Loop(0.5));
        var bytes = File.ReadAllBytes(path);
        foreach (var (from, to) in new[] { ("\"version\":\"1\"", "\"version\":\"9\""), ("depth3d-mtv", "depth3d-mtx"), ("TileSize\\u0022:4", "TileSize\\u0022:5") })
        {
            var at = bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(from));
            Assert.True(at > 0, from);
            var damaged = (byte[])bytes.Clone();
            System.Text.Encoding.UTF8.GetBytes(to).CopyTo(damaged, at);
            File.WriteAllBytes(path, damaged);
            Assert.Contains(path, Assert.Throws<Depth3DException>(() => MtvFile.Load(path)).Message, StringComparison.Ordinal);
        }

        File.WriteAllBytes(path, bytes[..^100]);
        Assert.Throws<Depth3DException>(() => MtvFile.Load(path));
    }

    [Fact]
    public void ATableUsesEverySlotOnce()
    {
        Assert.Throws<ArgumentException>(() => new TileTable(1, 1, 3, [0, 0, 1], 2, 0));
        Assert.Throws<ArgumentException>(() => new TileTable(1, 1, 3, [0, 2, -1], 2, 0));
        Assert.Throws<ArgumentException>(() => new TileTable(1, 1, 3, [0, -1, -1], 1, 1));
        Assert.Throws<ArgumentException>(() => new TileTable(1, 1, 3, [0, -2, -1], 1, 0));
        Assert.Equal([TileLabel.Static, TileLabel.Dynamic, TileLabel.Empty], new TileTable(1, 1, 3, [0, 1, -1], 1, 1).Labels());
    }

    private static MultiTileVideo Loop(double kept)
    {
        var random = new Random(7);
        var geometry = PlaneLadder.Grid(Intrinsics.Centered(20, 20, 16, 12), PlaneLadder.UniformInDisparity(1, 4, 3), 1.3, 4);
        var labels = new TileLabel[geometry.TileCount];
        for (var i = 0; i < labels.Length; i++) labels[i] = random.NextDouble() >= kept ? TileLabel.Empty : (TileLabel)random.Next(1, 3);
        var builder = new MultiTileVideoBuilder(geometry, labels, 2);
        for (var k = 0; k < 3; k++)
            for (var frame = 0; frame < 2; frame++)
                builder.TakePlane(k, frame, Array.ConvertAll(new float[geometry.Plane.Width * geometry.Plane.Height * 4], _ => (float)random.NextDouble()));
        return builder.Build(29.97, new ViewBox(new Vec3(0.1, 0.2, 0.3), new Vec3(0, 0, 2), new Vec3(0, -1, 0)));
    }
}
