using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Nodes.Preprocess.Frames;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;
using Depth3D.Reconstruction.Loops.Single;
using Depth3D.Reconstruction.Loops.Views;

namespace Depth3D.Nodes.Preprocess.Loops;

/// <summary>Takes one clip: its frames at working size, steadied, their long exposure and what of them can loop.</summary>
internal sealed class LoopViewTake(StageContext context, string path, int view, CancellationToken cancellation)
{
    /// <summary>Frames below which nothing can be said about repetition.</summary>
    private const int LeastFrames = 16;

    /// <summary>Frames are held in memory while a clip is taken.</summary>
    private const long MostBytes = 1_500_000_000;

    /// <summary>Luma below which a clip is black (spec 1.1), and deviation below which it is one flat colour (of 255).</summary>
    private const double BlackMean = 10, FlatDeviation = 1.5;

    /// <summary>A shift beyond this share of the picture's width leaves too little of it.</summary>
    private const double MostShift = 0.08;

    /// <summary>A shift of this share of the width that cannot be taken out does little harm; in small pictures it is also what tracks of moving things leave.</summary>
    private const double SmallShift = 0.006, SmallPixels = 2;

    private readonly LoopOptions _loop = context.Options.Loop!;
    private readonly FramesOptions _frames = context.Options.Frames;
    private readonly List<string> _warnings = [];

    public void Run()
    {
        var progress = new MonotonicProgress(context.Progress, $"reading {Path.GetFileName(path)}");
        var clip = Read(progress);
        CheckLooks(clip.Frames[clip.Frames.Count / 2]);
        progress.Report(0.5);
        var (frames, shift) = Steadied(clip.Frames);
        progress.Report(0.8);
        var mask = LoopableMask.Of(frames);
        ImageFile.WritePng(context.Output(LoopArtifacts.ViewExposure(view)), LongExposure.Of(frames));
        ImageFile.WritePng(context.Output(LoopArtifacts.ViewLoopable(view)), mask);
        Parallel.For(0, frames.Count, i => ImageFile.WritePng(context.Output(LoopArtifacts.ViewFrame(view, i)), frames[i]));
        StageJson.Write(context.Output(LoopArtifacts.View(view)), Info(clip, frames, mask, shift));
    }

