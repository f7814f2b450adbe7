using Depth3D.Messages;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Rendering.Effects.Surfaces;
using Depth3D.Rendering.Meshes;

namespace Depth3D.Rendering.Effects.Insert;

/// <summary>Where an object stands: its axes in the world (right, up, front), the point of its anchor, and its size.</summary>
/// <param name="Point">World point of the anchor.</param>
/// <param name="Up">Unit vector.</param>
/// <param name="Scale">World units per unit of the model.</param>
/// <param name="HalfWidth">Half its breadth on the ground, world units; <paramref name="HalfDepth"/> is half its length from front to back.</param>
internal sealed record InsertPlace(Vec3 Point, Vec3 Up, Vec3 Front, double Scale, double HalfWidth, double HalfDepth, double Height)
{
    /// <exception cref="Depth3DException">The place lies behind the camera, or the object has no size.</exception>
    public static InsertPlace Make(ISceneClip clip, InsertSettings settings, Mesh mesh)
    {
        ScenePoint.CheckFrame(clip, settings.Frame);
        var camera = clip.CamFromWorld(settings.Frame);
        var point = settings.World ?? AtPixel(clip, settings);
        var depth = camera.Apply(point).Z;
        if (!(depth > 0))
            throw new Depth3DException($"the object's place lies behind the camera of frame {settings.Frame}", clip.Name, "give a place in view, or another frame", FailureKind.Usage);
        var (least, most) = mesh.Bounds();
        var size = most[1] - least[1];
        if (!(size > 0)) size = Math.Max(most[0] - least[0], most[2] - least[2]);
        if (!(size > 0)) throw new Depth3DException("the object has no size", settings.Object, "export it again");
        var height = settings.Height ?? settings.HeightShare * clip.Intrinsics.Height * depth / clip.Intrinsics.Fy;
        var up = settings.Facing == InsertFacing.Picture ? -Row(camera.Rotation, 1) : WorldUp(clip);
        var scale = height / size;
        return new InsertPlace(point, up, Towards(camera, point, up, settings), scale, scale * (most[0] - least[0]) / 2, scale * (most[2] - least[2]) / 2, height);
    }

    /// <summary>Maps the model, scaled, to a camera.</summary>
    /// <param name="anchor">Of the model, in its own units.</param>
    public RigidTransform CamFromModel(RigidTransform camera, Vec3 anchor, InsertSettings settings)
    {
        var front = settings.Facing == InsertFacing.Turning ? Towards(camera, Point, Up, settings) : Front;
        var rotation = Mat3.FromColumns(Up.Cross(front), Up, front);
        return camera * new RigidTransform(rotation, Point - (rotation * (anchor * Scale)));
    }

    private static Vec3 AtPixel(ISceneClip clip, InsertSettings settings)
    {
        var (x, y) = (settings.X!.Value, settings.Y!.Value);
        return ScenePoint.World(clip, settings.Frame, x, y, settings.Depth ?? ScenePoint.DepthAt(clip, settings.Frame, x, y));
    }

    /// <summary>Cameras are held upright on average.</summary>
    private static Vec3 WorldUp(ISceneClip clip)
    {
        var sum = Vec3.Zero;
        for (var i = 0; i < clip.FrameCount; i++) sum -= Row(clip.CamFromWorld(i).Rotation, 1);
        return sum.Normalized;
    }

    private static Vec3 Towards(RigidTransform camera, Vec3 point, Vec3 up, InsertSettings settings)
    {
        var to = settings.Facing == InsertFacing.Picture ? -Row(camera.Rotation, 2) : camera.Center - point;
        var level = to - (up * up.Dot(to));
        // Seen from straight above, any way is as good: the camera's own right decides.
        if (level.Length < 1e-6 * to.Length) level = Row(camera.Rotation, 0).Cross(up);
        return Mat3.FromRotationVector(up * (settings.YawDegrees * Math.PI / 180)) * level.Normalized;
    }

    private static Vec3 Row(Mat3 m, int row) => m.Transposed.Column(row);
}
