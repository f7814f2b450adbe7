using Depth3D.Imaging;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Rendering.TruthScenes;

/// <summary>Exact optical flow and scene flow between any two frames, from the motion of camera and bodies.</summary>
public static class TruthFlow
{
    /// <summary>A point counts as seen when the ray to it ends within this share of its depth.</summary>
    private const double VisibilityTolerance = 1e-5;

    /// <summary>Flow on the grid of <paramref name="frame1"/> to <paramref name="frame2"/>, either order.</summary>
    public static TruthFlowField Between(TruthScene scene, int frame1, int frame2, int width, int height)
    {
        TruthRenderer.Check(scene, frame1, width, height);
        TruthRenderer.Check(scene, frame2, width, height);
        var intrinsics = scene.Intrinsics(width, height);
        var first = new RayCaster(scene, frame1, intrinsics);
        var second = new RayCaster(scene, frame2, intrinsics);
        var field = new TruthFlowField(new(width, height, 2), new(width, height), new(width, height, 3), new(width, height));
        Parallel.For(0, height, y =>
        {
            for (var x = 0; x < width; x++)
            {
                var hit = first.Cast(x, y);
                var from = first.WorldFromBody(hit.BodyIndex).Apply(hit.BodyPoint);
                var to = second.WorldFromBody(hit.BodyIndex).Apply(hit.BodyPoint);
                Store(field.SceneFlow, x, y, to - from);
                var camera = second.CamFromWorld.Apply(to);
                field.TargetDepth[x, y] = (float)camera.Z;
                if (camera.Z <= 0) continue;
                var (u, v) = intrinsics.Project(camera);
                field.Flow[x, y, 0] = (float)(u - x);
                field.Flow[x, y, 1] = (float)(v - y);
                if (u < 0 || v < 0 || u > width - 1 || v > height - 1) continue;
                var seen = second.Cast(u, v).Parameter;
                field.Visible[x, y] = (byte)(seen >= camera.Z * (1 - VisibilityTolerance) ? 1 : 0);
            }
        });
        return field;
    }

    private static void Store(Raster<float> raster, int x, int y, Vec3 value)
    {
        raster[x, y, 0] = (float)value.X;
        raster[x, y, 1] = (float)value.Y;
        raster[x, y, 2] = (float)value.Z;
    }
}
