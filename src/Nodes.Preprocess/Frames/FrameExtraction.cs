using System.Globalization;
using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Windows;

namespace Depth3D.Nodes.Preprocess.Frames;

/// <summary>One run of stage frames: reads the clip once, writes each frame it takes, looks at it, and sums up.</summary>
internal sealed class FrameExtraction(StageContext context, CancellationToken cancellation)
{
    private const int LeastFrames = 2;
    private readonly FramesOptions _options = context.Options.Frames;
    private readonly string _path = context.Options.SourcePath;
    private readonly List<double> _times = [];
    private readonly List<int> _indices = [];
    private readonly List<int> _cuts = [];

    /// <summary>A cut was found and ends the reading.</summary>
    private bool Stopped => _cuts.Count > 0 && _options.OnCut != "ignore";

    public void Run()
    {
        CheckOptions();
        using var source = ClipSource.Open(_path, _options.FolderFramesPerSecond);
        using var preflight = new Preflight();
        var size = WorkingSize.Choose(source.Width, source.Height, _options, context.Options.Train, _path);
        var reachedEnd = Extract(source, size, preflight);
        if (reachedEnd) source.CheckComplete();
        if (!Stopped && preflight.FinishCuts() is { } lastCut) _cuts.Add(lastCut);
        var cut = _cuts.Count > 0 ? Split(source) : null;
        if (_times.Count < LeastFrames) throw TooFew(source, cut);

        var rate = source.FramesPerSecond / _options.Stride;
        var times = FrameTimes.Of(_times, rate);
        var warnings = source.Warnings.Concat(new[] { times.Warning, cut }.OfType<string>());
        var report = preflight.Report(_times.Count, _cuts, warnings, _path);
        StageJson.Write(context.Output(Artifacts.Preflight), report);
        var info = new FramesInfo(source.Name, source.Width, source.Height, source.RotationDegrees,
            size.Width, size.Height, size.TrainWidth, size.TrainHeight, _times.Count, times.FramesPerSecond, times.Seconds, _indices);
        StageJson.Write(context.Output(Artifacts.FramesIndex), info);
        WriteWindows(info);
    }

    /// <summary>For a long clip: where its windows are, and the frames of each as if it were a clip.</summary>
    private void WriteWindows(FramesInfo clip)
    {
        if (ClipWindows.Of(clip.Count, _options) is not { } windows) return;
        StageJson.Write(context.Output(Artifacts.WindowsIndex), windows);
        foreach (var window in windows.Items)
        {
            StageJson.Write(context.Output(window.NameOf(Artifacts.FramesIndex)), clip with
            {
                Count = window.Count,
                TimestampsSeconds = [.. clip.TimestampsSeconds.Skip(window.First).Take(window.Count)],
                SourceFrameIndices = [.. clip.SourceFrameIndices.Skip(window.First).Take(window.Count)],
            });
        }
    }

    /// <returns>True when the source ended; false when enough frames were taken or a cut was found.</returns>
    private bool Extract(ClipSource source, WorkingSize size, Preflight preflight)
    {
        var progress = new MonotonicProgress(context.Progress, "reading frames");
        var last = _options.MaxFrames is { } most ? _options.FirstFrame + ((long)(most - 1) * _options.Stride) : long.MaxValue;
        var expected = Math.Min(last == long.MaxValue ? long.MaxValue : last + 1, source.CountEstimate > 0 ? source.CountEstimate : 500);
        for (var index = 0; index <= last && !Stopped; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            var wanted = index >= _options.FirstFrame && (index - _options.FirstFrame) % _options.Stride == 0;
            if (!source.TryNext(wanted, out var rgb, out var seconds)) return true;
            if (rgb is null) continue;
            var frame = Scale(rgb, size);
            ImageFile.WritePng(context.Output(Artifacts.Frame(_times.Count)), frame);
            _times.Add(seconds);
            _indices.Add(index);
            if (preflight.Add(frame) is { } cut) _cuts.Add(cut);
            progress.Report(Math.Min(0.99, (index + 1.0) / expected));
        }

        return false;
    }

    private static Raster<byte> Scale(Raster<byte> rgb, WorkingSize size)
    {
        if (rgb.Width == size.Width && rgb.Height == size.Height) return rgb;
        return size.IsFactor ? Resize.Linear(rgb, size.Width, size.Height) : Resize.Area(rgb, size.Width, size.Height);
    }

    /// <summary>Refuses the cut, or says what became of it: frames after it dropped, or all kept.</summary>
    private string Split(ClipSource source)
    {
        var first = _cuts[0];
        var place = string.Create(CultureInfo.InvariantCulture, $"source frame {_indices[first]} ({_times[first]:0.00} s)");
        if (_options.OnCut == "refuse")
        {
            throw new Depth3DException($"a hard cut at {place}: a clip must be one continuous shot", _path,
                $"take the shot before it: --on-cut first; the one after it: --first-frame {_indices[first]}; a part: --first-frame N --max-frames M; "
                + "or, if it is none, all of it: --on-cut ignore");
        }

        if (_options.OnCut == "ignore") return $"{_cuts.Count} hard cuts, the first at {place}; kept because --on-cut ignore was given.";
        for (var i = first; i < _times.Count; i++) File.Delete(context.Output(Artifacts.Frame(i)));
        _times.RemoveRange(first, _times.Count - first);
        _indices.RemoveRange(first, _indices.Count - first);
        return $"A hard cut at {place} of {source.Name}; only the {first} frames before it are used.";
    }

    private Depth3DException TooFew(ClipSource source, string? cut)
    {
        var what = _times.Count == 0
            ? $"no frame is left: the clip ends before frame {_options.FirstFrame}"
            : $"only {_times.Count} frame, at least {LeastFrames} are needed for flow, and 8 or more for camera solving and training";
        if (cut is not null) return new Depth3DException($"{what}. {cut}", _path, $"start after the cut: --first-frame N");
        var remedy = _options.FirstFrame > 0 || _options.Stride > 1 || _options.MaxFrames is not null
            ? "check --first-frame, --max-frames and --stride"
            : source.CountEstimate > 1 && source is FolderSource ? "give more pictures" : "give a clip, not a still picture";
        return new Depth3DException(what, _path, remedy);
    }

    private void CheckOptions()
    {
        Require(_options.FirstFrame >= 0, "--first-frame", _options.FirstFrame, "0 or more");
        Require(_options.Stride >= 1, "--stride", _options.Stride, "1 or more");
        Require(_options.MaxFrames is null or >= 1, "--max-frames", _options.MaxFrames ?? 0, "1 or more");
        Require(_options.LongSidePixels >= WorkingSize.MinSide, "--size", _options.LongSidePixels, $"{WorkingSize.MinSide} or more");
        Require(_options.ResizeFactor is null or (> 0 and <= 1), "--resize", _options.ResizeFactor ?? 0, "above 0, at most 1");
        ClipWindows.Of(1, _options);
        Require(_options.FolderFramesPerSecond is > 0 and <= 1000, "--fps", _options.FolderFramesPerSecond, "above 0, at most 1000");
        if (_options.OnCut is not ("refuse" or "first" or "ignore"))
            throw new Depth3DException($"'{_options.OnCut}' is not known", "--on-cut", "use refuse, first or ignore", FailureKind.Usage);
    }

    private static void Require(bool holds, string option, double value, string expected)
    {
        if (!holds) throw new Depth3DException(FormattableString.Invariant($"expected {expected}, got {value}"), option, kind: FailureKind.Usage);
    }
}
