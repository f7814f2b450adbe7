using System.Globalization;

namespace Depth3D.Pipeline;

/// <summary>
/// File names by which the stages of recipe <c>depth</c> hand their results on. "Working size" is the size of the extracted frames,
/// "training size" that of <see cref="TrainOptions.LongSidePixels"/>; both are written into <see cref="FramesIndex"/>.
/// </summary>
public static class Artifacts
{
    /// <summary>frames: <see cref="Depth3D.Pipeline.FramesInfo"/>.</summary>
    public const string FramesIndex = "frames.json";

    /// <summary>frames: <see cref="Depth3D.Pipeline.PreflightReport"/>.</summary>
    public const string Preflight = "preflight.json";

    /// <summary>frames: <see cref="Depth3D.Pipeline.Windows.ClipWindows"/>; only for a clip that is worked on in windows, together with <see cref="FramesIndex"/> of each.</summary>
    public const string WindowsIndex = "windows.json";

    /// <summary>masks: the rule that chose them and the moving share per frame.</summary>
    public const string MasksIndex = "masks.json";

    /// <summary>cameras: <c>Depth3D.Reconstruction.Cameras.CameraTrack</c>, at working size, before scaling to the prior.</summary>
    public const string Cameras = "cameras.json";

    /// <summary>cameras: sparse points of the camera solver, PLY; absent when there are none.</summary>
    public const string SparsePoints = "sparse.ply";

    /// <summary>cameras: the same points as NPZ for the sequence stage: <c>xyz</c> f64 [N, 3], world of <see cref="Cameras"/>; absent when there are none.</summary>
    public const string SparsePointArray = "sparse_points.npz";

    /// <summary>prior: <see cref="Depth3D.Pipeline.PriorInfo"/>; only the last task of the stage writes it.</summary>
    public const string PriorIndex = "prior.json";

    /// <summary>sequence: the training index over pairs with the hashes of all inputs, and the scaled cameras.</summary>
    public const string Sequence = "sequence.json";

    /// <summary>sequence: the cameras in the prior's depth unit (spec 1.4 step 5).</summary>
    public const string ScaledCameras = "scaled-cameras.json";

    /// <summary>train: last chunk only: <see cref="Depth3D.Pipeline.TrainInfo"/>.</summary>
    public const string TrainIndex = "train.json";

    /// <summary>train: last chunk, only where cameras were refined: they replace <see cref="ScaledCameras"/> in the stages after it.</summary>
    public const string RefinedCameras = "refined-cameras.json";

    /// <summary>lens: the focal length found in one window: <see cref="Depth3D.Pipeline.Windows.LensFinding"/>.</summary>
    public const string Lens = "lens.json";

    /// <summary>align: <see cref="Depth3D.Pipeline.Windows.WindowAlignments"/>: where each window lies, and the errors at the seams.</summary>
    public const string Alignment = "alignment.json";

    /// <summary>RGB PNG, working size.</summary>
    public static string Frame(int frameIndex) => Name($"frame_{frameIndex:00000}.png");

    /// <summary>8-bit grey PNG, working size, 255 = moving.</summary>
    public static string Mask(int frameIndex) => Name($"mask_{frameIndex:00000}.png");

    /// <summary>NPY f32 [H, W], working size, depth z &gt; 0.</summary>
    public static string Prior(int frameIndex) => Name($"prior_{frameIndex:00000}.npy");

    /// <summary>
    /// NPZ, training size: <c>flow_1_2</c>, <c>flow_2_1</c> f32 [H, W, 2] in training-size pixels (spec 0), <c>valid_1</c> u8 [H, W] on frame 1's grid for
    /// flow_1_2, <c>valid_2</c> on frame 2's grid for flow_2_1; 1 = valid.
    /// </summary>
    public static string Flow(int frame1, int frame2) => Name($"flow_{frame1:00000}_{frame2:00000}.npz");

    /// <summary>safetensors: parameters, optimiser moments and step after chunk <paramref name="chunkIndex"/>.</summary>
    public static string Checkpoint(int chunkIndex) => Name($"checkpoint_{chunkIndex:000}.safetensors");

    /// <summary>train: safetensors of a trained network, <c>network</c> for depth or <c>motion</c> for scene flow; methods network and hybrid only.</summary>
    public static string Weights(string part) => Name($"{part}.safetensors");

    /// <summary>NPY f32 [H, W], working size, optimised depth in the prior's unit; written by the last training chunk.</summary>
    public static string Refined(int frameIndex) => Name($"refined_{frameIndex:00000}.npy");

    /// <summary>CSV of the losses of one chunk: step,phase,total,flow,disparity,acceleration.</summary>
    public static string Losses(int chunkIndex) => Name($"losses_{chunkIndex:000}.csv");

    /// <summary>train: <see cref="Depth3D.Pipeline.TrainProgress"/> after chunk <paramref name="chunkIndex"/>.</summary>
    public static string TrainProgress(int chunkIndex) => Name($"progress_{chunkIndex:000}.json");

    /// <summary>train: page to watch the training with, after chunk <paramref name="chunkIndex"/>; holds its pictures.</summary>
    public static string TrainLog(int chunkIndex) => Name($"log_{chunkIndex:000}.html");

    /// <summary>
    /// train: RGB PNG of four columns and two rows at training size, as of chunk <paramref name="chunkIndex"/>: picture, then the prior's disparity, depth
    /// disagreement and flow residual; below the picture with moving pixels tinted, then the same of optimised depth.
    /// </summary>
    public static string TrainPreview(int chunkIndex, int frameIndex) => Name($"preview_{chunkIndex:000}_{frameIndex:00000}.png");

    public static string DepthNpz(int frameIndex) => Name($"depth_{frameIndex:00000}.npz");

    public static string DepthExr(int frameIndex) => Name($"depth_{frameIndex:00000}.exr");

    public static string DepthPng16(int frameIndex) => Name($"depth_{frameIndex:00000}.png");

    /// <summary>RGB PNG of disparity in colour with one clip-wide range, working size.</summary>
    public static string DepthColour(int frameIndex) => Name($"colour_{frameIndex:00000}.png");

    /// <summary>As <see cref="DepthColour"/> with the same range, for the prior.</summary>
    public static string PriorColour(int frameIndex) => Name($"prior_colour_{frameIndex:00000}.png");

    public const string DepthSidecar = "depth.json";

    public static string Cloud(int frameIndex) => Name($"cloud_{frameIndex:00000}.ply");

    /// <summary>RGB PNG: the point cloud of a frame seen along the camera path.</summary>
    public static string View(int frameIndex) => Name($"view_{frameIndex:00000}.png");

    public const string SourceVideo = "source.mp4";
    public const string DepthVideo = "depth.mp4";
    public const string SideBySideVideo = "side-by-side.mp4";
    public const string PointCloudVideo = "pointcloud.mp4";

    /// <summary>effect-prepare: what <c>IEffect.Prepare</c> wrote; absent where it wrote nothing.</summary>
    public const string EffectPrepared = "prepared.bin";

    /// <summary>effect-video: H.264, transparent pixels over black.</summary>
    public const string EffectVideo = "effect.mp4";

    /// <summary>effect-video: ProRes 4444 with alpha; only where the effect has transparent pixels.</summary>
    public const string EffectAlphaVideo = "effect.mov";

    /// <summary>effect-video: frames spread over the clip on one RGB PNG.</summary>
    public const string EffectSheet = "sheet.png";

    /// <summary>effect-frames: RGB or RGBA PNG.</summary>
    public static string EffectFrame(int frameIndex) => Name($"effect_{frameIndex:00000}.png");

    private static string Name(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
