using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Rendering.TruthScenes;

/// <summary>Builds the scene <c>courtyard</c>. Lengths in metres, y down, ground at y = 0.</summary>
internal static class CourtyardScene
{
    private static readonly CameraRig Rig = new(new(0.1, -1.0, 6.6), 6.5, -1.55);

    /// <summary>
    /// Frames of one flight of the ball between two bounces, and its rise: a light ball, at most 4 pixels per frame at 256 pixels width, so
    /// that flow over 8 frames stays measurable.
    /// </summary>
    private const double FlightFrames = 36, FlightRise = 0.8;

    private const double BallRadius = 0.34;

    public static TruthScene Make(int frames, TruthCameraMotion motion, bool movingObjects)
    {
        var yard = new TruthBody("courtyard", [.. Room(), .. Pillars(), .. Furniture()], _ => RigidTransform.Identity, 0, 0);
        IReadOnlyList<TruthBody> bodies = movingObjects ? [yard, Walker(), Ball()] : [yard];
        return new TruthScene("courtyard", frames, motion, bodies, time => Rig.CamFromWorld(motion, time));
    }

    private static IEnumerable<Primitive> Room()
    {
        var paving = new Texture(TexturePattern.Slabs, new(0.62f, 0.58f, 0.52f), new(0.45f, 0.44f, 0.44f), 0.62, 11);
        var brick = new Texture(TexturePattern.Bricks, new(0.68f, 0.36f, 0.26f), new(0.52f, 0.27f, 0.2f), 0.42, 23);
        var plaster = new Texture(TexturePattern.Plain, new(0.8f, 0.72f, 0.55f), new(0.6f, 0.55f, 0.45f), 2.1, 37, 0.7f);
        var ochre = new Texture(TexturePattern.Plain, new(0.55f, 0.62f, 0.66f), new(0.42f, 0.48f, 0.56f), 1.7, 41, 0.7f);
        yield return new AxisPlane(new(0, -1, 0), 0, paving);
        yield return new AxisPlane(new(0, 0, -1), -11, brick);
        yield return new AxisPlane(new(1, 0, 0), -5.4, plaster);
        yield return new AxisPlane(new(-1, 0, 0), -5.6, ochre);
        yield return new AxisPlane(new(0, 0, 1), -6, brick);
        yield return new AxisPlane(new(0, 1, 0), -7, plaster);
    }

    private static IEnumerable<Primitive> Pillars()
    {
        var stone = new Texture(TexturePattern.Bricks, new(0.78f, 0.75f, 0.68f), new(0.66f, 0.62f, 0.55f), 0.5, 53, 0.6f);
        var block = new Texture(TexturePattern.Blocks, new(0.7f, 0.68f, 0.6f), new(0.55f, 0.52f, 0.46f), 0.3, 57);
        foreach (var (x, z) in new[] { (-2.7, 6.4), (1.35, 8.9), (3.3, 6.2) })
        {
            yield return new CylinderPrimitive(new(x, -1.7, z), 0.27, 1.7, stone);
            yield return new BoxPrimitive(new(x, -0.16, z), new(0.4, 0.16, 0.4), block);
            yield return new BoxPrimitive(new(x, -3.45, z), new(0.42, 0.2, 0.42), block);
        }

        yield return new BoxPrimitive(new(0, -3.95, 9.4), new(5.6, 0.3, 0.35), stone);
    }

