namespace Depth3D.Inference.Registry;

/// <summary>
/// How an image becomes a model's input: value = (byte * <see cref="Scale"/> - Mean[c]) / Std[c], channels in the order of
/// <see cref="Channels"/>. The size is fixed (<see cref="Width"/> and <see cref="Height"/>), or follows the image
/// (<see cref="ShortSide"/>, both sides multiples of <see cref="MultipleOf"/>).
/// </summary>
public sealed record ModelInput
{
    public required string Name { get; init; }

    public int? Width { get; init; }

    public int? Height { get; init; }

    /// <summary>Both sides are rounded to a multiple of this.</summary>
    public int? MultipleOf { get; init; }

    /// <summary>Short side in pixels the model was made for.</summary>
    public int? ShortSide { get; init; }

    public PixelLayout Layout { get; init; } = PixelLayout.Nchw;

    public ChannelOrder Channels { get; init; } = ChannelOrder.Rgb;

    /// <summary>1/255 for models that expect 0..1, 1 for those that expect 0..255.</summary>
    public double Scale { get; init; } = 1.0 / 255;

    /// <summary>Per channel in the model's order, after scaling; empty means 0.</summary>
    public IReadOnlyList<double> Mean { get; init; } = [];

    /// <summary>Per channel in the model's order, after scaling; empty means 1.</summary>
    public IReadOnlyList<double> Std { get; init; } = [];

    /// <summary>Size in pixels at which an image of the given size enters the model; keeps the aspect where the model allows.</summary>
    public (int Width, int Height) SizeFor(int imageWidth, int imageHeight)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(imageWidth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(imageHeight, 1);
        if (Width is { } w && Height is { } h) return (w, h);
        var multiple = MultipleOf ?? 1;
        var factor = ShortSide is { } side ? (double)side / Math.Min(imageWidth, imageHeight) : 1;
        int Round(int extent) => Math.Max(1, (int)Math.Round(extent * factor / multiple)) * multiple;
        return (Round(imageWidth), Round(imageHeight));
    }
}