    private LoopViewInfo Info(Taken clip, IReadOnlyList<Raster<byte>> frames, Raster<byte> mask, double shift)
    {
        var (loopable, unloopable, unchanging) = LoopableMask.Shares(mask);
        return new LoopViewInfo
        {
            Index = view,
            Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(path)),
            Frames = frames.Count,
            Width = frames[0].Width,
            Height = frames[0].Height,
            SourceWidth = clip.SourceWidth,
            SourceHeight = clip.SourceHeight,
            FramesPerSecond = clip.FramesPerSecond,
            SteadiedPixels = shift,
            LoopableShare = loopable,
            UnloopableShare = unloopable,
            UnchangingShare = unchanging,
            Warnings = _warnings,
        };
    }

    private Taken Read(MonotonicProgress progress)
    {
        using var source = ClipSource.Open(path, _frames.FolderFramesPerSecond);
        var size = WorkingSize.Choose(source.Width, source.Height, _frames, context.Options.Train, path);
        var (frames, times) = (new List<Raster<byte>>(), new List<double>());
        var ended = false;
        for (var index = 0; !ended && frames.Count < (_frames.MaxFrames ?? int.MaxValue); index++)
        {
            cancellation.ThrowIfCancellationRequested();
            var wanted = index >= _frames.FirstFrame && (index - _frames.FirstFrame) % _frames.Stride == 0;
            if (!source.TryNext(wanted, out var rgb, out var seconds))
            {
                ended = true;
                continue;
            }

            if (rgb is null) continue;
            CheckMemory(frames.Count + 1L, size);
            frames.Add(rgb.Width == size.Width && rgb.Height == size.Height ? rgb : Resize.Area(rgb, size.Width, size.Height));
            times.Add(seconds);
            if (source.CountEstimate > 0) progress.Report(0.5 * Math.Min(1, index / (double)source.CountEstimate));
        }

        if (ended) source.CheckComplete();
        CheckLength(frames.Count);
        var rate = FrameTimes.Of(times, source.FramesPerSecond / _frames.Stride);
        _warnings.AddRange(source.Warnings);
        if (rate.Warning is { } warning) _warnings.Add(warning);
        return new Taken(frames, source.Width, source.Height, rate.FramesPerSecond);
    }

    private void CheckMemory(long count, WorkingSize size)
    {
        if (count * size.Width * size.Height * 3 <= MostBytes) return;
        throw new Depth3DException($"more than {count - 1} frames of {size.Width}x{size.Height}, which is too much for one loop", path,
            $"take fewer frames: --max-frames {(count - 1) / 2}; or a smaller size: --size {size.Width / 2}");
    }

    private void CheckLength(int count)
    {
        if (count < LeastFrames)
            throw new Depth3DException($"{count} frames; a loop needs at least {LeastFrames}, and better three seconds and more", path, "give a longer clip");
        if (_loop.Frames is { } wanted && count < 2 * wanted)
        {
            throw new Depth3DException($"{count} frames are shorter than twice the loop of {wanted} frames that was asked for", path,
                $"give a longer clip, or ask for at most {count / 2} frames");
        }
    }

    private void CheckLooks(Raster<byte> rgb)
    {
        var grey = Colour.ToGray(rgb);
        var mean = grey.Samples.Average(v => (double)v);
        var deviation = Math.Sqrt(grey.Samples.Average(v => (v - mean) * (v - mean)));
        if (mean >= BlackMean && deviation >= FlatDeviation) return;
        throw new Depth3DException(mean < BlackMean ? FormattableString.Invariant($"the clip is black (mean {mean:0.#} of 255)") : "the clip shows one flat colour", path,
            _loop.Input == LoopInputs.Views ? "film the view again, or take the clip out of the folder" : "give a clip that shows something");
    }

    /// <summary>The frames as a camera that stands would have seen them, and how far that moved them at most.</summary>
    private (IReadOnlyList<Raster<byte>> Frames, double Shift) Steadied(IReadOnlyList<Raster<byte>> frames)
    {
        var found = ViewSteadiness.Measure(frames, cancellation);
        if (found.Stands) return (frames, 0);
        var width = frames[0].Width;
        if (!_loop.Stabilise)
        {
            _warnings.Add(FormattableString.Invariant($"Taken as it is, as asked for; the calmest part of the picture moves by {found.LargestShiftPixels:0.0} pixels."));
            return (frames, 0);
        }

        if (!found.IsExplained && found.LargestShiftPixels <= Math.Max(SmallShift * width, SmallPixels))
        {
            _warnings.Add(FormattableString.Invariant($"Something moves by {found.LargestShiftPixels:0.0} pixels where the picture is calmest, and not as a trembling camera would; nothing was taken out."));
            return (frames, 0);
        }

        if (!found.IsExplained || found.LargestShiftPixels > MostShift * width) throw Moves(found, width);
        var (steady, valid) = (new Raster<byte>[frames.Count], new Raster<byte>[frames.Count]);
        for (var i = 0; i < steady.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            (steady[i], valid[i]) = found.Steady(frames[i], i);
            if (valid[i].Samples.Contains((byte)0)) ImageFile.WritePng(context.Output(LoopArtifacts.ViewValid(view, i)), valid[i]);
        }

        var plate = FrameMedian.Of(steady, valid);
        Parallel.For(0, steady.Length, i => steady[i] = BorderFill.Of(steady[i], valid[i], plate));

        _warnings.Add(FormattableString.Invariant($"The camera does not quite stand: shifts of up to {found.LargestShiftPixels:0.0} pixels were taken out."));
        return (steady, found.LargestShiftPixels);
    }

    private Depth3DException Moves(ViewSteadiness found, int width)
    {
        var shift = double.IsFinite(found.LargestShiftPixels)
            ? FormattableString.Invariant($"by {found.LargestShiftPixels:0.0} pixels, {100 * found.LargestShiftPixels / width:0.#} % of the picture")
            : "so far that nothing in the middle frame is seen all the time";
        var why = found.IsExplained ? FormattableString.Invariant($"and at most {100 * MostShift:0} % can be taken out")
            : FormattableString.Invariant($"and only {found.FollowingShare:p0} of the picture moves as it would if the camera merely trembled ({ViewSteadiness.LeastFollowingShare:p0} needed)");
        return new Depth3DException($"the camera moves {shift}, {why}", path,
            "film from a tripod, or give --no-stabilise if it stood; a clip of a moving camera becomes a loop after recipe depth: depth3d run CLIP, then depth3d loop with that run");
    }

    private sealed record Taken(IReadOnlyList<Raster<byte>> Frames, int SourceWidth, int SourceHeight, double FramesPerSecond);
}
