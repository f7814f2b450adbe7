using Depth3D.Imaging;
using Depth3D.Messages;

namespace Depth3D.Nodes.Preprocess.Frames;

/// <summary>Frames of a clip in order, from a video file or a folder of images; read once, front to back.</summary>
internal abstract class ClipSource : IDisposable
{
    /// <summary>Largest frame taken: 8K has 33 million pixels. A decoder holds several at once.</summary>
    public const long MaxFramePixels = 64_000_000;

    public abstract string Name { get; }

    /// <summary>Of the upright picture, pixels.</summary>
    public abstract int Width { get; }

    public abstract int Height { get; }

    /// <summary>Clockwise turn already applied.</summary>
    public virtual int RotationDegrees => 0;

    /// <summary>0 when not known.</summary>
    public abstract double FramesPerSecond { get; }

    /// <summary>0 when not known; a guess for progress only.</summary>
    public abstract long CountEstimate { get; }

    /// <summary>What a person should know about the source, one sentence each.</summary>
    public virtual IEnumerable<string> Warnings => [];

    /// <summary>Takes (<paramref name="wanted"/>) or passes over the next frame; false at the end.</summary>
    /// <param name="rgb">Null when not wanted.</param>
    public abstract bool TryNext(bool wanted, out Raster<byte>? rgb, out double timestampSeconds);

    /// <summary>Called when the end was reached: says that the clip ends before it should.</summary>
    /// <exception cref="Depth3DException">Frames are missing at the end.</exception>
    public virtual void CheckComplete()
    {
    }

    public virtual void Dispose()
    {
    }

    /// <exception cref="Depth3DException">Nothing there, or neither a video nor a folder of images.</exception>
    public static ClipSource Open(string path, double folderFramesPerSecond)
    {
        ClipSource source = Directory.Exists(path) ? FolderSource.Of(path, folderFramesPerSecond) : new VideoSource(path);
        if ((long)source.Width * source.Height <= MaxFramePixels) return source;
        source.Dispose();
        throw new Depth3DException(
            $"frames of {source.Width}x{source.Height}, at most {MaxFramePixels / 1_000_000} million pixels per frame are taken", path,
            "scale it down first: ffmpeg -i INPUT -vf scale=3840:-2 OUTPUT.mp4");
    }
}
