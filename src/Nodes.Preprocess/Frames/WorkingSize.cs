using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Nodes.Preprocess.Frames;

/// <summary>The sizes a clip is worked on at. Frames are never enlarged.</summary>
/// <param name="IsFactor">The size follows from a resize factor: bilinear without anti-aliasing (spec 1.1) instead of area means.</param>
internal sealed record WorkingSize(int Width, int Height, int TrainWidth, int TrainHeight, bool IsFactor)
{
    /// <summary>Below this there is nothing left to match.</summary>
    public const int MinSide = 64;

    private const int TrainMultiple = 16;

    /// <exception cref="Depth3DException">A side would be below <see cref="MinSide"/>.</exception>
    public static WorkingSize Choose(int sourceWidth, int sourceHeight, FramesOptions frames, TrainOptions train, string where)
    {
        var longSide = Math.Max(sourceWidth, sourceHeight);
        var factor = Math.Min(1, frames.ResizeFactor ?? (frames.LongSidePixels / (double)longSide));
        var (width, height) = factor == 1
            ? (sourceWidth, sourceHeight)
            : frames.ResizeFactor is null
                ? (Even(sourceWidth * factor), Even(sourceHeight * factor))
                : ((int)Math.Round(sourceWidth * factor), (int)Math.Round(sourceHeight * factor));
        if (Math.Min(width, height) < MinSide)
        {
            throw new Depth3DException(
                $"frames of {sourceWidth}x{sourceHeight} become {width}x{height}, at least {MinSide} pixels per side are needed", where,
                Math.Min(sourceWidth, sourceHeight) < MinSide ? "give a larger clip" : "raise --size or --resize");
        }

        // The training grid is not finer than the pictures, whose long side is at least MinSide.
        var trainLong = Math.Max(TrainMultiple, Math.Min(train.LongSidePixels, Math.Max(width, height)) / TrainMultiple * TrainMultiple);
        var scale = trainLong / (double)Math.Max(width, height);
        return new WorkingSize(width, height, Multiple(width * scale), Multiple(height * scale), frames.ResizeFactor is not null);
    }

    private static int Even(double size) => 2 * (int)Math.Round(size / 2);

    private static int Multiple(double size) => TrainMultiple * Math.Max(1, (int)Math.Round(size / TrainMultiple));
}
