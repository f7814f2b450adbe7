using System.Globalization;
using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Cameras;

namespace Depth3D.Nodes.Preprocess.Frames;

/// <summary>Collects what <see cref="PreflightReport"/> says, frame by frame.</summary>
internal sealed class Preflight : IDisposable
{
    /// <summary>Luma below which a frame is black, and deviation below which it is one flat colour (of 255).</summary>
    private const double BlackMean = 4, FlatDeviation = 1.5;

    private const double DarkMean = 30;

    /// <summary>Variance of the Laplacian below which a picture of 640 pixels has nothing sharp.</summary>
    private const double BlurredVariance = 20;

    private const int ComfortableFrames = 8;
    private readonly CutDetector _cuts = new();
    private readonly CameraMotionProbe _motion = new();
    private readonly List<double> _blur = [];
    private double _brightness;
    private double _widestDeviation;
    private double _motionScale = 1;

    /// <summary>Looks at the next frame, working size; returns the first frame after a hard cut once that is certain.</summary>
    public int? Add(Raster<byte> rgb)
    {
        var look = FrameLook.Of(rgb);
        var gray = Colour.ToGray(rgb);
        _motionScale = rgb.Width / (double)look.Gray.Width;
        _blur.Add(Filters.LaplacianVariance(gray));
        _brightness += look.Mean;
        _widestDeviation = Math.Max(_widestDeviation, look.Deviation);
        _motion.Add(gray);
        return _cuts.Add(look);
    }

    public int? FinishCuts() => _cuts.Finish();

    /// <param name="kept">Frames that stay; those after a cut are dropped.</param>
    /// <exception cref="Depth3DException">Nothing to see in any frame.</exception>
    public PreflightReport Report(int kept, IReadOnlyList<int> cuts, IEnumerable<string> sourceWarnings, string where)
    {
        var mean = _brightness / _blur.Count;
        if (_widestDeviation < FlatDeviation)
        {
            throw new Depth3DException(mean < BlackMean
                ? "every frame is black"
                : FormattableString.Invariant($"every frame is one flat colour (brightness {mean:0} of 255)"), where, "give a clip in which something can be seen");
        }

        var (motion, parallax) = _motion.Finish();
        var blur = _blur.Take(kept).ToArray();
        var steps = _cuts.Motions.Order().ToArray();
        var pixels = steps.Length == 0 ? 0 : steps[steps.Length / 2] * _motionScale;
        var warnings = sourceWarnings.Concat(Warnings(kept, blur, mean, motion)).ToArray();
        return new PreflightReport(cuts, blur, Math.Round(pixels, 3), motion, Math.Round(parallax, 4), Math.Round(mean, 2), warnings);
    }

    public void Dispose() => _cuts.Dispose();

    private IEnumerable<string> Warnings(int kept, double[] blur, double mean, CameraMotion motion)
    {
        if (kept < ComfortableFrames)
            yield return $"Only {kept} frames: flow works from 2 on, camera solving and training want {ComfortableFrames} or more.";
        if (mean < DarkMean) yield return FormattableString.Invariant($"The clip is dark (brightness {mean:0} of 255).");
        var median = blur.Order().ElementAt(blur.Length / 2);
        if (median < BlurredVariance) yield return FormattableString.Invariant($"The clip has little sharp detail (sharpness {median:0.#}, {BlurredVariance} and more is usual).");
        var blurred = Enumerable.Range(0, blur.Length).Where(i => blur[i] < 0.25 * median).ToArray();
        if (blurred.Length > 0) yield return $"Blurred against the others: frames {List(blurred)}.";
        if (motion == CameraMotion.Static) yield return "The camera seems to stand still: depth cannot be triangulated; add a depth model with: depth3d model add, then --prior onnx:NAME.";
        if (motion == CameraMotion.RotationOnly) yield return "The camera seems only to turn (or the scene is flat): there is little parallax to triangulate depth from.";
        var flashes = _cuts.Flashes.Where(i => i < kept).ToArray();
        if (flashes.Length > 0) yield return $"Frames that match neither neighbour: {List(flashes)}.";
        var doubtful = _cuts.Doubtful.Where(i => i < kept).ToArray();
        if (doubtful.Length > 0) yield return $"Frames that hardly match the one before (a cut or a large motion): {List(doubtful)}.";
    }

    private static string List(int[] frames) =>
        string.Join(", ", frames.Take(10).Select(i => i.ToString(CultureInfo.InvariantCulture))) + (frames.Length > 10 ? " and more" : "");
}
