using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Rendering.Views;

/// <summary>The pixels of a frame as the view's sample grid sees them.</summary>
internal sealed class SurfaceVertices(int width, int height)
{
    public int Width { get; } = width;

    public int Height { get; } = height;

    /// <summary>Column and row in the sample grid.</summary>
    public float[] U { get; } = new float[width * height];

    public float[] V { get; } = new float[width * height];

    /// <summary>1/z in the view; 0 for pixels that are not drawn.</summary>
    public float[] Inverse { get; } = new float[width * height];

    /// <summary>Way in the sample grid of half a pixel to the right and down at the same depth: u, v of right, u, v of down.</summary>
    public (float Ru, float Rv, float Du, float Dv)[] HalfPixel { get; } = new (float, float, float, float)[width * height];

    public void Set(int i, Intrinsics grid, Vec3 point, Vec3 right, Vec3 down)
    {
        double inverse = 1 / point.Z, u = grid.Fx * point.X * inverse, v = grid.Fy * point.Y * inverse;
        (U[i], V[i], Inverse[i]) = ((float)(u + grid.Cx), (float)(v + grid.Cy), (float)inverse);
        var (ru, rv) = Way(right);
        var (du, dv) = Way(down);
        HalfPixel[i] = (ru, rv, du, dv);
        (float, float) Way(Vec3 way) =>
            ((float)(((grid.Fx * way.X) - (u * way.Z)) * inverse), (float)(((grid.Fy * way.Y) - (v * way.Z)) * inverse));
    }
}
