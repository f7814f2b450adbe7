namespace Depth3D.Imaging;

/// <summary>A point cloud.</summary>
/// <param name="Xyz">Three floats per point.</param>
/// <param name="Rgb">Three bytes per point; empty when the file has no colours.</param>
public sealed record PlyCloud(float[] Xyz, byte[] Rgb, IReadOnlyList<string> Comments)
{
    public int Count => Xyz.Length / 3;
}
