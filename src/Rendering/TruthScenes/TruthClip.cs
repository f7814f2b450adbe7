using System.Text.Json;
using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Evaluation;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Rendering.TruthScenes;

/// <summary>A truth folder opened for reading; files are read when they are asked for.</summary>
public sealed class TruthClip : IDepthTruth
{
    private TruthClip(string folder, TruthInfo info, CameraTrack cameras) => (Folder, Info, Cameras) = (folder, info, cameras);

    public string Folder { get; }

    public TruthInfo Info { get; }

    public CameraTrack Cameras { get; }

    public int FrameCount => Info.Frames;

    public int Width => Info.Width;

    public int Height => Info.Height;

    internal static TruthClip Open(string folder)
    {
        var path = Path.Combine(folder, TruthFolder.InfoFile);
        if (!File.Exists(path))
            throw new Depth3DException($"no {TruthFolder.InfoFile} here: not a truth folder, or not finished", folder,
                "make one with: depth3d sample render --scene courtyard --out DIR");
        try
        {
            var info = JsonSerializer.Deserialize<TruthInfo>(File.ReadAllText(path), TruthFolder.Json) ?? throw new JsonException("null");
            if (info.Frames < 1 || info.Width < 1 || info.Height < 1) throw new JsonException("sizes that are not positive");
            var cameras = CameraTrack.Load(Path.Combine(folder, TruthFolder.CamerasFile));
            if (cameras.Frames.Count != info.Frames) throw new JsonException($"{info.Frames} frames but {cameras.Frames.Count} cameras");
            return new TruthClip(folder, info, cameras);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new Depth3DException($"the truth folder cannot be read: {e.Message}", path, "render it again", inner: e);
        }
    }

    public string ImagePath(int frameIndex) => Path.Combine(Folder, TruthFolder.ImagesFolder, TruthFolder.ImageName(Checked(frameIndex)));

    public Raster<byte> Rgb(int frameIndex) => Sized(ImageFile.ReadRgb(ImagePath(frameIndex)), ImagePath(frameIndex));

    public Raster<float> Depth(int frameIndex)
    {
        var path = Path.Combine(Folder, TruthFolder.DepthFolder, TruthFolder.DepthName(Checked(frameIndex)));
        return Sized(Npy.Read(path).ToRaster<float>(), path);
    }

    public Raster<byte> MovingMask(int frameIndex)
    {
        var path = Path.Combine(Folder, TruthFolder.MasksFolder, TruthFolder.MaskName(Checked(frameIndex)));
        return Sized(ImageFile.ReadGray(path), path);
    }

    /// <summary>Stored flow of a pair with frame1 &lt; frame2, or null when the folder holds none for its gap.</summary>
    public (Raster<float> Flow12, Raster<float> Flow21, Raster<byte> Valid1, Raster<byte> Valid2)? Flow(int frame1, int frame2)
    {
        if (ReadFlow(frame1, frame2) is not { } arrays) return null;
        return (arrays["flow_1_2"].ToRaster<float>(), arrays["flow_2_1"].ToRaster<float>(),
            arrays["valid_1"].ToRaster<byte>(), arrays["valid_2"].ToRaster<byte>());
    }

    /// <summary>The target's depth follows from this frame's depth, the cameras and the scene flow.</summary>
    public TrueMotion? MotionToNext(int frameIndex)
    {
        if (ReadFlow(frameIndex, frameIndex + 1) is not { } arrays) return null;
        var depth = Depth(frameIndex);
        var nextFromCam = Cameras.Frames[frameIndex + 1].CamFromWorld * Cameras.Frames[frameIndex].CamFromWorld.Inverse();
        var target = new Raster<float>(Width, Height);
        Parallel.For(0, Height, y =>
        {
            for (var x = 0; x < Width; x++)
                target[x, y] = (float)nextFromCam.Apply(Cameras.Intrinsics.Unproject(x, y, depth[x, y])).Z;
        });
        var pixels = arrays["scene_flow_pixels"].As<int>();
        var moved = arrays["scene_flow_1_2"].As<float>();
        var rotation = Cameras.Frames[frameIndex + 1].CamFromWorld.Rotation;
        for (var k = 0; k < pixels.Length; k++)
            target.Samples[pixels[k]] += (float)(rotation * new Vec3(moved[3 * k], moved[(3 * k) + 1], moved[(3 * k) + 2])).Z;
        return new TrueMotion(arrays["flow_1_2"].ToRaster<float>(), arrays["valid_1"].ToRaster<byte>(), target);
    }

    private IReadOnlyDictionary<string, NpyArray>? ReadFlow(int frame1, int frame2)
    {
        if (frame1 < 0 || frame2 >= FrameCount || !Info.FlowGaps.Contains(frame2 - frame1)) return null;
        return Npz.Read(Path.Combine(Folder, TruthFolder.FlowFolder, TruthFolder.FlowName(frame1, frame2)));
    }

    private int Checked(int frameIndex) => (uint)frameIndex < (uint)FrameCount
        ? frameIndex
        : throw new Depth3DException($"frame {frameIndex} does not exist, there are {FrameCount}", Folder, kind: FailureKind.Usage);

    private Raster<T> Sized<T>(Raster<T> raster, string path) where T : unmanaged => raster.Width == Width && raster.Height == Height
        ? raster
        : throw new Depth3DException($"{raster.Width}x{raster.Height}, {Width}x{Height} was expected", path, "render the scene again");
}