    private static IEnumerable<Primitive> Furniture()
    {
        var wood = new Texture(TexturePattern.Planks, new(0.66f, 0.46f, 0.26f), new(0.5f, 0.33f, 0.18f), 0.16, 61, 0.8f);
        var crate = new Texture(TexturePattern.Planks, new(0.5f, 0.52f, 0.3f), new(0.38f, 0.36f, 0.22f), 0.14, 67, 0.8f);
        var leaves = new Texture(TexturePattern.Plain, new(0.2f, 0.5f, 0.16f), new(0.42f, 0.6f, 0.2f), 0.25, 71, 1.1f);
        var poster = new Texture(TexturePattern.Blocks, new(0.85f, 0.82f, 0.7f), new(0.25f, 0.4f, 0.7f), 0.45, 79, 0.4f);
        var pot = new Texture(TexturePattern.Blocks, new(0.72f, 0.4f, 0.28f), new(0.6f, 0.3f, 0.2f), 0.2, 83);
        yield return new BoxPrimitive(new(-1.9, -0.4, 4.7), new(0.42, 0.4, 0.38), crate);
        yield return new BoxPrimitive(new(-1.75, -1.05, 4.78), new(0.28, 0.25, 0.26), wood);
        yield return new BoxPrimitive(new(-3.6, -0.55, 8.3), new(0.6, 0.55, 0.5), wood);
        yield return new BoxPrimitive(new(0.2, -0.46, 10.2), new(1.5, 0.06, 0.35), wood);
        yield return new BoxPrimitive(new(-1.0, -0.2, 10.2), new(0.12, 0.2, 0.3), crate);
        yield return new BoxPrimitive(new(1.4, -0.2, 10.2), new(0.12, 0.2, 0.3), crate);
        yield return new CylinderPrimitive(new(2.15, -0.25, 4.9), 0.32, 0.25, pot);
        yield return new SpherePrimitive(new(2.15, -0.82, 4.9), 0.44, leaves);
        yield return new CylinderPrimitive(new(-4.4, -0.35, 5.6), 0.4, 0.35, pot);
        yield return new SpherePrimitive(new(-4.4, -1.15, 5.6), 0.6, leaves);
        yield return new BoxPrimitive(new(4.6, -0.3, 8.6), new(0.7, 0.3, 1.3), crate);
        yield return new BoxPrimitive(new(-1.4, -2.1, 10.97), new(0.7, 0.9, 0.06), poster);
        yield return new BoxPrimitive(new(3.0, -2.0, 10.97), new(0.9, 0.6, 0.06), poster);
        yield return new BoxPrimitive(new(-5.36, -1.9, 8.6), new(0.06, 0.7, 0.9), poster);
    }

    /// <summary>A figure that stands on the ground, walks from left to right on a bow and turns as it goes.</summary>
    private static TruthBody Walker()
    {
        var coat = new Texture(TexturePattern.Blocks, new(0.2f, 0.32f, 0.6f), new(0.75f, 0.7f, 0.3f), 0.24, 91, 0.5f);
        var trousers = new Texture(TexturePattern.Planks, new(0.3f, 0.26f, 0.24f), new(0.45f, 0.4f, 0.36f), 0.09, 97, 0.8f);
        var head = new Texture(TexturePattern.Blocks, new(0.85f, 0.62f, 0.48f), new(0.35f, 0.2f, 0.12f), 0.12, 101, 0.5f);
        return new TruthBody("walker",
            [
                new BoxPrimitive(new(0, -0.4, 0), new(0.24, 0.4, 0.17), trousers),
                new BoxPrimitive(new(0, -1.15, 0), new(0.33, 0.37, 0.21), coat),
                new SpherePrimitive(new(0, -1.71, 0), 0.2, head),
            ],
            time =>
            {
                var s = time / 48;
                var position = new Vec3(-1.1 + (1.9 * s), 0, 6.3 - (0.9 * Math.Sin(Math.PI * s * 0.8)));
                return new RigidTransform(Mat3.FromRotationVector(new(0, 0.5 - (1.3 * s), 0)), position);
            }, 0.3, 0);
    }

    /// <summary>A spinning ball in free flight, which touches the ground at frame 24 and every 36 frames from there.</summary>
    private static TruthBody Ball()
    {
        var skin = new Texture(TexturePattern.Blocks, new(0.9f, 0.35f, 0.15f), new(0.95f, 0.9f, 0.8f), 0.22, 103, 0.4f);
        return new TruthBody("ball", [new SpherePrimitive(Vec3.Zero, BallRadius, skin)],
            time =>
            {
                var phase = (time + 12) / FlightFrames;
                phase -= Math.Floor(phase);
                var height = BallRadius + (FlightRise * 4 * phase * (1 - phase));
                var position = new Vec3(1.15 - (0.012 * time), -height, 4.7 + (0.004 * time));
                return new RigidTransform(Mat3.FromRotationVector(new(0.012 * time, 0.008 * time, 0.03 * time)), position);
            }, BallRadius * 0.7, -BallRadius);
    }
}
