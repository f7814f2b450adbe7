namespace Depth3D.Inference.Images;

/// <summary>An object found in an image.</summary>
/// <param name="ClassId">Index into the model's class list.</param>
/// <param name="Score">Confidence, 0..1.</param>
/// <param name="X">Left edge as a share of the width, 0..1.</param>
/// <param name="Y">Top edge as a share of the height, 0..1.</param>
/// <param name="Width">As a share of the image's width.</param>
/// <param name="Height">As a share of the image's height.</param>
public readonly record struct DetectedBox(int ClassId, float Score, float X, float Y, float Width, float Height)
{
    /// <summary>Area of the intersection over that of the union.</summary>
    public float Overlap(DetectedBox other)
    {
        var w = Math.Min(X + Width, other.X + other.Width) - Math.Max(X, other.X);
        var h = Math.Min(Y + Height, other.Y + other.Height) - Math.Max(Y, other.Y);
        if (w <= 0 || h <= 0) return 0;
        var both = w * h;
        return both / ((Width * Height) + (other.Width * other.Height) - both);
    }
}
