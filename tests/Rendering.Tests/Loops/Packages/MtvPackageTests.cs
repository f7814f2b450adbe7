using System.Text.Json.Nodes;
using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Model;
using Depth3D.Rendering.Loops;
using Depth3D.Rendering.Loops.Packages;

namespace Depth3D.Rendering.Tests.Loops.Packages;

public sealed class MtvPackageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(17)]
    [InlineData(1444)]
    public void EveryTileHasOneSlotAndFewAreWasted(int tiles)
    {
        var layout = AtlasLayout.For(tiles);
        var places = Enumerable.Range(0, tiles).Select(slot => layout[slot]).ToHashSet();
        Assert.Equal(tiles, places.Count);
        Assert.All(places, place => Assert.True(place.Column < layout.Columns && place.Row < layout.Rows));
        Assert.True(layout.Slots - tiles < Math.Max(1, Math.Max(layout.Columns, layout.Rows)));
    }

    [Fact]
    public async Task PackageShowsWhatTheLoopShows()
    {
        var video = SmoothLoop.Make(frames: 3);
        await MtvPackageWriter.WriteAsync(_folder.Path, video, new MtvPackageOptions());
        var back = MtvPackageReader.Read(_folder.Path);
        LoopRenderer expected = new(video), got = new(back);
        double squares = 0, largest = 0;
        long count = 0;
        foreach (var (x, y) in from x in new[] { -0.1, 0, 0.1 } from y in new[] { -0.1, 0, 0.1 } select (x, y))
        {
            var pose = RandomLoops.Pose(x, y, 0);
            for (var frame = 0; frame < 3; frame++)
            {
                float[] a = expected.Render(RandomLoops.Camera, pose, frame).Rgba.Samples, b = got.Render(RandomLoops.Camera, pose, frame).Rgba.Samples;
                for (var i = 0; i < a.Length; i++)
                {
                    double difference = a[i] - b[i];
                    (squares, largest, count) = (squares + (difference * difference), Math.Max(largest, Math.Abs(difference)), count + 1);
                }
            }
        }

        Assert.InRange(largest, 0, 1.0 / 255);
        Assert.True(-10 * Math.Log10(squares / count) >= 50, $"{-10 * Math.Log10(squares / count)} dB");
        Assert.Equal((video.View, video.Frames, video.FramesPerSecond), (back.View, back.Frames, back.FramesPerSecond));
        Assert.Equal(video.Tiles.Labels(), back.Tiles.Labels());
    }

    [Fact]
    public async Task AtlasWithApronSamplesAsThePlaneDoes()
    {
        var video = SmoothLoop.Make(frames: 1);
        await MtvPackageWriter.WriteAsync(_folder.Path, video, new MtvPackageOptions());
        var atlas = new ApronAtlas(video, moving: false);
        var picture = ImageFile.ReadRgba(_folder["static.png"]);
        var geometry = video.Geometry;
        var planes = Enumerable.Range(0, geometry.Planes).Select(k => Rounded(ReferenceRenderer.Dense(video, k, 0))).ToArray();
        var stored = Array.ConvertAll(picture.Samples, b => b / 255.0);
        var random = new Random(5);
        for (var slot = 0; slot < atlas.Tiles.Count; slot++)
        {
            var (plane, tileY, tileX) = atlas.Tiles[slot];
            var (column, row) = atlas.Layout[slot];
            double dx = (random.NextDouble() * geometry.TileSize) - 0.5, dy = (random.NextDouble() * geometry.TileSize) - 0.5;
            var dense = Bilinear(planes[plane], geometry.Plane.Width, geometry.Plane.Height, (tileX * geometry.TileSize) + dx, (tileY * geometry.TileSize) + dy);
            var packed = Bilinear(stored, picture.Width, picture.Height, (column * atlas.SlotSide) + 1 + dx, (row * atlas.SlotSide) + 1 + dy);
            for (var c = 0; c < 4; c++) Assert.Equal(dense[c], packed[c], 1e-12);
        }
    }

    [Fact]
    public async Task TheSameLoopGivesTheSameBytesAndTheirNumber()
    {
        var video = SmoothLoop.Make(frames: 2);
        var bytes = await MtvPackageWriter.WriteAsync(_folder["a"], video, new MtvPackageOptions { Provenance = new Dictionary<string, string> { ["clip"] = "flag.mp4" } });
        await MtvPackageWriter.WriteAsync(_folder["b"], video, new MtvPackageOptions { Provenance = new Dictionary<string, string> { ["clip"] = "flag.mp4" } });
        var files = Directory.GetFiles(_folder["a"], "*", SearchOption.AllDirectories);
        Assert.Equal(bytes, files.Sum(file => new FileInfo(file).Length));
        Assert.All(files, file => Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(_folder["b"], Path.GetRelativePath(_folder["a"], file)))));
        Assert.Equal(["dynamic", "dynamic/0000.png", "dynamic/0001.png", "scene.json", "static.png", "tiles.bin"],
            Directory.GetFileSystemEntries(_folder["a"], "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(_folder["a"], f)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task FilmOfStackedAlphaLiesBesideTheFrames()
    {
        await MtvPackageWriter.WriteAsync(_folder.Path, SmoothLoop.Make(frames: 2), new MtvPackageOptions { WithVideo = true });
        using var film = VideoReader.Open(_folder["dynamic.mp4"]);
        Assert.True(film.TryRead(out var stacked, out _));
        var (width, height) = ImageFile.ReadSize(_folder["dynamic/0000.png"]);
        Assert.Equal((width + (width % 2), height * 2), (stacked.Width, stacked.Height));
        Assert.Equal("stack", JsonNode.Parse(File.ReadAllText(_folder["scene.json"]))!["atlases"]![1]!["alphaPacking"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("format", "\"mtv/9\"")]
    [InlineData("frames", "0")]
    [InlineData("frames", "1000000")]
    [InlineData("fps", "-1")]
    [InlineData("planes", "[2, 1, 3]")]
    [InlineData("planes", "[]")]
    [InlineData("planes", "null")]
    [InlineData("tiles", "\"../tiles.bin\"")]
    [InlineData("tiles", "\"/etc/passwd\"")]
    [InlineData("tiles", "\"nothing.bin\"")]
    [InlineData("tile", "{\"payload\": 100000, \"apron\": 1}")]
    [InlineData("mpi", "{\"width\": 1000000000, \"height\": 8}")]
    [InlineData("ref", "null")]
    [InlineData("view", "null")]
    [InlineData("sha256", "{}")]
    [InlineData("atlases", "[]")]
    [InlineData("atlases", "null")]
    [InlineData("atlases", "[{\"id\": \"static\", \"file\": \"../../x.png\", \"slots\": [100, 100], \"frames\": 1}]")]
    [InlineData("atlases", "[{\"id\": \"static\", \"file\": \"static.png\", \"slots\": [10000, 10000], \"frames\": 1}]")]
    public async Task PackagesThatSayWhatCannotBeAreRefused(string name, string value)
    {
        await MtvPackageWriter.WriteAsync(_folder.Path, SmoothLoop.Make(frames: 2), new MtvPackageOptions());
        var scene = JsonNode.Parse(File.ReadAllText(_folder["scene.json"]))!;
        scene[name] = JsonNode.Parse(value);
        File.WriteAllText(_folder["scene.json"], scene.ToJsonString());
        Assert.Contains(_folder.Path, Assert.Throws<Depth3DException>(() => MtvPackageReader.Read(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tiles.bin")]
    [InlineData("static.png")]
    [InlineData("dynamic/0001.png")]
    public async Task ChangedMissingAndLinkedFilesAreRefused(string name)
    {
        await MtvPackageWriter.WriteAsync(_folder.Path, SmoothLoop.Make(frames: 2), new MtvPackageOptions());
        var bytes = File.ReadAllBytes(_folder[name]);
        var changed = (byte[])bytes.Clone();
        changed[^1] ^= 1;
        File.WriteAllBytes(_folder[name], changed);
        Assert.Throws<Depth3DException>(() => MtvPackageReader.Read(_folder.Path));
        File.Delete(_folder[name]);
        Assert.Throws<Depth3DException>(() => MtvPackageReader.Read(_folder.Path));
        using var elsewhere = new TemporaryFolder();
        File.WriteAllBytes(elsewhere["original"], bytes);
        File.CreateSymbolicLink(_folder[name], elsewhere["original"]);
        Assert.Contains("link", Assert.Throws<Depth3DException>(() => MtvPackageReader.Read(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ALoopWithoutTilesIsNotPacked() => await Assert.ThrowsAsync<Depth3DException>(() =>
        MtvPackageWriter.WriteAsync(_folder.Path, RandomLoops.Make(RandomLoops.Geometry(), kept: 0), new MtvPackageOptions()));

    private static double[] Rounded(double[] straight)
    {
        var rounded = new byte[straight.Length];
        for (var i = 0; i < straight.Length; i += 4)
        {
            var alpha = (float)straight[i + 3];
            ApronAtlas.Round([(float)straight[i] * alpha, (float)straight[i + 1] * alpha, (float)straight[i + 2] * alpha, alpha], rounded.AsSpan(i, 4));
        }

        return Array.ConvertAll(rounded, b => b / 255.0);
    }

    private static double[] Bilinear(double[] texels, int width, int height, double u, double v)
    {
        var opaque = texels.Chunk(4).SelectMany(t => new[] { t[0], t[1], t[2], 1 }).ToArray();
        var alphaOnly = texels.Chunk(4).SelectMany(t => new[] { 0, 0, 0, t[3] }).ToArray();
        var colour = ReferenceRenderer.Sample(opaque, width, height, u, v);
        return [colour[0], colour[1], colour[2], ReferenceRenderer.Sample(alphaOnly, width, height, u, v)[3]];
    }
}
