using System.Globalization;
using Depth3D.Messages;

namespace Depth3D.Pipeline.Loops;

/// <summary>File names by which the stages of recipe <c>loop</c> hand their results on.</summary>
public static class LoopArtifacts
{
    /// <summary>loop-cameras: <see cref="LoopCameras"/>.</summary>
    public const string Cameras = "loop-cameras.json";

    /// <summary>loop-cameras, one clip: NPY f32 [H, W], depth z of the reference picture in the loop's unit.</summary>
    public const string ReferenceDepth = "reference-depth.npy";

    /// <summary>loop-steady: <see cref="RunLoopInfo"/>.</summary>
    public const string RunReference = "run-reference.json";

    /// <summary>loop-steady: NPY f32 over the texel grid, 1/z in the run's unit of what the reference camera does not see; 0 where nothing is known.</summary>
    public const string HiddenDisparity = "hidden-disparity.npy";

    /// <summary>loop-steady: RGB PNG, the colours of <see cref="HiddenDisparity"/>.</summary>
    public const string HiddenColour = "hidden.png";

    /// <summary>loop-scene, last task: the loop before stage 2, a <c>MultiTileVideo</c> (MtvFile, safetensors).</summary>
    public const string Scene = "scene.safetensors";

    /// <summary>loop-scene, last task: <see cref="LoopSceneInfo"/>.</summary>
    public const string SceneIndex = "scene.json";

    /// <summary>loop-train, last task: the finished loop, as <see cref="Scene"/>.</summary>
    public const string Loop = "loop.safetensors";

    /// <summary>loop-train, last task: <see cref="LoopTrainInfo"/>.</summary>
    public const string TrainIndex = "train.json";

    /// <summary>loop-package: folder of the package in format mtv/1; its <c>scene.json</c> is below it.</summary>
    public const string PackageFolder = "package";

    /// <summary>loop-package: folder in the layout of the published viewer.</summary>
    public const string PublishedFolder = "published";

    /// <summary>loop-package: <see cref="LoopQuality"/>.</summary>
    public const string Quality = "quality.json";

    /// <summary>loop-video: what the films show, spread over the loop, on one RGB PNG.</summary>
    public const string Sheet = "sheet.png";

    /// <summary>loop-video: a page of what was chosen, how the optimisation went, and what the loop is worth.</summary>
    public const string Report = "report.html";

    /// <summary>loop-views, loop-steady: <see cref="LoopViewInfo"/>.</summary>
    public static string View(int view) => Name($"view_{view:000}.json");

    /// <summary>loop-views, loop-steady: RGB PNG at working size, steadied.</summary>
    public static string ViewFrame(int view, int frame) => Name($"view_{view:000}_frame_{frame:00000}.png");

    /// <summary>8-bit grey PNG, 255 where the frame shows the scene; absent where all pixels do. Left by the stage of the views; <see cref="LoopStages.Scene"/> leaves it again where somebody passes by and hides the scene, see <see cref="ValidPath"/>.</summary>
    public static string ViewValid(int view, int frame) => Name($"view_{view:000}_valid_{frame:00000}.png");

    /// <summary>loop-steady: NPY f32 [H, W], disparity 1/z in the reference camera, in the run's unit; 0 where nothing was seen.</summary>
    public static string ViewDisparity(int view, int frame) => Name($"view_{view:000}_disparity_{frame:00000}.npy");

    /// <summary>loop-views, loop-steady: RGB PNG, the deviation-weighted mean of spec 1.4.</summary>
    public static string ViewExposure(int view) => Name($"view_{view:000}_exposure.png");

    /// <summary>loop-views, loop-steady: 8-bit grey PNG of spec 1.5: 255 loopable, 128 changing but not loopable, 0 unchanging.</summary>
    public static string ViewLoopable(int view) => Name($"view_{view:000}_loopable.png");

    /// <summary>loop-scene, loop-train: safetensors of parameters, moments and random state after a chunk.</summary>
    public static string Checkpoint(int chunk) => Name($"checkpoint_{chunk:000}.safetensors");

    /// <summary>loop-scene, loop-train: CSV of the losses of a chunk.</summary>
    public static string Losses(int chunk) => Name($"losses_{chunk:000}.csv");

    /// <summary>loop-scene, loop-train: RGB PNG: the picture, its disparity and what moves, as of a chunk.</summary>
    public static string Preview(int chunk) => Name($"preview_{chunk:000}.png");

    /// <summary>loop-frames: RGB PNG, a frame of the loop from the reference camera.</summary>
    public static string LoopFrame(int frame) => Name($"loop_{frame:00000}.png");

    /// <summary>loop-frames: RGB PNG, a frame of the film along the camera path.</summary>
    public static string PathFrame(int frame) => Name($"path_{frame:00000}.png");

    /// <summary>loop-video: <c>loop.mp4</c> and the like from the reference camera.</summary>
    public static string Film(string extension) => "loop." + extension;

    /// <summary>loop-video: MP4 along the camera path.</summary>
    public const string PathFilm = "loop-path.mp4";

    /// <summary>The stage that left the view files of this source.</summary>
    public static StageName ViewsStage(LoopOptions options) => options.Input == LoopInputs.Run ? LoopStages.Steady : LoopStages.Views;

    /// <summary>Where the frame shows the scene, as far as is known by the end of <see cref="LoopStages.Scene"/>; null where it does everywhere.</summary>
    public static string? ValidPath(IArtifactReader inputs, LoopOptions options, int view, int frame)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var name = ViewValid(view, frame);
        if (inputs.Exists(LoopStages.Scene, name)) return inputs.PathOf(LoopStages.Scene, name);
        return inputs.Exists(ViewsStage(options), name) ? inputs.PathOf(ViewsStage(options), name) : null;
    }

    private static string Name(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
