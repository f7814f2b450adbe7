using Depth3D.Imaging;
using Depth3D.Nodes.Preprocess.Tests.Models;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Nodes.Preprocess.Tests.Flow;

/// <summary>Small clips for the stages: a texture that slides to the left, and the truth scene.</summary>
internal static class MovingTexture
{
    public static ModelRun Clip(int frames, int width = 160, int height = 96, int stepPixels = 2)
    {
        var texture = new Raster<float>(width + (stepPixels * frames), height, 3);
        var state = 12345u;
        for (var i = 0; i < texture.Samples.Length; i++)
        {
            state = (state * 1664525) + 1013904223;
            texture.Samples[i] = (state >> 24) * 4f;
        }

        var smooth = Filters.GaussianBlur(texture, 2);
        return Make(frames, width, height, i =>
        {
            var frame = new Raster<byte>(width, height, 3);
            for (var y = 0; y < height; y++)
                for (var x = 0; x < width; x++)
                    for (var c = 0; c < 3; c++) frame[x, y, c] = (byte)Math.Clamp(smooth[x + (i * stepPixels), y, c] - 380, 0, 255);
            return frame;
        });
    }

    /// <summary>The truth scene with its cameras; masks are the true ones when asked for.</summary>
    public static ModelRun Truth(int frames, TruthCameraMotion motion, bool masks = false, int width = 256, int height = 144)
    {
        var scene = TruthScene.Courtyard(frames, motion);
        var rendered = Enumerable.Range(0, frames).Select(i => TruthRenderer.Render(scene, i, width, height)).ToArray();
        var run = Make(frames, width, height, i => rendered[i].Rgb);
        scene.Cameras(width, height).Save(run.Path(Stages.Cameras, Artifacts.Cameras));
        if (!masks) return run;
        for (var i = 0; i < frames; i++) ImageFile.WritePng(run.Path(Stages.Masks, Artifacts.Mask(i)), rendered[i].MovingMask);
        return run;
    }

    public static ModelRun WithMotion(this ModelRun run, CameraMotion motion)
    {
        var path = run.Path(Stages.Cameras, Artifacts.Cameras);
        (CameraTrack.Load(path) with { Motion = motion }).Save(path);
        return run;
    }

    private static ModelRun Make(int frames, int width, int height, Func<int, Raster<byte>> rgb)
    {
        var made = ModelRun.Create(frames, width, height, rgb, trainWidth: width / 2, trainHeight: height / 2);
        made.Options = made.Options with { Flow = new FlowOptions() };
        return made;
    }
}
