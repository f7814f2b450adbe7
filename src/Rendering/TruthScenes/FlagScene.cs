using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Rendering.TruthScenes;

/// <summary>Builds the loop <c>flag</c>: a flag on a pole in a yard. Lengths in metres, y down, ground at y = 0.</summary>
internal static class FlagScene
{
    public static readonly Vec3 Eye = new(0, -1.5, 0), LookAt = new(0, -1.45, 4.6);

    private static readonly WaveSheet Cloth = new(false, -1.02, 0.95, -2.3, -1.05, 4.3, 0.13, 1.6);

    private static readonly Texture Print = new(TexturePattern.Blocks, new(0.82f, 0.2f, 0.18f), new(0.9f, 0.85f, 0.7f), 0.8, 307, 0.3f);

    public static TruthBody Still { get; } = new("yard", [.. LoopRoom.Walls(7.5), .. Things()], _ => RigidTransform.Identity, 0, 0);

    public static TruthBody Moving(double phase) => new("flag", [new FlagPrimitive(Cloth, Print, phase)], _ => RigidTransform.Identity, 0, 0);

    private static IEnumerable<Primitive> Things()
    {
        var pole = new Texture(TexturePattern.Planks, new(0.75f, 0.74f, 0.7f), new(0.5f, 0.48f, 0.45f), 0.11, 311, 0.6f);
        var crate = new Texture(TexturePattern.Planks, new(0.5f, 0.52f, 0.3f), new(0.38f, 0.36f, 0.22f), 0.14, 313, 0.8f);
        var wood = new Texture(TexturePattern.Planks, new(0.66f, 0.46f, 0.26f), new(0.5f, 0.33f, 0.18f), 0.16, 317, 0.8f);
        var pot = new Texture(TexturePattern.Blocks, new(0.72f, 0.4f, 0.28f), new(0.6f, 0.3f, 0.2f), 0.2, 319);
        var leaves = new Texture(TexturePattern.Plain, new(0.2f, 0.5f, 0.16f), new(0.42f, 0.6f, 0.2f), 0.25, 323, 1.1f);
        yield return new CylinderPrimitive(new(-1.06, -1.3, 4.3), 0.045, 1.3, pole);
        yield return new BoxPrimitive(new(1.35, -0.35, 3.9), new(0.36, 0.35, 0.36), crate);
        yield return new BoxPrimitive(new(1.25, -0.86, 3.95), new(0.22, 0.16, 0.22), wood);
        yield return new BoxPrimitive(new(0.6, -0.5, 6.2), new(0.7, 0.5, 0.4), wood);
        yield return new CylinderPrimitive(new(-1.7, -0.3, 3.7), 0.26, 0.3, pot);
        yield return new SpherePrimitive(new(-1.7, -0.88, 3.7), 0.36, leaves);
        yield return new BoxPrimitive(new(-2.2, -0.6, 6.4), new(0.5, 0.6, 0.4), crate);
    }
}
