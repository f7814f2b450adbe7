using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Reconstruction.Masks;

namespace Depth3D.Nodes.Preprocess.Masks;

/// <summary>Option <c>Region</c>: keeps only the regions of a mask that touch a rectangle.</summary>
internal static class MaskRegion
{
    /// <param name="shares">x, y, width, height as shares of the frame.</param>
    /// <exception cref="Depth3DException">Not four numbers of a rectangle.</exception>
    public static void Apply(Raster<byte> mask, IReadOnlyList<double> shares)
    {
        if (shares is not [var x, var y, > 0 and var w, > 0 and var h])
        {
            throw new Depth3DException($"mask region [{string.Join(", ", shares)}]; expected x, y, width and height as shares of the frame",
                remedy: "for example 0.5,0,0.5,1 for the right half", kind: FailureKind.Usage);
        }

        var left = Math.Max(0, (int)(x * mask.Width));
        var top = Math.Max(0, (int)(y * mask.Height));
        var right = Math.Min(mask.Width, (int)Math.Ceiling((x + w) * mask.Width));
        var bottom = Math.Min(mask.Height, (int)Math.Ceiling((y + h) * mask.Height));
        MaskRegions.Keep(mask, (region, labels) =>
        {
            for (var v = top; v < bottom; v++)
                for (var u = left; u < right; u++)
                    if (labels[u, v] == region.Label) return true;
            return false;
        });
    }
}
