using Depth3D.Messages;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Rendering.Paths;

/// <summary>
/// Where a clip's point cloud is seen from: the source camera of the frame, moved around the point that lies ahead of it at
/// <paramref name="pivotDepth"/>, over one period per clip.
/// </summary>
/// <param name="amplitude">Degrees for swing and orbit, percent of the pivot's depth for dolly.</param>
/// <param name="pivotDepth">Median depth of the clip, world units.</param>
public sealed class CameraPath(CameraPathKind kind, double amplitude, double pivotDepth)
{
    /// <summary>A swing also rises a little, which shows the ground's shape.</summary>
    private const double SwingRise = 0.3;

    /// <summary>The largest amplitude from which the scene can still be seen: degrees, or percent of the pivot's depth for dolly.</summary>
    public static double MostAmplitude(CameraPathKind kind) => kind == CameraPathKind.Dolly ? 80 : 85;

    /// <param name="name">Name of a <see cref="CameraPathKind"/>.</param>
    /// <exception cref="Depth3DException">No such path, or an amplitude or depth that shows nothing.</exception>
    public static CameraPath Parse(string name, double amplitude, double pivotDepth)
    {
        if (!Enum.TryParse<CameraPathKind>(name, ignoreCase: true, out var kind) || !Enum.IsDefined(kind) || !char.IsLetter(name[0]))
            throw new Depth3DException($"there is no camera path '{name}'", remedy: "give --path swing, orbit, dolly or source", kind: FailureKind.Usage);
        var most = MostAmplitude(kind);
        if (!(amplitude >= 0 && amplitude <= most))
            throw new Depth3DException($"a path amplitude of {amplitude} is not between 0 and {most}", remedy: "give --path-amplitude 6", kind: FailureKind.Usage);
        if (!(pivotDepth > 0) || !double.IsFinite(pivotDepth))
            throw new Depth3DException($"a median depth of {pivotDepth} is not usable", remedy: "run the depth stage again");
        return new CameraPath(kind, amplitude, pivotDepth);
    }

    /// <summary>The view of a frame.</summary>
    /// <param name="camFromWorld">The source camera of the frame.</param>
    public RigidTransform CamFromWorld(int frameIndex, int frameCount, RigidTransform camFromWorld) =>
        Offset(2 * Math.PI * frameIndex / frameCount) * camFromWorld;

    /// <summary>Virtual from source camera.</summary>
    private RigidTransform Offset(double phase)
    {
        var degrees = amplitude * Math.PI / 180;
        return kind switch
        {
            CameraPathKind.Swing => Around(degrees * Math.Sin(phase), SwingRise * degrees * (1 - Math.Cos(phase)) / 2),
            CameraPathKind.Orbit => Around(degrees * Math.Sin(phase), degrees * (1 - Math.Cos(phase)) / 2),
            CameraPathKind.Dolly => new(Mat3.Identity, new(0, 0, -amplitude / 100 * pivotDepth * (1 - Math.Cos(phase)) / 2)),
            _ => RigidTransform.Identity,
        };
    }

    /// <summary>Turns about the pivot, which keeps its place in the picture.</summary>
    private RigidTransform Around(double yaw, double pitch)
    {
        var pivot = new Vec3(0, 0, pivotDepth);
        var rotation = Mat3.FromRotationVector(new(pitch, 0, 0)) * Mat3.FromRotationVector(new(0, yaw, 0));
        return new(rotation, pivot - (rotation * pivot));
    }
}
