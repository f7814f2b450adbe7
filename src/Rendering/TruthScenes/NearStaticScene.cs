using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Rendering.TruthScenes;

/// <summary>
/// Builds the scene <c>near-static</c>: a workshop filmed from the hand on one spot, so that depth has to come from a few centimetres of sway, while
/// a lantern swings from a beam and a ball rolls over the floor. Lengths in metres, y down, floor at y = 0.
/// </summary>
internal static class NearStaticScene
{
    private const double BallRadius = 0.3;
    private static readonly Vec3 Hook = new(-0.75, -3.05, 4.7);
    private static readonly CameraRig Rig = new(new(0, -1.0, 5.0), 4.6, -1.5);

    public static TruthScene Make(int frames, TruthCameraMotion motion)
    {
        var workshop = new TruthBody("workshop", [.. Walls(), .. Bench(), .. Things()], _ => RigidTransform.Identity, 0, 0);
        return new TruthScene("near-static", frames, motion, [workshop, Ball(), Lantern()], time => Rig.CamFromWorld(motion, time));
    }

    private static IEnumerable<Primitive> Walls()
    {
        var boards = new Texture(TexturePattern.Planks, new(0.56f, 0.46f, 0.34f), new(0.44f, 0.35f, 0.25f), 0.22, 501, 0.8f);
        var brick = new Texture(TexturePattern.Bricks, new(0.64f, 0.5f, 0.42f), new(0.52f, 0.4f, 0.34f), 0.36, 503);
        var lime = new Texture(TexturePattern.Plain, new(0.74f, 0.76f, 0.72f), new(0.58f, 0.6f, 0.56f), 1.2, 505, 0.8f);
        var beam = new Texture(TexturePattern.Planks, new(0.42f, 0.3f, 0.2f), new(0.32f, 0.22f, 0.14f), 0.09, 507, 0.9f);
        yield return new AxisPlane(new(0, -1, 0), 0, boards);
        yield return new AxisPlane(new(0, 0, -1), -7.6, brick);
        yield return new AxisPlane(new(1, 0, 0), -3.8, lime);
        yield return new AxisPlane(new(-1, 0, 0), -3.7, lime);
        yield return new AxisPlane(new(0, 0, 1), -2, brick);
        yield return new AxisPlane(new(0, 1, 0), -3.4, boards);
        yield return new BoxPrimitive(new(0, -3.2, Hook.Z), new(3.8, 0.15, 0.12), beam);
        yield return new BoxPrimitive(new(-2.3, -1.7, 6.6), new(0.13, 1.7, 0.13), beam);
    }

    private static IEnumerable<Primitive> Bench()
    {
        var top = new Texture(TexturePattern.Planks, new(0.7f, 0.55f, 0.35f), new(0.58f, 0.44f, 0.27f), 0.14, 511, 0.8f);
        var iron = new Texture(TexturePattern.Blocks, new(0.34f, 0.38f, 0.42f), new(0.5f, 0.54f, 0.56f), 0.15, 513, 0.6f);
        var tool = new Texture(TexturePattern.Blocks, new(0.75f, 0.2f, 0.16f), new(0.85f, 0.82f, 0.75f), 0.12, 517, 0.5f);
        yield return new BoxPrimitive(new(0.9, -0.86, 7.0), new(1.7, 0.05, 0.42), top);
        foreach (var x in new[] { -0.65, 2.45 }) yield return new BoxPrimitive(new(x, -0.4, 7.0), new(0.08, 0.4, 0.36), top);
        yield return new BoxPrimitive(new(0.2, -1.06, 6.95), new(0.22, 0.15, 0.14), iron);
        yield return new CylinderPrimitive(new(1.3, -1.08, 7.0), 0.13, 0.17, tool);
        yield return new BoxPrimitive(new(2.0, -1.05, 7.05), new(0.28, 0.14, 0.2), tool);
        yield return new BoxPrimitive(new(0.9, -1.9, 7.57), new(1.2, 0.5, 0.03), iron);
        yield return new BoxPrimitive(new(-1.3, -1.9, 7.57), new(0.4, 0.5, 0.03), tool);
    }

    private static IEnumerable<Primitive> Things()
    {
        var crate = new Texture(TexturePattern.Planks, new(0.48f, 0.5f, 0.36f), new(0.36f, 0.38f, 0.26f), 0.12, 521, 0.8f);
        var clay = new Texture(TexturePattern.Blocks, new(0.72f, 0.42f, 0.3f), new(0.55f, 0.3f, 0.22f), 0.16, 523, 0.7f);
        var sack = new Texture(TexturePattern.Plain, new(0.72f, 0.64f, 0.46f), new(0.55f, 0.48f, 0.34f), 0.2, 527, 1f);
        yield return new BoxPrimitive(new(-2.3, -0.4, 4.4), new(0.4, 0.4, 0.4), crate);
        yield return new BoxPrimitive(new(-2.2, -1.0, 4.5), new(0.26, 0.2, 0.24), clay);
        yield return new BoxPrimitive(new(-1.5, -0.3, 5.9), new(0.34, 0.3, 0.3), crate);
        yield return new CylinderPrimitive(new(1.75, -0.3, 3.6), 0.26, 0.3, clay);
        yield return new SpherePrimitive(new(2.35, -0.35, 4.8), 0.4, sack);
        yield return new SpherePrimitive(new(2.9, -0.3, 5.3), 0.36, sack);
        yield return new CylinderPrimitive(new(0.15, -0.45, 6.2), 0.2, 0.45, clay);
        yield return new BoxPrimitive(new(-3.77, -1.6, 5.6), new(0.03, 0.5, 0.7), clay);
    }

    /// <summary>Rolls over the floor from right to left without slipping, a little towards the camera.</summary>
    private static TruthBody Ball()
    {
        var skin = new Texture(TexturePattern.Blocks, new(0.2f, 0.45f, 0.7f), new(0.95f, 0.85f, 0.4f), 0.2, 531, 0.4f);
        var velocity = new Vec3(-0.026, 0, -0.006);
        // Rolling turns about the axis that is level and square to the way, by the way over the radius.
        var turn = new Vec3(0, -1, 0).Cross(velocity) * (1 / BallRadius);
        return new TruthBody("ball", [new SpherePrimitive(Vec3.Zero, BallRadius, skin)],
            time => new RigidTransform(Mat3.FromRotationVector(turn * time), new Vec3(1.1, -BallRadius, 4.9) + (velocity * time)),
            BallRadius * 0.6, -BallRadius);
    }

    /// <summary>A pendulum: rope and lantern turn about the hook.</summary>
    private static TruthBody Lantern()
    {
        var rope = new Texture(TexturePattern.Blocks, new(0.6f, 0.5f, 0.3f), new(0.4f, 0.32f, 0.2f), 0.05, 541, 0.6f);
        var glass = new Texture(TexturePattern.Blocks, new(0.9f, 0.7f, 0.25f), new(0.5f, 0.25f, 0.12f), 0.13, 543, 0.5f);
        return new TruthBody("lantern",
            [
                new CylinderPrimitive(new(0, 0.55, 0), 0.03, 0.55, rope),
                new CylinderPrimitive(new(0, 1.35, 0), 0.2, 0.24, glass),
                new CylinderPrimitive(new(0, 1.08, 0), 0.24, 0.03, rope),
                new CylinderPrimitive(new(0, 1.62, 0), 0.24, 0.03, rope),
            ],
            time => new RigidTransform(Mat3.FromRotationVector(new(0.1 * Math.Sin((time / 9) + 1), 0, 0.42 * Math.Sin(time / 9))), Hook), 0, 0);
    }
}
