using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Rendering.Effects;
using Depth3D.Rendering.Effects.Insert;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Rendering.Tests.Effects;

public sealed class InsertTests : IDisposable
{
    private const int Width = 320, Height = 180;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A card in a pure colour that no scene has, parallel to the picture, behind the front crate and before the wall.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(9)]
    public void A_card_is_hidden_where_the_scene_is_nearer(int frame)
    {
        var clip = new TruthSceneClip(TruthScene.Named("boxes", 10), Width, Height);
        var card = Card(new Raster<byte>(60, 60, 3), 255, 0, 255);
        var settings = new InsertSettings
        {
            Object = card,
            Frame = frame,
            X = 130,
            Y = 100,
            Depth = 6.9,
            Height = 2.6,
            Anchor = InsertAnchor.Centre,
            Facing = InsertFacing.Picture,
        };
        var picture = EffectRun.Render(settings, clip, frame)[0];
        var truth = clip.Frame(frame).Depth;
        var half = 1.3 / 6.9 * clip.Intrinsics.Fx;
        var (both, either, hidden) = (0, 0, 0);
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var inside = Math.Abs(x - 130) < half && Math.Abs(y - 100) < half;
                var expected = inside && truth[x, y] >= 6.9;
                var seen = IsMagenta(picture, x, y);
                if (inside && !expected) hidden++;
                if (expected && seen) both++;
                if (expected || seen) either++;
            }
        }

        Assert.True(hidden > 1500, $"{hidden} pixels hidden");
        Assert.True(both >= 0.97 * either, $"IoU {(double)both / either:F4}");
    }

    [Fact]
    public void A_card_stays_at_its_place_while_the_camera_moves()
    {
        var clip = new TruthSceneClip(TruthScene.Named("room", 12), Width, Height);
        var card = Card(new Raster<byte>(40, 40, 3), 255, 0, 255);
        var world = clip.CamFromWorld(0).Inverse().Apply(clip.Intrinsics.Unproject(160, 80, 2.0));
        var settings = new InsertSettings { Object = card, World = world, Height = 0.3, Anchor = InsertAnchor.Centre };
        var pictures = EffectRun.Render(settings, clip, 0, 11);
        foreach (var (picture, frame) in (IEnumerable<(Raster<byte>, int)>)[(pictures[0], 0), (pictures[1], 11)])
        {
            var (u, v) = clip.Intrinsics.Project(clip.CamFromWorld(frame).Apply(world));
            var (x, y) = Middle(picture);
            Assert.Equal(u, x, 0.7);
            Assert.Equal(v, y, 0.7);
        }
    }

    [Fact]
    public void It_is_as_high_as_asked_and_stands_on_the_pixel()
    {
        var clip = new PlaneClip(Width, Height, (_, _) => 5, (_, _) => 90);
        var card = Card(new Raster<byte>(30, 60, 3), 255, 0, 255);
        var picture = EffectRun.Render(new InsertSettings { Object = card, X = 160, Y = 150, Depth = 3, HeightShare = 0.5, Shadow = 0 }, clip);
        var rows = Enumerable.Range(0, Height).Where(y => IsMagenta(picture, 160, y)).ToArray();
        Assert.Equal(90, rows.Length, 1.0);
        Assert.Equal(150, rows[^1], 1.0);
        Assert.Equal(45, Enumerable.Range(0, Width).Count(x => IsMagenta(picture, x, 110)), 1.5);
    }

    [Fact]
    public void What_is_transparent_shows_the_scene_unchanged()
    {
        var rgba = new Raster<byte>(40, 40, 4);
        for (var i = 0; i < rgba.PixelCount; i++)
            (rgba.Samples[4 * i], rgba.Samples[(4 * i) + 2], rgba.Samples[(4 * i) + 3]) = (255, 255, (byte)(i % 40 < 20 ? 255 : 0));
        ImageFile.WritePng(_folder["half.png"], rgba);
        var clip = new PlaneClip(Width, Height, (_, _) => 5, (_, _) => 90);
        var picture = EffectRun.Render(
            new InsertSettings { Object = _folder["half.png"], X = 160, Y = 90, Depth = 3, HeightShare = 0.5, Anchor = InsertAnchor.Centre }, clip);
        Assert.True(IsMagenta(picture, 150, 90));
        Assert.Equal(90, picture[170, 90]);
    }

    [Fact]
    public void A_mesh_stands_in_the_scene_with_its_textures_far_away_from_its_folder()
    {
        File.WriteAllText(_folder["quad.obj"], "mtllib quad.mtl\nv -1 0 0\nv 1 0 0\nv 1 2 0\nv -1 2 0\nvt 0 0\nvt 1 0\nvt 1 1\nvt 0 1\nusemtl m\nf 1/1 2/2 3/3 4/4\n");
        File.WriteAllText(_folder["quad.mtl"], "newmtl m\nmap_Kd sub/skin.png\n");
        Directory.CreateDirectory(_folder["sub"]);
        Card(new Raster<byte>(8, 8, 3), 255, 0, 255, "sub/skin.png");
        var settings = new InsertSettings { Object = _folder["quad.obj"], X = 160, Y = 150, Depth = 3, HeightShare = 0.5, Shading = 0 }.WithParts();
        Assert.Equal(["quad.mtl", "sub/skin.png"], settings.Parts.Select(p => p.Name));

        Directory.CreateDirectory(_folder["moved"]);
        var number = 0;
        var moved = settings.WithFiles(path =>
        {
            var to = _folder[$"moved/{number++}"];
            File.Move(path, to);
            return to;
        });
        var clip = new PlaneClip(Width, Height, (_, _) => 5, (_, _) => 90);
        Assert.True(IsMagenta(EffectRun.Render(moved, clip), 160, 110));
    }

    [Fact]
    public void Places_that_make_no_sense_are_refused()
    {
        var card = Card(new Raster<byte>(8, 8, 3), 1, 2, 3);
        var clip = new PlaneClip(Width, Height, (_, _) => 5, (_, _) => 90);
        var good = new InsertSettings { Object = card, X = 10, Y = 10 };
        foreach (var bad in (InsertSettings[])[good with { X = null }, good with { X = 4000 }, good with { Frame = 7 },
            good with { World = new Vec3(0, 0, 1) }, good with { X = null, Y = null, World = new Vec3(0, 0, -4) }, good with { Object = "" }, good with { Depth = -1 }])
        {
            Assert.Equal(FailureKind.Usage, Assert.Throws<Depth3DException>(() => EffectRun.Render((EffectSettings)bad, clip)).Kind);
        }

        Assert.Throws<Depth3DException>(() => (good with { HeightShare = double.NaN }).Open());
        Assert.Throws<Depth3DException>(() => (good with { X = null, Y = null, World = new Vec3(double.NaN, 0, 1) }).Open());
        Assert.Throws<Depth3DException>(() => (good with { Object = _folder["missing.png"] }).Open());
    }

    private string Card(Raster<byte> picture, byte r, byte g, byte b, string name = "card.png")
    {
        for (var i = 0; i < picture.PixelCount; i++) (picture.Samples[3 * i], picture.Samples[(3 * i) + 1], picture.Samples[(3 * i) + 2]) = (r, g, b);
        ImageFile.WritePng(_folder[name], picture);
        return _folder[name];
    }

    private static bool IsMagenta(Raster<byte> picture, int x, int y) =>
        picture[x, y, 0] > picture[x, y, 1] + 60 && picture[x, y, 2] > picture[x, y, 1] + 60 && picture[x, y, 0] > 170 && picture[x, y, 2] > 170;

    private static (double X, double Y) Middle(Raster<byte> picture)
    {
        var found = (from y in Enumerable.Range(0, picture.Height) from x in Enumerable.Range(0, picture.Width) where IsMagenta(picture, x, y) select (x, y)).ToArray();
        Assert.NotEmpty(found);
        return (found.Average(p => p.x), found.Average(p => p.y));
    }
}
