using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Masks;

namespace Depth3D.Nodes.Preprocess.Masks;

/// <summary>
/// <c>dir:PATH</c>: masks made elsewhere, in the order of their names (ordinal). One per extracted frame, or one per frame of the source, of the
/// working size or of the source's size. A pixel moves where any channel is at least 128, which reads DAVIS palettes too.
/// </summary>
internal sealed class DirMasks(string folder) : IMaskMethod
{
    private const byte Moving = 128;

    private static readonly string[] Extensions = [".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff"];

    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context, FramesInfo frames)
    {
        var files = Files(frames);
        foreach (var file in files) CheckSize(file, frames);
        return [new PlannedTask("given masks")];
    }

    public Task ExecuteAsync(StageContext context, FramesInfo frames, CancellationToken cancellation)
    {
        var files = Files(frames);
        var shares = new double[frames.Count];
        var progress = new MonotonicProgress(context.Progress, "masks");
        for (var frame = 0; frame < frames.Count; frame++)
        {
            cancellation.ThrowIfCancellationRequested();
            CheckSize(files[frame], frames);
            var mask = Read(files[frame], frames.Width, frames.Height);
            shares[frame] = MaskRegions.Share(mask);
            ImageFile.WritePng(context.Output(Artifacts.Mask(frame)), mask);
            progress.Report((frame + 1) / (double)frames.Count);
        }

        StageJson.Write(context.Output(Artifacts.MasksIndex), new MasksInfo("dir", $"given masks; moving where a channel is at least {Moving}",
            new Dictionary<string, double> { ["movingValue"] = Moving }, shares, MaskWarnings.For(shares)));
        return Task.CompletedTask;
    }

    /// <summary>One file per extracted frame.</summary>
    private string[] Files(FramesInfo frames)
    {
        if (!Directory.Exists(folder)) throw new Depth3DException("the folder of masks is not there", folder, "correct --masks dir:PATH");
        string[] all;
        try
        {
            all = [.. Directory.EnumerateFiles(folder).Where(f => Extensions.Contains(Path.GetExtension(f).ToLowerInvariant()))
                .OrderBy(Path.GetFileName, StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Depth3DException($"the folder of masks cannot be read: {e.Message}", folder, "check its permissions", inner: e);
        }

        if (all.Length == frames.Count) return all;
        var sourceFrames = frames.SourceFrameIndices.Count == frames.Count ? frames.SourceFrameIndices : null;
        if (sourceFrames is not null && all.Length > frames.Count && all.Length > sourceFrames.Max()) return [.. sourceFrames.Select(i => all[i])];
        throw new Depth3DException($"{all.Length} masks for {frames.Count} frames; expected one per extracted frame, or one per frame of the source",
            folder, "give as many masks as frames, named in the frames' order");
    }

    private static void CheckSize(string file, FramesInfo frames)
    {
        var (width, height) = ImageFile.ReadSize(file);
        if ((width, height) == (frames.Width, frames.Height) || (width, height) == (frames.SourceWidth, frames.SourceHeight)) return;
        throw new Depth3DException($"the mask has {width}x{height} pixels; expected {frames.Width}x{frames.Height} (working size) or "
            + $"{frames.SourceWidth}x{frames.SourceHeight} (the source's)", file, "make the masks at one of these sizes");
    }

    private static Raster<byte> Read(string file, int width, int height)
    {
        var rgb = ImageFile.ReadRgb(file);
        var mask = new Raster<byte>(rgb.Width, rgb.Height);
        for (var i = 0; i < mask.Samples.Length; i++)
            mask.Samples[i] = Math.Max(rgb.Samples[3 * i], Math.Max(rgb.Samples[(3 * i) + 1], rgb.Samples[(3 * i) + 2])) >= Moving ? (byte)255 : (byte)0;
        if (mask.Width == width && mask.Height == height) return mask;
        var small = Resize.Area(mask, width, height);
        for (var i = 0; i < small.Samples.Length; i++) small.Samples[i] = small.Samples[i] >= Moving ? (byte)255 : (byte)0;
        return small;
    }
}
