using Depth3D.Imaging;
using Depth3D.Reconstruction.Evaluation;
using Depth3D.Reconstruction.Evaluation.Loops;
using Depth3D.Reconstruction.Loops.Model;
using Depth3D.Rendering.Loops;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Bench.LoopQuality;

/// <summary>A loop against the scene it was filmed from, in one view, at the phase that fits best: a loop may begin anywhere.</summary>
internal sealed class TruthScore
{
    private readonly Raster<byte>[] _shown;
    private readonly Raster<byte>[] _truth;
    private readonly bool[] _moves;

    public TruthScore(TruthLoop loop, MultiTileVideo video, LoopView view)
    {
        var renderer = new LoopRenderer(video);
        var (width, height) = (view.Intrinsics.Width, view.Intrinsics.Height);
        _shown = [.. Enumerable.Range(0, video.Frames).Select(t => renderer.Render(view, t).ToRgb())];
        var frames = Enumerable.Range(0, loop.PeriodFrames).Select(t => loop.Render(view.Index, t, width, height)).ToArray();
        _truth = [.. frames.Select(f => f.Rgb)];
        _moves = [.. Enumerable.Range(0, width * height).Select(i => frames.Any(f => f.MovingMask.Samples[i] != 0))];
        Phase = Enumerable.Range(0, _truth.Length).MinBy(SquaredError);
    }

    public int Phase { get; }

    public LoopSteps Seam => LoopSteps.Measure(_shown);

    public Raster<byte> Shown(int t) => _shown[t % _shown.Length];

    public Raster<byte> Truth(int t) => _truth[(t + Phase) % _truth.Length];

    /// <summary>Of all pixels, or of those that the moving thing never covers.</summary>
    public PictureQuality Quality(bool? moving)
    {
        var quality = new PictureQuality();
        var chosen = Array.ConvertAll(_moves, m => moving is null || m == moving);
        for (var t = 0; t < _shown.Length; t++) quality.Add(Shown(t), Truth(t), chosen);
        return quality;
    }

    /// <summary>Temporal deviation of the loop over the truth's, where the moving thing is seen.</summary>
    public double DeviationRatio => Deviation(_shown) / Deviation(_truth);

    private double Deviation(Raster<byte>[] frames)
    {
        double sum = 0;
        for (var i = 0; i < _moves.Length; i++)
        {
            if (!_moves[i]) continue;
            for (var c = 0; c < 3; c++)
            {
                var mean = frames.Average(f => (double)f.Samples[(3 * i) + c]);
                sum += Math.Sqrt(frames.Average(f => Math.Pow(f.Samples[(3 * i) + c] - mean, 2)));
            }
        }

        return sum;
    }

    private double SquaredError(int phase)
    {
        double sum = 0;
        for (var t = 0; t < _shown.Length; t++)
        {
            var (a, b) = (_shown[t].Samples, _truth[(t + phase) % _truth.Length].Samples);
            for (var i = 0; i < a.Length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
        }

        return sum;
    }
}
