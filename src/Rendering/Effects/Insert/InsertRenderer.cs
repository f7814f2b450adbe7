using System.Numerics;
using Depth3D.Imaging;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Rendering.Effects.Surfaces;
using Depth3D.Rendering.Meshes;

namespace Depth3D.Rendering.Effects.Insert;

internal sealed class InsertRenderer(ISceneClip clip, InsertSettings settings, InsertObject inserted, InsertPlace place) : IEffectRenderer
{
    /// <summary>Nothing nearer than this share of the clip's nearest depth is drawn.</summary>
    private const double NearShare = 0.05;

    private const float MeshShading = 0.6f;

    /// <summary>The light stands above and to the left of the camera, in model axes turned upright.</summary>
    private static readonly Vec3 LightAside = new(-0.45, 0.8, 0.5);

    private readonly Vec3 _anchor = AnchorOf(inserted.Mesh, settings.Anchor);

    public (int Width, int Height) Size => (clip.Intrinsics.Width, clip.Intrinsics.Height);

    public Raster<byte> Render(int frameIndex)
    {
        var rgb = clip.Rgb(frameIndex);
        var depth = SnappedDepth.Make(clip.Depth(frameIndex), rgb);
        var camera = clip.CamFromWorld(frameIndex);
        var mesh = MeshRasteriser.Render(inserted.Mesh, clip.Intrinsics, View(camera));
        var result = rgb.Clone();
        if (settings is { Shadow: > 0, Facing: not InsertFacing.Picture, Anchor: InsertAnchor.Bottom })
            ContactShadow.Apply(result, depth, clip.Intrinsics, camera, place, settings.Shadow);
        if (Array.Exists(mesh.Light, l => l.W > 0)) Compose(rgb, depth, mesh, result);
        return result;
    }

    public void Dispose()
    {
    }

    private MeshView View(RigidTransform camera)
    {
        var right = place.Up.Cross(place.Front);
        var light = camera.Rotation * ((right * LightAside.X) + (place.Up * LightAside.Y) + (place.Front * LightAside.Z)).Normalized;
        return new MeshView(place.CamFromModel(camera, _anchor, settings), place.Scale, new Vector3((float)light.X, (float)light.Y, (float)light.Z),
            (float)(settings.Shading ?? (inserted.IsCard ? 0 : MeshShading)), NearShare * clip.DepthRange.Near);
    }

    private void Compose(Raster<byte> rgb, Raster<float> depth, RenderedMesh mesh, Raster<byte> result)
    {
        var radius = SnappedDepth.Radius(rgb.Width);
        var front = SoftMatte.Make(InFront(depth, mesh), rgb, radius);
        Parallel.For(0, rgb.Height, y =>
        {
            for (var x = 0; x < rgb.Width; x++)
            {
                var i = (y * rgb.Width) + x;
                var light = mesh.Light[i];
                if (light.W <= 0) continue;
                var covered = front.Samples[i];
                var behind = LinearLight.Pixel(result, i);
                if (covered >= 1) continue;
                var own = SoftMatte.OwnColour(rgb, front, x, y, radius);
                LinearLight.Store(result, i, (behind * (1 - light.W)) + (own * (covered * light.W)) + (light * (1 - covered)));
            }
        });
    }

    /// <summary>Where the scene is nearer than the object; beside the object, than its middle.</summary>
    private Raster<byte> InFront(Raster<float> depth, RenderedMesh mesh)
    {
        var front = new Raster<byte>(depth.Width, depth.Height);
        var seen = mesh.Depth.Samples.Where(z => z > 0).ToArray();
        var middle = seen.Average();
        var share = (float)(1 - settings.DepthTolerance);
        for (var i = 0; i < front.Samples.Length; i++)
        {
            var own = mesh.Depth.Samples[i] > 0 ? mesh.Depth.Samples[i] : middle;
            front.Samples[i] = (byte)(depth.Samples[i] < own * share ? 255 : 0);
        }

        return front;
    }

    private static Vec3 AnchorOf(Mesh mesh, InsertAnchor anchor)
    {
        var (least, most) = mesh.Bounds();
        return new Vec3((least[0] + most[0]) / 2, anchor == InsertAnchor.Bottom ? least[1] : (least[1] + most[1]) / 2, (least[2] + most[2]) / 2);
    }
}
