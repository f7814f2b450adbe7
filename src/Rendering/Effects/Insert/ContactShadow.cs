using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Rendering.Effects.Surfaces;

namespace Depth3D.Rendering.Effects.Insert;

/// <summary>Darkens the surfaces around the foot of an object, as a soft sky would: without it, things float.</summary>
internal static class ContactShadow
{
    /// <summary>Reach beyond the foot, and what counts as ground, over the object's height.</summary>
    private const double ReachShare = 0.16, GroundShare = 0.1;

    public static void Apply(Raster<byte> picture, Raster<float> depth, Intrinsics intrinsics, RigidTransform camFromWorld, InsertPlace place, double darkness)
    {
        var foot = camFromWorld.Apply(place.Point);
        var up = camFromWorld.Rotation * place.Up;
        var right = camFromWorld.Rotation * place.Up.Cross(place.Front);
        var front = camFromWorld.Rotation * place.Front;
        double reach = ReachShare * place.Height, ground = GroundShare * place.Height;
        var farthest = place.HalfWidth + place.HalfDepth + (3 * reach);
        Parallel.For(0, picture.Height, y =>
        {
            for (var x = 0; x < picture.Width; x++)
            {
                var z = depth[x, y];
                if (Math.Abs(z - foot.Z) > farthest) continue;
                var from = intrinsics.Unproject(x, y, z) - foot;
                var above = from.Dot(up);
                var beside = Math.Max(0, Math.Abs(from.Dot(right)) - place.HalfWidth);
                var before = Math.Max(0, Math.Abs(from.Dot(front)) - place.HalfDepth);
                var outside = (beside * beside) + (before * before);
                var shade = darkness * Math.Exp(-(outside / (reach * reach)) - (above * above / (ground * ground)));
                if (shade < 0.002) continue;
                var i = (y * picture.Width) + x;
                LinearLight.Store(picture, i, LinearLight.Pixel(picture, i) * (float)(1 - shade));
            }
        });
    }
}
