using System.Numerics;

namespace Depth3D.Rendering.Meshes;

/// <summary>A corner in camera coordinates with what is interpolated over the triangle.</summary>
internal readonly record struct Corner(Vector3 Point, Vector3 Normal, Vector2 TexCoord, Vector4 Colour)
{
    public static Corner Between(in Corner a, in Corner b, float share) => new(Vector3.Lerp(a.Point, b.Point, share),
        Vector3.Lerp(a.Normal, b.Normal, share), Vector2.Lerp(a.TexCoord, b.TexCoord, share), Vector4.Lerp(a.Colour, b.Colour, share));

    /// <summary>The polygon of a triangle in front of the near plane (Sutherland and Hodgman); three or four corners, or none.</summary>
    public static int Clip(ReadOnlySpan<Corner> triangle, float near, Span<Corner> into)
    {
        var count = 0;
        for (var i = 0; i < 3; i++)
        {
            ref readonly var a = ref triangle[i];
            ref readonly var b = ref triangle[(i + 1) % 3];
            if (a.Point.Z >= near) into[count++] = a;
            if (a.Point.Z >= near != b.Point.Z >= near) into[count++] = Between(a, b, (near - a.Point.Z) / (b.Point.Z - a.Point.Z));
        }

        return count;
    }
}
