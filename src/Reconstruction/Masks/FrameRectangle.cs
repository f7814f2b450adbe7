using Depth3D.Imaging;
using Depth3D.Messages;

namespace Depth3D.Reconstruction.Masks;

/// <summary>A rectangle in shares of the frame, from its top left corner, that chooses regions of a mask.</summary>
public readonly record struct FrameRectangle
{
    private readonly double _x, _y, _width, _height;

    private FrameRectangle(double x, double y, double width, double height) => (_x, _y, _width, _height) = (x, y, width, height);

    /// <param name="shares">x, y, width, height as shares of the frame, 0 to 1; width and height above 0.</param>
    /// <exception cref="Depth3DException">Not four such numbers.</exception>
    public static FrameRectangle Of(IReadOnlyList<double> shares) =>
        shares is [>= 0 and <= 1 and var x, >= 0 and <= 1 and var y, > 0 and <= 1 and var width, > 0 and <= 1 and var height]
            ? new FrameRectangle(x, y, width, height)
            : throw new Depth3DException($"mask region [{string.Join(", ", shares)}]; expected x, y, width and height as shares of the frame",
                remedy: "for example --mask-region 0.5 0 0.5 1 for the right half", kind: FailureKind.Usage);

    /// <summary>Whether a pixel of the region lies in the rectangle; pixels that it cuts count.</summary>
    /// <param name="labels">The label of every pixel's region.</param>
    public bool Touches(Component region, Raster<int> labels)
    {
        var left = Math.Max(region.X, (int)Math.Floor(_x * labels.Width));
        var top = Math.Max(region.Y, (int)Math.Floor(_y * labels.Height));
        var right = Math.Min(region.X + region.Width, (int)Math.Ceiling((_x + _width) * labels.Width));
        var bottom = Math.Min(region.Y + region.Height, (int)Math.Ceiling((_y + _height) * labels.Height));
        for (var v = top; v < bottom; v++)
        {
            for (var u = left; u < right; u++)
            {
                if (labels[u, v] == region.Label) return true;
            }
        }

        return false;
    }
}
