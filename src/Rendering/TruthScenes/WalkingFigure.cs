using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Rendering.TruthScenes;

/// <summary>
/// A person of ten rigid parts that walks: torso, head, and arms and legs of two parts each, which swing about their joints. The lower foot always
/// touches the ground. In the figure's own axes it faces z, y is down, x its side.
/// </summary>
/// <param name="path">Where it is on the ground and which way it faces (radians from z towards x), over time in frames.</param>
/// <param name="framesPerCycle">Frames of two steps.</param>
internal sealed class WalkingFigure(Func<double, (Vec3 Position, double Heading)> path, double framesPerCycle, uint seed)
{
    private const double Thigh = 0.43, Shin = 0.45, UpperArm = 0.31, HipSide = 0.11, ShoulderSide = 0.27, ShoulderHeight = 0.5;
    private const double HipSwing = 0.33, ArmSwing = 0.42;

    private readonly Texture _coat = new(TexturePattern.Blocks, new(0.62f, 0.2f, 0.22f), new(0.88f, 0.78f, 0.6f), 0.2, seed, 0.5f);
    private readonly Texture _trousers = new(TexturePattern.Blocks, new(0.22f, 0.28f, 0.42f), new(0.4f, 0.46f, 0.58f), 0.12, seed + 1, 0.8f);
    private readonly Texture _skin = new(TexturePattern.Blocks, new(0.85f, 0.62f, 0.48f), new(0.62f, 0.42f, 0.32f), 0.07, seed + 2, 0.5f);
    private readonly Texture _dark = new(TexturePattern.Blocks, new(0.25f, 0.17f, 0.12f), new(0.4f, 0.28f, 0.2f), 0.08, seed + 3, 0.6f);

    public IEnumerable<TruthBody> Bodies()
    {
        yield return new TruthBody("torso", [.. Torso()], Hips, 0.3, 0.85);
        yield return new TruthBody("head", [.. Head()], time => Hips(time) * Joint(0, -0.62, 0.06 * Math.Sin(2 * Phase(time))), 0, 0);
        foreach (var (side, name) in new[] { (1, "right"), (-1, "left") })
        {
            yield return new TruthBody($"{name} thigh", [.. Limb(Thigh, 0.095, _trousers)], time => UpperLeg(time, side), 0, 0);
            yield return new TruthBody($"{name} shin", [.. Limb(Shin, 0.07, _trousers), Foot()],
                time => UpperLeg(time, side) * Joint(0, Thigh, -Knee(time, side)), 0.12, -Shin);
            yield return new TruthBody($"{name} upper arm", [.. Limb(UpperArm, 0.065, _coat)], time => Arm(time, side), 0, 0);
            yield return new TruthBody($"{name} forearm", [.. Limb(0.27, 0.05, _skin), new SpherePrimitive(new(0, 0.31, 0), 0.065, _skin)],
                time => Arm(time, side) * Joint(0, UpperArm, 0.35 + (0.25 * Math.Sin(Phase(time) + Shift(-side)))), 0, 0);
        }
    }

    private IEnumerable<Primitive> Torso()
    {
        yield return new BoxPrimitive(new(0, -0.3, 0), new(0.2, 0.27, 0.12), _coat);
        yield return new BoxPrimitive(new(0, -0.02, 0), new(0.18, 0.1, 0.115), _trousers);
        yield return new SpherePrimitive(new(0.2, -0.5, 0), 0.09, _coat);
        yield return new SpherePrimitive(new(-0.2, -0.5, 0), 0.09, _coat);
        yield return new CylinderPrimitive(new(0, -0.6, 0), 0.055, 0.05, _skin);
    }

    private IEnumerable<Primitive> Head()
    {
        yield return new SpherePrimitive(new(0, -0.14, 0.01), 0.125, _skin);
        yield return new SpherePrimitive(new(0, -0.18, -0.025), 0.125, _dark);
    }

    private static IEnumerable<Primitive> Limb(double length, double radius, Texture texture)
    {
        yield return new SpherePrimitive(Vec3.Zero, radius, texture);
        yield return new CylinderPrimitive(new(0, length / 2, 0), radius, length / 2, texture);
    }

    private BoxPrimitive Foot() => new(new(0, Shin - 0.01, 0.06), new(0.05, 0.05, 0.13), _dark);

    private RigidTransform Hips(double time)
    {
        var (position, heading) = path(time);
        var height = Math.Max(LegReach(time, 1), LegReach(time, -1));
        var sway = Mat3.FromRotationVector(new(0, 0.08 * Math.Sin(Phase(time)), 0));
        return new RigidTransform(Mat3.FromRotationVector(new(0, heading, 0)) * sway, position + new Vec3(0, -height, 0));
    }

    /// <summary>How far the lowest point of a foot is below the hips, over its heel and toe.</summary>
    private double LegReach(double time, int side)
    {
        var (thigh, shin) = (HipAngle(time, side), HipAngle(time, side) - Knee(time, side));
        var knee = Thigh * Math.Cos(thigh);
        double Sole(double z) => knee + ((Shin + 0.04) * Math.Cos(shin)) - (z * Math.Sin(shin));
        return Math.Max(Sole(0.19), Sole(-0.07));
    }

    private RigidTransform UpperLeg(double time, int side) => Hips(time) * Joint(side * HipSide, 0, HipAngle(time, side));

    private RigidTransform Arm(double time, int side) =>
        Hips(time) * Joint(side * ShoulderSide, -ShoulderHeight, ArmSwing * Math.Sin(Phase(time) + Shift(-side)));

    /// <summary>Forwards is positive.</summary>
    private double HipAngle(double time, int side) => HipSwing * Math.Sin(Phase(time) + Shift(side));

    /// <summary>The knee bends while its leg swings forwards.</summary>
    private double Knee(double time, int side)
    {
        var forwards = Math.Max(0, Math.Cos(Phase(time) + Shift(side)));
        return 0.08 + (0.65 * forwards * forwards);
    }

    private double Phase(double time) => 2 * Math.PI * time / framesPerCycle;

    private static double Shift(int side) => side > 0 ? 0 : Math.PI;

    /// <summary>A joint in its parent's coordinates, turned about the side axis so that what hangs down swings towards +z.</summary>
    private static RigidTransform Joint(double x, double y, double angle) => new(Mat3.FromRotationVector(new(angle, 0, 0)), new(x, y, 0));
}
