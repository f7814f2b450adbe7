using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Rendering.TruthScenes;

/// <summary>Builds the loop <c>water</c>: a rippled basin in a yard. Lengths in metres, y down, ground at y = 0.</summary>
internal static class WaterScene
{
    public static readonly Vec3 Eye = new(0, -2.3, 0), LookAt = new(0, -0.6, 4.6);

    private static readonly WaveSheet Surface = new(true, -1.5, 1.5, 3.3, 6.0, -0.3, 0.045, 2.5);

    private static readonly Texture Ground = new(TexturePattern.Slabs, new(0.25f, 0.55f, 0.66f), new(0.4f, 0.72f, 0.78f), 0.3, 331, 0.5f);

    public static TruthBody Still { get; } = new("yard", [.. LoopRoom.Walls(8), .. Things()], _ => RigidTransform.Identity, 0, 0);

    public static TruthBody Moving(double phase) => new("water", [new WaterPrimitive(Surface, Ground, phase)], _ => RigidTransform.Identity, 0, 0);

    private static IEnumerable<Primitive> Things()
    {
        var stone = new Texture(TexturePattern.Blocks, new(0.7f, 0.66f, 0.58f), new(0.5f, 0.47f, 0.42f), 0.6, 337, 0.6f);
        var pot = new Texture(TexturePattern.Blocks, new(0.72f, 0.4f, 0.28f), new(0.6f, 0.3f, 0.2f), 0.2, 347);
        var leaves = new Texture(TexturePattern.Plain, new(0.2f, 0.5f, 0.16f), new(0.42f, 0.6f, 0.2f), 0.25, 349, 1.1f);
        yield return new BoxPrimitive(new(0, -0.22, 3.15), new(1.75, 0.22, 0.15), stone);
        yield return new BoxPrimitive(new(0, -0.22, 6.15), new(1.75, 0.22, 0.15), stone);
        yield return new BoxPrimitive(new(-1.65, -0.22, 4.65), new(0.15, 0.22, 1.35), stone);
        yield return new BoxPrimitive(new(1.65, -0.22, 4.65), new(0.15, 0.22, 1.35), stone);
        yield return new CylinderPrimitive(new(-1.62, -0.68, 6.15), 0.24, 0.24, pot);
        yield return new SpherePrimitive(new(-1.62, -1.2, 6.15), 0.36, leaves);
        yield return new BoxPrimitive(new(2.5, -0.4, 5.2), new(0.4, 0.4, 0.5), stone);
        yield return new CylinderPrimitive(new(0.9, -1.0, 7.2), 0.24, 1.0, stone);
    }
}
