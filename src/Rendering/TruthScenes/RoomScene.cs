using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Rendering.TruthScenes;

/// <summary>Builds the scene <c>room</c>: a furnished living room in which nothing moves. Lengths in metres, y down, floor at y = 0.</summary>
internal static class RoomScene
{
    private static readonly CameraRig Rig = new(new(0, -0.8, 4.0), 3.5, -1.45, -12, 0.45);

    private static readonly Texture Wood = new(TexturePattern.Planks, new(0.6f, 0.4f, 0.22f), new(0.44f, 0.28f, 0.14f), 0.11, 211, 0.8f);

    private static readonly Texture Oak = new(TexturePattern.Planks, new(0.75f, 0.6f, 0.4f), new(0.62f, 0.47f, 0.3f), 0.09, 213, 0.7f);

    public static TruthScene Make(int frames, TruthCameraMotion motion)
    {
        var room = new TruthBody("room", [.. Walls(), .. Sofa(), .. Table(), .. Shelf(), .. Corner()], _ => RigidTransform.Identity, 0, 0);
        return new TruthScene("room", frames, motion, [room], time => Rig.CamFromWorld(motion, time));
    }

    private static IEnumerable<Primitive> Walls()
    {
        var parquet = new Texture(TexturePattern.Bricks, new(0.66f, 0.47f, 0.28f), new(0.5f, 0.34f, 0.19f), 0.4, 201, 0.7f);
        var paper = new Texture(TexturePattern.Blocks, new(0.62f, 0.7f, 0.66f), new(0.52f, 0.62f, 0.6f), 0.4, 203, 0.5f);
        var sage = new Texture(TexturePattern.Plain, new(0.72f, 0.74f, 0.6f), new(0.58f, 0.62f, 0.5f), 1.3, 205, 0.7f);
        var white = new Texture(TexturePattern.Plain, new(0.85f, 0.83f, 0.8f), new(0.7f, 0.68f, 0.66f), 1.5, 207, 0.5f);
        var rug = new Texture(TexturePattern.Blocks, new(0.62f, 0.22f, 0.2f), new(0.8f, 0.68f, 0.48f), 0.35, 209, 0.5f);
        yield return new AxisPlane(new(0, -1, 0), 0, parquet);
        yield return new AxisPlane(new(0, 0, -1), -6.4, paper);
        yield return new AxisPlane(new(1, 0, 0), -3.2, sage);
        yield return new AxisPlane(new(-1, 0, 0), -3.3, sage);
        yield return new AxisPlane(new(0, 0, 1), -2, paper);
        yield return new AxisPlane(new(0, 1, 0), -2.9, white);
        yield return new BoxPrimitive(new(0.1, -0.01, 3.9), new(1.3, 0.01, 0.95), rug);
        yield return new BoxPrimitive(new(0, -0.06, 6.38), new(3.3, 0.06, 0.03), Oak);
    }

    private static IEnumerable<Primitive> Sofa()
    {
        var cloth = new Texture(TexturePattern.Blocks, new(0.24f, 0.34f, 0.5f), new(0.34f, 0.46f, 0.6f), 0.2, 221, 0.8f);
        var cushion = new Texture(TexturePattern.Blocks, new(0.85f, 0.62f, 0.25f), new(0.6f, 0.35f, 0.2f), 0.14, 223, 0.6f);
        yield return new BoxPrimitive(new(-0.9, -0.22, 5.6), new(1.0, 0.22, 0.45), cloth);
        yield return new BoxPrimitive(new(-0.9, -0.6, 6.0), new(1.0, 0.36, 0.14), cloth);
        yield return new BoxPrimitive(new(-1.98, -0.34, 5.6), new(0.13, 0.34, 0.48), cloth);
        yield return new BoxPrimitive(new(0.18, -0.34, 5.6), new(0.13, 0.34, 0.48), cloth);
        yield return new BoxPrimitive(new(-1.5, -0.62, 5.72), new(0.24, 0.2, 0.09), cushion);
        yield return new BoxPrimitive(new(-0.3, -0.61, 5.75), new(0.2, 0.18, 0.08), cushion);
        yield return new BoxPrimitive(new(-0.95, -1.85, 6.37), new(0.62, 0.42, 0.03),
            new Texture(TexturePattern.Blocks, new(0.2f, 0.42f, 0.62f), new(0.92f, 0.86f, 0.6f), 0.3, 227, 0.5f));
    }

