using System.Numerics;
using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;

namespace Depth3D.Rendering.Meshes;

/// <summary>
/// Draws a mesh with a z-buffer, several samples per pixel, textures in perspective, both sides of every triangle. The nearest surface wins; of equal
/// ones the first. The same bytes for any number of threads: rows are shared out, every row sees all triangles in order.
/// </summary>
public static class MeshRasteriser
{
    /// <summary>Samples per pixel and axis.</summary>
    private const int Samples = 3;

    /// <summary>Less covers nothing: what lies behind shows.</summary>
    private const float LeastCoverage = 1f / 255;

    public static RenderedMesh Render(Mesh mesh, Intrinsics intrinsics, MeshView view)
    {
        ArgumentNullException.ThrowIfNull(mesh);
        ArgumentNullException.ThrowIfNull(view);
        var fine = intrinsics.ScaledTo(intrinsics.Width * Samples, intrinsics.Height * Samples);
        var triangles = Project(mesh, fine, view);
        var result = new RenderedMesh(new Vector4[intrinsics.Width * intrinsics.Height], new Raster<float>(intrinsics.Width, intrinsics.Height));
        var byRow = ByRow(triangles, intrinsics.Height);
        Parallel.For(0, intrinsics.Height, y =>
        {
            if (byRow[y] is { } touching) DrawRow(touching, view, fine.Width, y, result);
        });
        return result;
    }

    private static List<ScreenTriangle> Project(Mesh mesh, Intrinsics fine, MeshView view)
    {
        var triangles = new List<ScreenTriangle>();
        Span<Corner> corners = stackalloc Corner[3];
        Span<Corner> clipped = stackalloc Corner[4];
        foreach (var part in mesh.Parts)
        {
            for (var t = part.FirstTriangle; t < part.FirstTriangle + part.TriangleCount; t++)
            {
                MeshCorners.Read(mesh, t, view, corners);
                var count = Corner.Clip(corners, (float)view.Near, clipped);
                for (var i = 2; i < count; i++)
                    if (ScreenTriangle.Make(clipped[0], clipped[i - 1], clipped[i], fine, part.Material) is { } triangle) triangles.Add(triangle);
            }
        }

        return triangles;
    }

    private static List<ScreenTriangle>?[] ByRow(List<ScreenTriangle> triangles, int height)
    {
        var rows = new List<ScreenTriangle>?[height];
        foreach (var triangle in triangles)
        {
            if (triangle.Right < 0) continue;
            for (var y = Math.Max(0, triangle.Top) / Samples; y <= Math.Min(height - 1, triangle.Bottom / Samples); y++)
                (rows[y] ??= []).Add(triangle);
        }

        return rows;
    }

    private static void DrawRow(List<ScreenTriangle> triangles, MeshView view, int fineWidth, int y, RenderedMesh result)
    {
        var depths = new float[Samples * fineWidth];
        var light = new Vector4[Samples * fineWidth];
        foreach (var triangle in triangles)
        {
            for (var s = 0; s < Samples; s++)
            {
                var row = (y * Samples) + s;
                if (row < triangle.Top || row > triangle.Bottom) continue;
                for (var x = Math.Max(0, triangle.Left); x <= Math.Min(fineWidth - 1, triangle.Right); x++)
                {
                    if (!triangle.Covers(x, row, out var weights, out var depth)) continue;
                    ref var nearest = ref depths[(s * fineWidth) + x];
                    if (nearest > 0 && depth >= nearest) continue;
                    var colour = Shade(triangle, weights, view, x, row);
                    if (colour.W < LeastCoverage) continue;
                    nearest = depth;
                    light[(s * fineWidth) + x] = colour;
                }
            }
        }

        Resolve(depths, light, fineWidth, y, result);
    }

    private static Vector4 Shade(ScreenTriangle triangle, Vector3 weights, MeshView view, int x, int y)
    {
        var at = triangle.At(weights);
        var colour = at.Colour * triangle.Material.Colour;
        var surface = new Vector4(colour.X * colour.W, colour.Y * colour.W, colour.Z * colour.W, colour.W);
        if (triangle.Material.Texture is { } texture)
        {
            var size = new Vector2(texture.Width, texture.Height);
            var (right, below) = triangle.Steps(x, y, at.TexCoord);
            surface *= texture.Sample(at.TexCoord.X, at.TexCoord.Y, MathF.Max((right * size).Length(), (below * size).Length()));
        }

        if (view.Shading <= 0) return surface;
        var normal = Vector3.Normalize(at.Normal);
        if (Vector3.Dot(normal, at.Point) > 0) normal = -normal;
        // Half-Lambert: what turns away from the light still shows its shape.
        var facing = 0.5f + (0.5f * Vector3.Dot(normal, view.ToLight));
        var lit = 1 - view.Shading + (view.Shading * 1.25f * facing * facing);
        return new Vector4(surface.X * lit, surface.Y * lit, surface.Z * lit, surface.W);
    }

    private static void Resolve(float[] depths, Vector4[] light, int fineWidth, int y, RenderedMesh result)
    {
        var width = result.Depth.Width;
        for (var x = 0; x < width; x++)
        {
            var sum = Vector4.Zero;
            var (depth, count) = (0f, 0);
            for (var s = 0; s < Samples * Samples; s++)
            {
                var i = (s / Samples * fineWidth) + (x * Samples) + (s % Samples);
                if (depths[i] <= 0) continue;
                sum += light[i];
                depth += depths[i];
                count++;
            }

            if (count == 0) continue;
            result.Light[(y * width) + x] = sum / (Samples * Samples);
            result.Depth[x, y] = depth / count;
        }
    }
}
