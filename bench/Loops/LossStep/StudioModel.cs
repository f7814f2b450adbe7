namespace Depth3D.Bench.LossStep;

/// <summary>
/// Memory of stage 2 on a device from the sizes alone, term by term as <c>TensorStep</c>, <c>TensorUpdate</c> and <c>FrameDistances</c> allocate them;
/// docs/loops.md says what the terms are.
/// </summary>
internal sealed record StudioModel(int Width, int Height, int LoopFrames, int ClipFrames, long DynamicTexels, long StaticTexels, double HitsPerPixel, int MostLayers)
{
    private const double Float = 4, Gibi = 1L << 30;

    private const int FramesAtOnce = 10, Block = 129, UpdateRows = 1 << 14;

    private double Pixels => (double)Width * Height;

    private double Hits => Pixels * HitsPerPixel;

    /// <summary>Logits and two moments, the gradient of a step, and seven intermediate results for a block of rows.</summary>
    public double Texels => ((4 * DynamicTexels) + (7 * Math.Min(DynamicTexels, UpdateRows))) * LoopFrames * 4 * Float / Gibi;

    /// <summary>What all texels draw in some frames, and gradients by that.</summary>
    public double Drawn => 4 * (DynamicTexels + StaticTexels) * FramesAtOnce * 4 * Float / Gibi;

    /// <summary>Samples, their gradients, two intermediate results; per layer what passes it; a dozen pictures.</summary>
    public double Layers => ((4 * Hits * FramesAtOnce * 4) + (MostLayers * Pixels * FramesAtOnce) + (12 * Pixels * FramesAtOnce * 4)) * Float / Gibi;

    /// <summary>Footage as bytes and twice as numbers; the loop's pictures and its target, four of them.</summary>
    public double Pictures => ((ClipFrames * Pixels * (4 + (2 * 3 * Float))) + (4 * LoopFrames * Pixels * 3 * Float)) / Gibi;

    /// <summary>A block's distances of frame pairs, their sums, scores and bars.</summary>
    public double Search(int size, int stride)
    {
        double places = ((Math.Min(Block, Width) - size) / stride) + 1, rows = ((Math.Min(Block, Height) - size) / stride) + 1;
        return 4 * LoopFrames * ClipFrames * places * rows * Float / Gibi;
    }

    public double Total => Texels + Drawn + Layers + Pictures + Math.Max(Search(3, 2), Search(11, 4));
}