    /// <summary>A low table on the rug, with a bowl, a vase and books, and a chair beside it.</summary>
    private static IEnumerable<Primitive> Table()
    {
        var bowl = new Texture(TexturePattern.Blocks, new(0.85f, 0.85f, 0.8f), new(0.3f, 0.5f, 0.65f), 0.08, 231, 0.5f);
        var book = new Texture(TexturePattern.Blocks, new(0.7f, 0.25f, 0.2f), new(0.9f, 0.85f, 0.7f), 0.12, 233, 0.5f);
        yield return new BoxPrimitive(new(0.1, -0.46, 3.9), new(0.65, 0.025, 0.4), Oak);
        foreach (var (x, z) in new[] { (-0.48, 3.57), (0.68, 3.57), (-0.48, 4.23), (0.68, 4.23) })
            yield return new CylinderPrimitive(new(x, -0.22, z), 0.035, 0.22, Wood);
        yield return new CylinderPrimitive(new(0.35, -0.6, 4.0), 0.08, 0.12, bowl);
        yield return new SpherePrimitive(new(0.35, -0.82, 4.0), 0.16,
            new Texture(TexturePattern.Plain, new(0.25f, 0.5f, 0.2f), new(0.75f, 0.35f, 0.45f), 0.08, 235, 1.1f));
        yield return new BoxPrimitive(new(-0.2, -0.51, 3.8), new(0.16, 0.03, 0.11), book);
        yield return new BoxPrimitive(new(1.55, -0.44, 4.7), new(0.26, 0.035, 0.26), Wood);
        yield return new BoxPrimitive(new(1.78, -0.85, 4.7), new(0.03, 0.4, 0.26), Wood);
        foreach (var (x, z) in new[] { (1.33, 4.48), (1.77, 4.48), (1.33, 4.92), (1.77, 4.92) })
            yield return new CylinderPrimitive(new(x, -0.2, z), 0.03, 0.2, Wood);
    }

    /// <summary>A bookcase at the rear wall: boards with rows of books between them.</summary>
    private static IEnumerable<Primitive> Shelf()
    {
        var books = new Texture(TexturePattern.Planks, new(0.75f, 0.3f, 0.2f), new(0.2f, 0.35f, 0.5f), 0.045, 241, 0.5f);
        yield return new BoxPrimitive(new(0.85, -1.05, 6.2), new(0.03, 1.05, 0.17), Wood);
        yield return new BoxPrimitive(new(2.25, -1.05, 6.2), new(0.03, 1.05, 0.17), Wood);
        for (var shelf = 0; shelf < 5; shelf++)
        {
            var y = -0.06 - (0.5 * shelf);
            yield return new BoxPrimitive(new(1.55, y, 6.2), new(0.7, 0.02, 0.17), Wood);
            if (shelf < 4) yield return new BoxPrimitive(new(1.35 + (0.1 * (shelf % 3)), y - 0.19, 6.24), new(0.45, 0.17, 0.11), books);
        }
    }

    /// <summary>A floor lamp, a plant, and a cabinet at the left wall.</summary>
    private static IEnumerable<Primitive> Corner()
    {
        var shade = new Texture(TexturePattern.Blocks, new(0.92f, 0.82f, 0.58f), new(0.8f, 0.62f, 0.4f), 0.1, 251, 0.4f);
        var brass = new Texture(TexturePattern.Plain, new(0.66f, 0.54f, 0.26f), new(0.4f, 0.32f, 0.15f), 0.1, 253);
        var leaves = new Texture(TexturePattern.Plain, new(0.16f, 0.44f, 0.16f), new(0.4f, 0.58f, 0.2f), 0.16, 257, 1.1f);
        yield return new CylinderPrimitive(new(-2.5, -0.02, 5.2), 0.17, 0.02, brass);
        yield return new CylinderPrimitive(new(-2.5, -0.8, 5.2), 0.03, 0.8, brass);
        yield return new CylinderPrimitive(new(-2.5, -1.68, 5.2), 0.24, 0.18, shade);
        yield return new CylinderPrimitive(new(2.6, -0.2, 3.9), 0.22, 0.2, Oak);
        yield return new SpherePrimitive(new(2.6, -0.72, 3.9), 0.36, leaves);
        yield return new SpherePrimitive(new(2.42, -1.05, 4.0), 0.22, leaves);
        yield return new BoxPrimitive(new(-2.9, -0.4, 3.6), new(0.25, 0.4, 0.6), Wood);
        yield return new CylinderPrimitive(new(-2.85, -0.95, 3.4), 0.09, 0.15, shade);
        yield return new BoxPrimitive(new(-3.17, -1.7, 4.2), new(0.03, 0.35, 0.5),
            new Texture(TexturePattern.Blocks, new(0.3f, 0.55f, 0.35f), new(0.9f, 0.75f, 0.45f), 0.25, 259, 0.5f));
    }
}
