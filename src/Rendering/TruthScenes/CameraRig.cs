using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Rendering.TruthScenes;

/// <summary>The ways a camera can film a truth scene. Lengths in metres, angles in degrees, time in frames.</summary>
/// <param name="LookAt">What it looks at, and the middle of its arc.</param>
/// <param name="Radius">Distance from there on the ground plane.</param>
/// <param name="EyeY">Height of the eye (y down: negative).</param>
/// <param name="StartDegrees">Where the arc begins; 0 is straight before <paramref name="LookAt"/>.</param>
/// <param name="DegreesPerFrame">Speed on the arc.</param>
internal sealed record CameraRig(Vec3 LookAt, double Radius, double EyeY, double StartDegrees = -10, double DegreesPerFrame = 0.42)
{
    /// <summary>Half the way of a hand-held camera's sway to the side.</summary>
    private const double Sway = 0.04;

    /// <summary>Half the angle of a sweep, and half its rise.</summary>
    private const double SweepDegrees = 14, SweepRise = 0.45;

    public RigidTransform CamFromWorld(TruthCameraMotion motion, double time) => motion switch
    {
        TruthCameraMotion.Arc => Looking(Eye(StartDegrees + (DegreesPerFrame * time), EyeY + (0.2 * Math.Sin(time / 15))), LookAt),
        TruthCameraMotion.Sweep => Sweep(time),
        TruthCameraMotion.RotationOnly => new RigidTransform(Pan(time), Vec3.Zero) * Looking(Eye(0, EyeY), LookAt),
        TruthCameraMotion.Handheld => Handheld(time),
        _ => Looking(Eye(0, EyeY), LookAt),
    };

    /// <summary>Left and right before the scene and never at rest: at the ends of the arc it rises and sinks.</summary>
    private RigidTransform Sweep(double time)
    {
        var phase = time * DegreesPerFrame / SweepDegrees;
        return Looking(Eye(SweepDegrees * Math.Sin(phase), EyeY + (SweepRise * Math.Cos((2 * phase) + (Math.PI / 4)))), LookAt);
    }

    private Vec3 Eye(double degrees, double eyeY)
    {
        var angle = Radians(degrees);
        return new(LookAt.X + (Radius * Math.Sin(angle)), eyeY, LookAt.Z - (Radius * Math.Cos(angle)));
    }

    /// <summary>Breathing and small steps: sums of waves whose lengths have no common measure.</summary>
    private RigidTransform Handheld(double time)
    {
        var eye = Eye(0, EyeY) + new Vec3(
            Sway * (Math.Sin(time / 8.3) + (0.2 * Math.Sin((time / 3.1) + 1))),
            0.4 * Sway * Math.Sin((time / 6.1) + 0.5),
            0.5 * Sway * Math.Sin((time / 10.7) + 2));
        var aim = LookAt + new Vec3(0.07 * Math.Sin((time / 7.3) + 0.7), 0.05 * Math.Sin((time / 5.3) + 1.9), 0);
        return Looking(eye, aim);
    }

    private static Mat3 Pan(double time) =>
        Mat3.FromRotationVector(new(Radians(1.5 * Math.Sin(time / 9)), Radians(8 - (0.35 * time)), 0));

    private static RigidTransform Looking(Vec3 eye, Vec3 target)
    {
        var z = (target - eye).Normalized;
        var x = new Vec3(0, 1, 0).Cross(z).Normalized;
        var rotation = Mat3.FromRows(x, z.Cross(x), z);
        return new RigidTransform(rotation, -(rotation * eye));
    }

    private static double Radians(double degrees) => degrees * Math.PI / 180;
}
