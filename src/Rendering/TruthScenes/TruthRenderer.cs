using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Rendering.TruthScenes;

/// <summary>Renders frames of truth scenes. The same arguments give the same bytes, whatever the number of threads.</summary>
public static class TruthRenderer
{
    /// <summary>Samples per pixel and axis of the colour picture.</summary>
    internal const int Supersampling = 2;

    /// <exception cref="Depth3DException">The frame does not exist or the size is not between 8 and 8192 pixels.</exception>
    public static TruthFrame Render(TruthScene scene, int frameIndex, int width, int height)
    {
        Check(scene, frameIndex, width, height);
        return Render(scene, frameIndex, scene.Intrinsics(width, height), scene.CamFromWorld(frameIndex));
    }

    /// <summary>What another camera would have seen at the moment of a frame.</summary>
    /// <param name="intrinsics">Of that camera; its size is the picture's.</param>
    /// <param name="samples">Of colour, per pixel and axis, 1 to 16.</param>
    /// <exception cref="Depth3DException">The frame does not exist or the size is not between 8 and 8192 pixels.</exception>
    /// <exception cref="InvalidOperationException">The camera stands outside the scene's room.</exception>
    public static TruthFrame Render(TruthScene scene, int frameIndex, Intrinsics intrinsics, RigidTransform camFromWorld, int samples = Supersampling)
    {
        int width = intrinsics.Width, height = intrinsics.Height;
        Check(scene, frameIndex, width, height);
        if (samples is < 1 or > 16) throw new ArgumentOutOfRangeException(nameof(samples), samples, "1 to 16 samples per axis");
        var caster = new RayCaster(scene, frameIndex, intrinsics, camFromWorld);
        var shading = new TruthShading(scene, frameIndex, caster, 1 / intrinsics.Fx);
        var frame = new TruthFrame(new(width, height, 3), new(width, height), new(width, height), new(width, height), new(width, height, 3));
        Parallel.For(0, height, y =>
        {
            for (var x = 0; x < width; x++)
            {
                Exact(caster, frame, x, y);
                Shade(caster, shading, frame.Rgb, x, y, samples);
            }
        });
        return frame;
    }

    internal static void Check(TruthScene scene, int frameIndex, int width, int height)
    {
        if ((uint)frameIndex >= (uint)scene.FrameCount)
            throw new Depth3DException($"frame {frameIndex} does not exist, the scene has {scene.FrameCount}", scene.Name, kind: FailureKind.Usage);
        if (width is < 8 or > 8192 || height is < 8 or > 8192)
            throw new Depth3DException($"a picture of {width}x{height} cannot be rendered: sides are 8 to 8192 pixels", scene.Name,
                "give --size 640x360", FailureKind.Usage);
    }

    private static void Exact(RayCaster caster, TruthFrame frame, int x, int y)
    {
        var hit = caster.Cast(x, y);
        frame.Depth[x, y] = (float)hit.Parameter;
        frame.BodyIds[x, y] = (byte)hit.BodyIndex;
        frame.MovingMask[x, y] = (byte)(hit.BodyIndex > 0 ? 255 : 0);
        var world = caster.WorldFromBody(hit.BodyIndex).Apply(hit.BodyPoint);
        frame.WorldPoints[x, y, 0] = (float)world.X;
        frame.WorldPoints[x, y, 1] = (float)world.Y;
        frame.WorldPoints[x, y, 2] = (float)world.Z;
    }

    private static void Shade(RayCaster caster, TruthShading shading, Raster<byte> rgb, int x, int y, int samples)
    {
        Colour3 sum = default;
        for (var sy = 0; sy < samples; sy++)
            for (var sx = 0; sx < samples; sx++)
            {
                var direction = caster.Direction(x + Offset(sx, samples), y + Offset(sy, samples));
                sum += shading.Colour(caster.Cast(direction), direction);
            }

        var scale = 255f / (samples * samples);
        rgb[x, y, 0] = ToByte(sum.R * scale);
        rgb[x, y, 1] = ToByte(sum.G * scale);
        rgb[x, y, 2] = ToByte(sum.B * scale);
    }

    private static double Offset(int sample, int samples) => ((sample + 0.5) / samples) - 0.5;

    private static byte ToByte(float value) => (byte)Math.Clamp(value + 0.5f, 0, 255);
}
