using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Rendering.TruthScenes;

/// <summary>Builds the scene <c>walker</c>: an articulated figure walks across a garden. Lengths in metres, y down, ground at y = 0.</summary>
internal static class WalkerScene
{
    private static readonly CameraRig Rig = new(new(0.2, -1.0, 5.8), 5.8, -1.5, -11, 0.4);

    private static readonly Texture Leaves = new(TexturePattern.Plain, new(0.22f, 0.46f, 0.16f), new(0.44f, 0.58f, 0.22f), 0.22, 411, 1.1f);

    public static TruthScene Make(int frames, TruthCameraMotion motion)
    {
        var garden = new TruthBody("garden", [.. Ground(), .. Fence(), .. Trees(), .. Furniture()], _ => RigidTransform.Identity, 0, 0);
        return new TruthScene("walker", frames, motion, [garden, .. new WalkingFigure(Path, 36, 471).Bodies()],
            time => Rig.CamFromWorld(motion, time));
    }

    /// <summary>From left to right on a circle of which the nearest point lies before the middle of the picture.</summary>
    private static (Vec3 Position, double Heading) Path(double time)
    {
        const double radius = 4.2, speed = 0.031;
        var angle = -0.42 + (speed * time / radius);
        return (new(0.15 + (radius * Math.Sin(angle)), 0, 9.2 - (radius * Math.Cos(angle))), (Math.PI / 2) - angle);
    }

    private static IEnumerable<Primitive> Ground()
    {
        var gravel = new Texture(TexturePattern.Slabs, new(0.7f, 0.64f, 0.5f), new(0.55f, 0.5f, 0.42f), 0.45, 401, 0.7f);
        var rough = new Texture(TexturePattern.Bricks, new(0.6f, 0.58f, 0.55f), new(0.46f, 0.44f, 0.44f), 0.7, 403, 0.7f);
        var sky = new Texture(TexturePattern.Plain, new(0.62f, 0.74f, 0.86f), new(0.85f, 0.87f, 0.88f), 3, 405, 0.5f);
        yield return new AxisPlane(new(0, -1, 0), 0, gravel);
        yield return new AxisPlane(new(0, 0, -1), -13, rough);
        yield return new AxisPlane(new(1, 0, 0), -6.5, rough);
        yield return new AxisPlane(new(-1, 0, 0), -6.5, Leaves);
        yield return new AxisPlane(new(0, 0, 1), -5, rough);
        yield return new AxisPlane(new(0, 1, 0), -8, sky);
    }

    private static IEnumerable<Primitive> Fence()
    {
        var board = new Texture(TexturePattern.Planks, new(0.5f, 0.4f, 0.3f), new(0.36f, 0.28f, 0.2f), 0.18, 421, 0.8f);
        var post = new Texture(TexturePattern.Planks, new(0.62f, 0.55f, 0.42f), new(0.5f, 0.42f, 0.3f), 0.07, 423, 0.7f);
        yield return new BoxPrimitive(new(-2.2, -0.65, 9.6), new(2.6, 0.55, 0.03), board);
        yield return new BoxPrimitive(new(4.2, -0.65, 9.6), new(1.9, 0.55, 0.03), board);
        foreach (var x in new[] { -4.8, -3.1, -1.4, 0.4, 2.3, 4.2, 6.1 })
            yield return new BoxPrimitive(new(x, -0.7, 9.54), new(0.07, 0.7, 0.07), post);
    }

    private static IEnumerable<Primitive> Trees()
    {
        var bark = new Texture(TexturePattern.Planks, new(0.42f, 0.32f, 0.24f), new(0.3f, 0.22f, 0.16f), 0.08, 431, 1f);
        foreach (var (x, z, height) in new[] { (-3.3, 7.4, 2.4), (3.3, 8.3, 2.8), (1.1, 11.2, 3.0) })
        {
            yield return new CylinderPrimitive(new(x, -height / 2, z), 0.16, height / 2, bark);
            yield return new SpherePrimitive(new(x, -height - 0.5, z), 0.95, Leaves);
            yield return new SpherePrimitive(new(x + 0.7, -height - 0.1, z - 0.2), 0.6, Leaves);
            yield return new SpherePrimitive(new(x - 0.6, -height + 0.05, z + 0.2), 0.65, Leaves);
        }

        foreach (var (x, z, radius) in new[] { (-4.6, 8.6, 0.7), (4.7, 6.4, 0.6), (-0.9, 10.9, 0.55), (2.6, 4.3, 0.42) })
            yield return new SpherePrimitive(new(x, -0.6 * radius, z), radius, Leaves);
    }

    /// <summary>A bench, a stone table, a well and lamps.</summary>
    private static IEnumerable<Primitive> Furniture()
    {
        var stone = new Texture(TexturePattern.Blocks, new(0.72f, 0.7f, 0.66f), new(0.52f, 0.5f, 0.5f), 0.22, 441, 0.6f);
        var wood = new Texture(TexturePattern.Planks, new(0.6f, 0.34f, 0.18f), new(0.46f, 0.25f, 0.13f), 0.1, 443, 0.8f);
        var brick = new Texture(TexturePattern.Bricks, new(0.62f, 0.34f, 0.28f), new(0.5f, 0.27f, 0.22f), 0.22, 447);
        yield return new CylinderPrimitive(new(-2.0, -0.38, 4.4), 0.42, 0.38, brick);
        yield return new CylinderPrimitive(new(-2.0, -0.8, 4.4), 0.47, 0.05, stone);
        yield return new BoxPrimitive(new(2.2, -0.44, 7.2), new(0.8, 0.04, 0.24), wood);
        yield return new BoxPrimitive(new(2.2, -0.75, 7.45), new(0.8, 0.2, 0.03), wood);
        foreach (var x in new[] { 1.55, 2.85 }) yield return new BoxPrimitive(new(x, -0.2, 7.2), new(0.06, 0.2, 0.22), stone);
        foreach (var (x, z) in new[] { (-1.15, 8.3), (3.9, 5.2) })
        {
            yield return new CylinderPrimitive(new(x, -1.3, z), 0.05, 1.3, stone);
            yield return new SpherePrimitive(new(x, -2.72, z), 0.18, stone);
        }
    }
}
