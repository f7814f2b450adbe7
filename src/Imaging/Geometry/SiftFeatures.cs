namespace Depth3D.Imaging;

/// <summary>SIFT key points with their descriptors.</summary>
/// <param name="Points">Pixels, centres at integers.</param>
/// <param name="Sizes">Diameter of the region, pixels.</param>
/// <param name="AnglesDegrees">Orientation, clockwise from +x.</param>
/// <param name="Descriptors">[Points.Length, 128], row-major.</param>
public sealed record SiftFeatures(Point2[] Points, float[] Sizes, float[] AnglesDegrees, float[] Descriptors)
{
    public const int DescriptorLength = 128;

    public ReadOnlySpan<float> Descriptor(int index) => Descriptors.AsSpan(index * DescriptorLength, DescriptorLength);
}
