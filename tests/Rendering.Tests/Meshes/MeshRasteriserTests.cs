using System.Numerics;
using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Rendering.Meshes;

namespace Depth3D.Rendering.Tests.Meshes;

public sealed class MeshRasteriserTests
{
    private static readonly Intrinsics Camera = Intrinsics.Centered(100, 100, 120, 90);
    private static readonly MeshView Before = new(new RigidTransform(Mat3.Identity, new Vec3(0, 0, 4)), 1, new Vector3(0, 0, -1), 0, 0.1);

    [Fact]
    public void A_square_covers_its_area_and_has_its_depth()
    {
        var rendered = MeshRasteriser.Render(Quad(0, new Vector4(1, 0, 0, 1)), Camera, Before);
        Assert.Equal(50 * 50, rendered.Light.Sum(l => (double)l.W), 40.0);
        Assert.Equal(4, rendered.Depth[60, 45], 1e-5f);
        Assert.Equal(new Vector4(1, 0, 0, 1), rendered.Light[(45 * 120) + 60]);
        Assert.Equal(0, rendered.Depth[5, 5]);
    }

    [Fact]
    public void The_nearer_surface_wins_in_any_order()
    {
        Mesh near = Quad(-1, new Vector4(0, 1, 0, 1)), far = Quad(1, new Vector4(1, 0, 0, 1));
        foreach (var mesh in (Mesh[])[Joined(near, far), Joined(far, near)])
        {
            var rendered = MeshRasteriser.Render(mesh, Camera, Before);
            Assert.Equal(new Vector4(0, 1, 0, 1), rendered.Light[(45 * 120) + 60]);
            Assert.Equal(3, rendered.Depth[60, 45], 1e-5f);
        }
    }

    [Fact]
    public void Textures_lie_in_perspective()
    {
        // A floor from depth 2 to 10 with a red half near and a green half far: the border is at depth 6, where 1/z says it is.
        var picture = new Raster<byte>(1, 2, 4, [0, 255, 0, 255, 255, 0, 0, 255]);
        var mesh = new Mesh([-9, 1, 2, 9, 1, 2, 9, 1, 10, -9, 1, 10], [], [0, 1, 1, 1, 1, 0, 0, 0], [], [0, 1, 2, 0, 2, 3],
            [new MeshPart(0, 2, new MeshMaterial(Vector4.One, new MeshTexture(picture, repeats: false)))]);
        var rendered = MeshRasteriser.Render(mesh, Camera, Before with { CamFromModel = RigidTransform.Identity });
        var border = 44.5 + (100 * 1 / 6.0);
        var column = Enumerable.Range(46, 40).First(y => rendered.Light[(y * 120) + 60] is { W: > 0.9f } l && l.X > l.Y);
        Assert.Equal(border, column, 1.0);
    }

    [Fact]
    public void What_reaches_behind_the_camera_is_cut_at_the_near_plane()
    {
        var mesh = new Mesh([-1, 1, -5, 1, 1, -5, 0, 1, 50], [], [], [], [0, 1, 2], [new MeshPart(0, 1, new MeshMaterial(Vector4.One))]);
        var rendered = MeshRasteriser.Render(mesh, Camera, Before with { CamFromModel = RigidTransform.Identity });
        Assert.True(rendered.Light[(80 * 120) + 60].W > 0.9f);
        Assert.Equal(0, rendered.Light[(30 * 120) + 60].W);
        Assert.All(rendered.Depth.Samples, z => Assert.True(z is 0 or >= 0.1f));
    }

    [Fact]
    public void Light_from_the_front_is_brightest_on_what_faces_it()
    {
        var lit = Before with { Shading = 1 };
        var front = MeshRasteriser.Render(Quad(0, Vector4.One), Camera, lit).Light[(45 * 120) + 60].X;
        var aside = MeshRasteriser.Render(Quad(0, Vector4.One), Camera,
            lit with { CamFromModel = new RigidTransform(Mat3.FromRotationVector(new(0, 1, 0)), new Vec3(0, 0, 4)) }).Light[(45 * 120) + 60].X;
        Assert.True(front > aside + 0.2, $"{front} and {aside}");
    }

    [Fact]
    public void Smaller_copies_of_a_texture_keep_its_mean()
    {
        var picture = new Raster<byte>(64, 64, 4);
        for (var i = 0; i < picture.PixelCount; i++) picture.Samples.AsSpan(4 * i, 4).Fill((byte)(((i % 64) + (i / 64)) % 2 == 0 ? 255 : 0));
        var far = new MeshTexture(picture).Sample(0.4f, 0.6f, 32);
        Assert.Equal(0.5, far.W, 0.02);
        Assert.Equal(0.5, far.X, 0.02);
    }

    private static Mesh Quad(float z, Vector4 colour) => new([-1, -1, z, 1, -1, z, 1, 1, z, -1, 1, z], [], [], [], [0, 1, 2, 0, 2, 3],
        [new MeshPart(0, 2, new MeshMaterial(colour))]);

    private static Mesh Joined(Mesh a, Mesh b) => new([.. a.Positions, .. b.Positions], [], [], [], [.. a.Triangles, .. b.Triangles.Select(i => i + a.VertexCount)],
        [a.Parts[0], b.Parts[0] with { FirstTriangle = a.TriangleCount }]);
}
