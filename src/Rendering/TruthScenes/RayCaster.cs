using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Rendering.TruthScenes;

/// <summary>Casts rays into the scene as it stands at one frame, from that frame's camera or another; safe to share between threads.</summary>
internal sealed class RayCaster
{
    private readonly PreparedBody[] _bodies;
    private readonly Intrinsics _intrinsics;
    private readonly Mat3 _worldFromCam;

    public RayCaster(TruthScene scene, int frameIndex, Intrinsics intrinsics)
        : this(scene, frameIndex, intrinsics, scene.CamFromWorld(frameIndex))
    {
    }

    public RayCaster(TruthScene scene, int frameIndex, Intrinsics intrinsics, RigidTransform camFromWorld)
    {
        _intrinsics = intrinsics;
        CamFromWorld = camFromWorld;
        _worldFromCam = camFromWorld.Rotation.Transposed;
        _bodies = [.. scene.Bodies.Select(b => new PreparedBody(b, b.WorldFromBody(frameIndex), camFromWorld.Center))];
    }

    public RigidTransform CamFromWorld { get; }

    /// <summary>World direction of the ray through a pixel, with z = 1 in camera coordinates.</summary>
    public Vec3 Direction(double u, double v) => _worldFromCam * _intrinsics.Unproject(u, v, 1);

    public RigidTransform WorldFromBody(int bodyIndex) => _bodies[bodyIndex].WorldFromBody;

    /// <exception cref="InvalidOperationException">The ray leaves the scene: truth scenes are closed rooms.</exception>
    public RayHit Cast(double u, double v) => Cast(Direction(u, v));

    public RayHit Cast(Vec3 direction)
    {
        var nearest = double.PositiveInfinity;
        var bodyIndex = -1;
        var primitiveIndex = 0;
        for (var b = 0; b < _bodies.Length; b++)
        {
            var index = _bodies[b].Nearest(direction, ref nearest);
            if (index >= 0) (bodyIndex, primitiveIndex) = (b, index);
        }

        if (bodyIndex < 0) throw new InvalidOperationException("a ray left the truth scene, which must be closed");
        var body = _bodies[bodyIndex];
        return new RayHit(nearest, bodyIndex, body.Primitives[primitiveIndex], body.Origin + ((body.FromWorld * direction) * nearest));
    }

    private sealed class PreparedBody
    {
        private readonly (Vec3 ToCenter, double SquaredDistance, double SquaredRadius)[] _bounds;

        public PreparedBody(TruthBody body, RigidTransform worldFromBody, Vec3 eye)
        {
            WorldFromBody = worldFromBody;
            FromWorld = worldFromBody.Rotation.Transposed;
            Origin = worldFromBody.Inverse().Apply(eye);
            Primitives = [.. body.Primitives];
            _bounds = [.. Primitives.Select(p => Bound(p.Bounds))];
        }

        public RigidTransform WorldFromBody { get; }
        public Mat3 FromWorld { get; }
        public Vec3 Origin { get; }
        public Primitive[] Primitives { get; }

        /// <summary>Index of a primitive closer than <paramref name="nearest"/>, which is lowered, or -1.</summary>
        public int Nearest(Vec3 worldDirection, ref double nearest)
        {
            var found = -1;
            var direction = FromWorld * worldDirection;
            var squaredLength = direction.Dot(direction);
            for (var i = 0; i < Primitives.Length; i++)
            {
                ref readonly var bound = ref _bounds[i];
                if (bound.SquaredDistance > bound.SquaredRadius)
                {
                    var along = bound.ToCenter.Dot(direction);
                    if (along <= 0 || (bound.SquaredDistance - bound.SquaredRadius) * squaredLength > along * along) continue;
                }

                var t = Primitives[i].Intersect(Origin, direction);
                if (t >= nearest) continue;
                nearest = t;
                found = i;
            }

            return found;
        }

        private (Vec3, double, double) Bound((Vec3 Center, double Radius) sphere)
        {
            var to = sphere.Center - Origin;
            return (to, to.Dot(to), sphere.Radius * sphere.Radius * 1.0001);
        }
    }
}
