using System.Globalization;
using System.Text.Json.Nodes;
using Depth3D.Imaging;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Model;
using Depth3D.Rendering.Loops;
using Depth3D.Rendering.Loops.Published;

namespace Depth3D.Rendering.Tests.Loops.Published;

/// <summary>The files are read again as the published viewer does: positions, texture coordinates and faces of a mesh, nothing else.</summary>
public sealed class PublishedWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MultiTileVideo _video = SmoothLoop.Make(frames: 2);

    public PublishedWriterTests() => PublishedWriter.Write(_folder.Path, _video);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void FacesComeFromFarToNear()
    {
        var (positions, _, faces, _) = Mesh();
        var depths = faces.Select(face => positions[face[0].Position].Z).ToArray();
        Assert.True(depths.Zip(depths.Skip(1)).All(pair => pair.First >= pair.Second));
        Assert.Equal(2 * (_video.Tiles.StaticSlots + _video.Tiles.DynamicSlots), faces.Count);
    }

    [Fact]
    public void EveryTextureCoordinateLiesInItsSlotAndEveryTileIsThereOnce()
    {
        var (positions, textures, faces, moving) = Mesh();
        var tiles = new HashSet<(bool, int, int, int)>();
        var slots = new HashSet<(bool, int, int)>();
        foreach (var face in faces.Where((_, i) => i % 2 == 0))
        {
            var isMoving = moving[face[0].Position];
            var (width, height) = ImageFile.ReadSize(_folder[isMoving ? "dynamic/0000.png" : "static.png"]);
            var side = _video.Geometry.TileSize + 1;
            var corners = face.Select(f => (X: (textures[f.Texture].U * width) - 0.5, Y: ((1 - textures[f.Texture].V) * height) - 0.5)).ToArray();
            int column = (int)Math.Round(corners[0].X) / side, row = (int)Math.Round(corners[0].Y) / side;
            Assert.All(corners, c => Assert.True(c.X > (column * side) - 1e-3 && c.X < (column * side) + side - 1 + 1e-3 && c.Y > (row * side) - 1e-3 && c.Y < (row * side) + side - 1 + 1e-3));
            Assert.True(slots.Add((isMoving, column, row)));
            var (plane, tileX, tileY) = TileAt(positions[face[0].Position]);
            Assert.True(tiles.Add((isMoving, plane, tileX, tileY)));
        }

        var labels = _video.Tiles.Labels();
        var perPlane = _video.Geometry.TilesX * _video.Geometry.TilesY;
        var expected = Enumerable.Range(0, labels.Length).Where(i => labels[i] != TileLabel.Empty)
            .Select(i => (labels[i] == TileLabel.Dynamic, i / perPlane, i % _video.Geometry.TilesX, i / _video.Geometry.TilesX % _video.Geometry.TilesY));
        Assert.Equal(expected.Order(), tiles.Order());
    }

    [Fact]
    public void ThePictureAtAVertexIsTheTexelThere()
    {
        var (positions, textures, faces, moving) = Mesh();
        foreach (var face in faces.Where((_, i) => i % 2 == 0))
        {
            var corner = face[0];
            var picture = ImageFile.ReadRgba(_folder[moving[corner.Position] ? "dynamic/0001.png" : "static.png"]);
            var (plane, tileX, tileY) = TileAt(positions[corner.Position]);
            var texel = _video.Tile(_video.Tiles[plane, tileY, tileX], 1)[..4];
            int x = (int)Math.Round((textures[corner.Texture].U * picture.Width) - 0.5), y = (int)Math.Round(((1 - textures[corner.Texture].V) * picture.Height) - 0.5);
            for (var c = 0; c < 4; c++) Assert.Equal(texel[c], picture[x, y, c] / 255.0, 0.51 / 255);
        }
    }

    [Fact]
    public void MetadataAreOfTheMeshesFrame()
    {
        var meta = JsonNode.Parse(File.ReadAllText(_folder["meta.json"]))!.AsObject();
        string[] fields = ["far", "fov", "fps", "frame_count", "limit", "lookat", "near", "up"];
        Assert.Equal(fields, meta.Select(p => p.Key).Order(StringComparer.Ordinal));
        Assert.Equal(2, meta["frame_count"]!.GetValue<int>());
        Assert.Equal((_video.Geometry.PlaneDepths[0], _video.Geometry.PlaneDepths[^1]), (meta["near"]!.GetValue<double>(), meta["far"]!.GetValue<double>()));
        var camera = RandomLoops.Camera;
        var focal = camera.Height / 2.0 / Math.Tan(meta["fov"]!.GetValue<double>() * Math.PI / 360);
        var up = Vector(meta["up"]!);
        Vec3 look = Vector(meta["lookat"]!), limit = Vector(meta["limit"]!);
        var (positions, _, _, _) = Mesh();
        // A camera in a corner of the box that the file names, made from the file alone, sees vertices where the loop's homographies put their texels.
        var forward = (look - limit).Normalized;
        var right = forward.Cross(up).Normalized;
        var down = forward.Cross(right);
        var pose = ViewBoxCamera.CamFromReference(_video.View, limit);
        foreach (var p in positions.Where((_, i) => i % 7 == 0))
        {
            var seen = p - limit;
            var z = seen.Dot(forward);
            var (u, v) = ((focal * seen.Dot(right) / z) + (camera.Width / 2.0) - 0.5, (focal * seen.Dot(down) / z) + (camera.Height / 2.0) - 0.5);
            var (plane, tileX, tileY) = TileAt(p);
            var map = PlaneHomography.TexelFromPixel(_video.Geometry.Plane, _video.Geometry.PlaneDepths[plane], camera, pose)!.Value;
            var texel = PlaneHomography.Apply(map, u, v)!.Value;
            Assert.Equal(tileX * _video.Geometry.TileSize, texel.U, 0.01);
            Assert.Equal(tileY * _video.Geometry.TileSize, texel.V, 0.01);
        }
    }

    private (int Plane, int TileX, int TileY) TileAt(Vec3 p)
    {
        var plane = Enumerable.Range(0, _video.Geometry.Planes).MinBy(k => Math.Abs(_video.Geometry.PlaneDepths[k] - p.Z));
        Assert.Equal(_video.Geometry.PlaneDepths[plane], p.Z, 1e-6);
        var (u, v) = _video.Geometry.Plane.Project(p);
        return (plane, (int)Math.Round(u / _video.Geometry.TileSize), (int)Math.Round(v / _video.Geometry.TileSize));
    }

    private (List<Vec3> Positions, List<(double U, double V)> Textures, List<(int Position, int Texture)[]> Faces, List<bool> Moving) Mesh()
    {
        List<Vec3> positions = [];
        List<(double, double)> textures = [];
        List<(int, int)[]> faces = [];
        List<bool> moving = [];
        foreach (var line in File.ReadLines(_folder["geometry.obj"]))
        {
            var words = line.Split(' ');
            var numbers = words[0] == "f" ? [] : words.Skip(1).Select(w => double.Parse(w, CultureInfo.InvariantCulture)).ToArray();
            if (words[0] == "v")
            {
                positions.Add(new Vec3(numbers[0], numbers[1], numbers[2]));
                moving.Add(numbers[4] == 1);
            }
            else if (words[0] == "vt") textures.Add((numbers[0], numbers[1]));
            else faces.Add([.. words.Skip(1).Select(w => w.Split('/')).Select(w => (int.Parse(w[0], CultureInfo.InvariantCulture) - 1, int.Parse(w[1], CultureInfo.InvariantCulture) - 1))]);
        }

        Assert.Equal(moving.Order(), moving);
        return (positions, textures, faces, moving);
    }

    private static Vec3 Vector(JsonNode node) => new(node[0]!.GetValue<double>(), node[1]!.GetValue<double>(), node[2]!.GetValue<double>());
}
