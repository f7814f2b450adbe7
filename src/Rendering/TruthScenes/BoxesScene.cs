using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Rendering.TruthScenes;

/// <summary>
/// Builds the scene <c>boxes</c>: a store room in which three crates slide and turn on the floor; the middle one passes behind the front one.
/// Lengths in metres, y down, floor at y = 0.
/// </summary>
internal static class BoxesScene
{
    private static readonly CameraRig Rig = new(new(0, -0.7, 6.2), 6.2, -1.9, -9, 0.38);

    public static TruthScene Make(int frames, TruthCameraMotion motion)
    {
        var hall = new TruthBody("hall", [.. Walls(), .. Racks(), .. Clutter()], _ => RigidTransform.Identity, 0, 0);
        return new TruthScene("boxes", frames, motion, [hall, Front(), Middle(), Rear()], time => Rig.CamFromWorld(motion, time));
    }

    private static IEnumerable<Primitive> Walls()
    {
        var concrete = new Texture(TexturePattern.Slabs, new(0.56f, 0.57f, 0.58f), new(0.46f, 0.47f, 0.5f), 1.1, 301, 0.7f);
        var blocks = new Texture(TexturePattern.Bricks, new(0.66f, 0.68f, 0.62f), new(0.54f, 0.56f, 0.52f), 0.5, 303);
        var paint = new Texture(TexturePattern.Plain, new(0.4f, 0.52f, 0.6f), new(0.3f, 0.4f, 0.5f), 1.4, 305, 0.8f);
        yield return new AxisPlane(new(0, -1, 0), 0, concrete);
        yield return new AxisPlane(new(0, 0, -1), -10, blocks);
        yield return new AxisPlane(new(1, 0, 0), -5, paint);
        yield return new AxisPlane(new(-1, 0, 0), -5, paint);
        yield return new AxisPlane(new(0, 0, 1), -4, blocks);
        yield return new AxisPlane(new(0, 1, 0), -5, concrete);
    }

    /// <summary>Shelves along the rear wall, filled unevenly, and two columns.</summary>
    private static IEnumerable<Primitive> Racks()
    {
        var steel = new Texture(TexturePattern.Planks, new(0.75f, 0.45f, 0.15f), new(0.6f, 0.35f, 0.12f), 0.2, 311, 0.5f);
        var goods = new Texture(TexturePattern.Blocks, new(0.62f, 0.5f, 0.34f), new(0.35f, 0.45f, 0.42f), 0.3, 313, 0.6f);
        var drum = new Texture(TexturePattern.Blocks, new(0.2f, 0.4f, 0.55f), new(0.8f, 0.75f, 0.3f), 0.35, 317, 0.5f);
        for (var level = 0; level < 3; level++)
        {
            var y = -0.5 - (1.15 * level);
            yield return new BoxPrimitive(new(0, y, 9.4), new(3.6, 0.05, 0.5), steel);
            for (var slot = 0; slot < 5; slot++)
            {
                var height = 0.22 + (0.28 * LatticeNoise.Cell(slot, level, 7));
                yield return new BoxPrimitive(new(-2.8 + (1.4 * slot) + (0.2 * level), y - 0.05 - height, 9.3), new(0.5, height, 0.35), goods);
            }
        }

        foreach (var x in new[] { -3.6, 0.0, 3.6 }) yield return new BoxPrimitive(new(x, -1.6, 9.0), new(0.06, 1.6, 0.06), steel);
        yield return new CylinderPrimitive(new(-3.2, -2.5, 7.0), 0.22, 2.5, drum);
        yield return new CylinderPrimitive(new(3.4, -2.5, 7.8), 0.22, 2.5, drum);
    }

    private static IEnumerable<Primitive> Clutter()
    {
        var drum = new Texture(TexturePattern.Blocks, new(0.5f, 0.2f, 0.18f), new(0.8f, 0.7f, 0.6f), 0.3, 323, 0.6f);
        var pallet = new Texture(TexturePattern.Planks, new(0.68f, 0.54f, 0.34f), new(0.52f, 0.4f, 0.24f), 0.12, 327, 0.8f);
        yield return new CylinderPrimitive(new(-2.3, -0.45, 8.1), 0.32, 0.45, drum);
        yield return new CylinderPrimitive(new(-3.3, -0.45, 5.2), 0.32, 0.45, drum);
        yield return new BoxPrimitive(new(2.9, -0.08, 5.6), new(0.6, 0.08, 0.5), pallet);
        yield return new BoxPrimitive(new(2.9, -0.4, 5.6), new(0.4, 0.24, 0.35), drum);
        yield return new BoxPrimitive(new(-1.0, -0.05, 4.0), new(0.5, 0.05, 0.35), pallet);
        yield return new BoxPrimitive(new(-4.97, -2.0, 6.5), new(0.03, 0.7, 1.0), drum);
    }

    /// <summary>Slides to the right before the others and turns a little.</summary>
    private static TruthBody Front() => Crate("front", new(0.4, 0.36, 0.34), new(0.55f, 0.3f, 0.16f), new(0.75f, 0.55f, 0.3f), 331,
        time => (new(-1.5 + (0.036 * time), 0, 4.9 - (0.002 * time)), 0.4 + (0.012 * time)));

    /// <summary>Slides to the left behind the front one, which hides a part of it, and slows down.</summary>
    private static TruthBody Middle() => Crate("middle", new(0.42, 0.55, 0.4), new(0.2f, 0.42f, 0.3f), new(0.8f, 0.78f, 0.5f), 337,
        time => (new(0.75 - (1.3 * Math.Sin(time / 40)), 0, 6.4), -0.3 - (0.01 * time)));

    /// <summary>Comes towards the camera while it turns.</summary>
    private static TruthBody Rear() => Crate("rear", new(0.36, 0.32, 0.36), new(0.3f, 0.3f, 0.55f), new(0.85f, 0.5f, 0.45f), 341,
        time => (new(1.75 - (0.006 * time), 0, 8.1 - (0.03 * time)), 0.02 * time));

    private static TruthBody Crate(string name, Vec3 half, Colour3 first, Colour3 second, uint seed, Func<double, (Vec3 Position, double Turn)> motion)
    {
        var sides = new Texture(TexturePattern.Blocks, first, second, 0.26, seed, 0.6f);
        var lid = new Texture(TexturePattern.Planks, second, first, 0.1, seed + 1, 0.7f);
        return new TruthBody(name,
            [
                new BoxPrimitive(new(0, -half.Y, 0), half, sides),
                new BoxPrimitive(new(0, -(2 * half.Y) - 0.03, 0), new(half.X + 0.03, 0.03, half.Z + 0.03), lid),
            ],
            time =>
            {
                var (position, turn) = motion(time);
                return new RigidTransform(Mat3.FromRotationVector(new(0, turn, 0)), position);
            }, half.X, 0);
    }
}
