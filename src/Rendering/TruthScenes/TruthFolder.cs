using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Depth3D.Imaging;
using Depth3D.Messages;

namespace Depth3D.Rendering.TruthScenes;

/// <summary>
/// A truth scene on disk:
/// <list type="bullet">
/// <item><c>truth.json</c>: <see cref="TruthInfo"/>; written last, so a folder that has it is complete</item>
/// <item><c>cameras.json</c>: <c>CameraTrack</c> at the pictures' size</item>
/// <item><c>images/frame_00000.png</c>: RGB; the folder can be given to <c>depth3d run</c></item>
/// <item><c>depth/depth_00000.npy</c>: f32 [H, W], z</item>
/// <item><c>masks/mask_00000.png</c>: 255 = moving</item>
/// <item><c>flow/flow_00000_00001.npz</c>: <c>flow_1_2</c>, <c>flow_2_1</c> f32 [H, W, 2] pixels; <c>valid_1</c>, <c>valid_2</c> u8 [H, W], 1 = seen in the
/// other frame; scene flow of the moving pixels, <c>scene_flow_1_2</c> f32 [N, 3] at <c>scene_flow_pixels</c> i32 [N] (y * W + x), zero elsewhere</item>
/// </list>
/// </summary>
public static class TruthFolder
{
    public const string InfoFile = "truth.json";
    public const string CamerasFile = "cameras.json";
    public const string ImagesFolder = "images";
    public const string DepthFolder = "depth";
    public const string MasksFolder = "masks";
    public const string FlowFolder = "flow";

    internal static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static string ImageName(int frameIndex) => Name($"frame_{frameIndex:00000}.png");

    public static string DepthName(int frameIndex) => Name($"depth_{frameIndex:00000}.npy");

    public static string MaskName(int frameIndex) => Name($"mask_{frameIndex:00000}.png");

    public static string FlowName(int frame1, int frame2) => Name($"flow_{frame1:00000}_{frame2:00000}.npz");

    /// <summary>Renders a scene into a folder, which is made. Two folders of the same scene hold the same bytes.</summary>
    /// <param name="flowGaps">Gaps of the flow pairs to write; neighbours (1) when left out, none when empty.</param>
    /// <exception cref="Depth3DException">The folder cannot be written, or holds something other than a truth scene.</exception>
    public static void Write(string folder, TruthScene scene, int width, int height, IReadOnlyList<int>? flowGaps = null,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        flowGaps ??= [1];
        if (flowGaps.Any(g => g < 1)) throw new ArgumentException("a flow gap is at least 1", nameof(flowGaps));
        TruthRenderer.Check(scene, 0, width, height);
        Prepare(folder);
        for (var i = 0; i < scene.FrameCount; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var frame = TruthRenderer.Render(scene, i, width, height);
            ImageFile.WritePng(Path.Combine(folder, ImagesFolder, ImageName(i)), frame.Rgb);
            ImageFile.WritePng(Path.Combine(folder, MasksFolder, MaskName(i)), frame.MovingMask);
            Npy.Write(Path.Combine(folder, DepthFolder, DepthName(i)), frame.Depth);
            foreach (var gap in flowGaps.Where(g => i + g < scene.FrameCount)) WriteFlow(folder, scene, i, i + gap, frame.MovingMask);
            progress?.Report((i + 1.0) / scene.FrameCount);
        }

        scene.Cameras(width, height).Save(Path.Combine(folder, CamerasFile));
        var info = new TruthInfo(scene.Name, scene.FrameCount, width, height, scene.FramesPerSecond, scene.Motion, flowGaps,
            "metre", "OpenCV: x right, y down, z forward; depth is z; pixel centres at integers");
        File.WriteAllText(Path.Combine(folder, InfoFile), JsonSerializer.Serialize(info, Json) + "\n");
    }

    /// <exception cref="Depth3DException">It is not a complete truth folder.</exception>
    public static TruthClip Load(string folder) => TruthClip.Open(folder);

    private static void WriteFlow(string folder, TruthScene scene, int frame1, int frame2, Raster<byte> moving1)
    {
        var forward = TruthFlow.Between(scene, frame1, frame2, moving1.Width, moving1.Height);
        var backward = TruthFlow.Between(scene, frame2, frame1, moving1.Width, moving1.Height);
        var pixels = Enumerable.Range(0, moving1.PixelCount).Where(i => moving1.Samples[i] != 0).ToArray();
        var sceneFlow = new float[pixels.Length * 3];
        for (var k = 0; k < pixels.Length; k++)
            forward.SceneFlow.Samples.AsSpan(pixels[k] * 3, 3).CopyTo(sceneFlow.AsSpan(k * 3));
        Npz.Write(Path.Combine(folder, FlowFolder, FlowName(frame1, frame2)),
            ("flow_1_2", NpyArray.From(forward.Flow)), ("flow_2_1", NpyArray.From(backward.Flow)),
            ("valid_1", NpyArray.From(forward.Visible)), ("valid_2", NpyArray.From(backward.Visible)),
            ("scene_flow_1_2", NpyArray.From(sceneFlow, pixels.Length, 3)), ("scene_flow_pixels", NpyArray.From(pixels, pixels.Length)));
    }

    private static void Prepare(string folder)
    {
        if (File.Exists(folder)) throw new Depth3DException("this is a file, a folder was expected", folder, "give another --out", FailureKind.Storage);
        try
        {
            if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any() && !IsTruth(folder))
                throw new Depth3DException("the folder holds other things", folder, "give an empty or a new folder", FailureKind.Storage);
            File.Delete(Path.Combine(folder, InfoFile));
        }
        catch (DirectoryNotFoundException)
        {
            // It is made below.
        }

        try
        {
            foreach (var name in new[] { ImagesFolder, DepthFolder, MasksFolder, FlowFolder })
            {
                var part = Path.Combine(folder, name);
                if (Directory.Exists(part)) Directory.Delete(part, recursive: true);
                Directory.CreateDirectory(part);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Depth3DException($"cannot be written: {e.Message}", folder, "give another --out", FailureKind.Storage, e);
        }
    }

    /// <summary>Complete, or broken off while it was written: nothing but the parts of a truth folder.</summary>
    private static bool IsTruth(string folder)
    {
        string[] parts = [InfoFile, CamerasFile, ImagesFolder, DepthFolder, MasksFolder, FlowFolder];
        return Directory.EnumerateFileSystemEntries(folder).All(p => parts.Contains(Path.GetFileName(p)));
    }

    private static string Name(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
