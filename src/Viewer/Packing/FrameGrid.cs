using Depth3D.Reconstruction.Cameras;

namespace Depth3D.Viewer.Packing;

/// <summary>Which pixels of a frame the viewer gets: every <see cref="Stride"/>-th of a row and of a column.</summary>
/// <param name="Width">Pixels of a row of the grid.</param>
/// <param name="Height">Rows of the grid.</param>
/// <param name="Stride">In pixels of the working size.</param>
internal readonly record struct FrameGrid(int Width, int Height, int Stride)
{
    /// <summary>The finest grid of at most <paramref name="mostPoints"/> pixels.</summary>
    public static FrameGrid Fitting(int width, int height, int mostPoints)
    {
        var stride = 1;
        while ((long)Math.Max(1, width / stride) * Math.Max(1, height / stride) > mostPoints) stride++;
        return new(Math.Max(1, width / stride), Math.Max(1, height / stride), stride);
    }

    /// <summary>Column or row at working size of the grid's first column or row: the middle of what it stands for.</summary>
    public int Offset => (Stride - 1) / 2;

    /// <summary>The camera whose pixels are the grid's.</summary>
    public Intrinsics Of(Intrinsics k) => new(k.Fx / Stride, k.Fy / Stride, (k.Cx - Offset) / Stride, (k.Cy - Offset) / Stride, Width, Height);
}
