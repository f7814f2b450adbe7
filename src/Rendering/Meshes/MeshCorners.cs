using System.Numerics;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Rendering.Meshes;

/// <summary>Corners of a mesh's triangles in camera coordinates.</summary>
internal static class MeshCorners
{
    public static void Read(Mesh mesh, int triangle, MeshView view, Span<Corner> corners)
    {
        for (var k = 0; k < 3; k++)
        {
            var v = mesh.Triangles[(3 * triangle) + k];
            var point = view.CamFromModel.Apply(Vector(mesh.Positions, v) * view.Scale);
            var normal = mesh.Normals.Length > 0 ? Single(view.CamFromModel.Rotation * Vector(mesh.Normals, v)) : default;
            var coords = mesh.TexCoords.Length > 0 ? new Vector2(mesh.TexCoords[2 * v], mesh.TexCoords[(2 * v) + 1]) : default;
            var colour = mesh.Colours.Length > 0 ? new Vector4(mesh.Colours.AsSpan(4 * v, 4)) : Vector4.One;
            corners[k] = new Corner(Single(point), normal, coords, colour);
        }

        if (mesh.Normals.Length > 0) return;
        var flat = Vector3.Cross(corners[1].Point - corners[0].Point, corners[2].Point - corners[0].Point);
        for (var k = 0; k < 3; k++) corners[k] = corners[k] with { Normal = flat };
    }

    private static Vec3 Vector(float[] values, int index) => new(values[3 * index], values[(3 * index) + 1], values[(3 * index) + 2]);

    private static Vector3 Single(Vec3 v) => new((float)v.X, (float)v.Y, (float)v.Z);
}
