namespace Depth3D.Imaging.Tests.Files;

public sealed class PlyTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Points_colours_and_comments_return()
    {
        float[] xyz = [1, 2, 3, -4.5f, 5e-7f, 6e9f];
        byte[] rgb = [1, 2, 3, 253, 254, 255];
        Ply.WriteBinary(_folder["a.ply"], xyz, rgb, ["unit prior", "two\nlines"]);
        var back = Ply.Read(_folder["a.ply"]);
        Assert.Equal(xyz, back.Xyz);
        Assert.Equal(rgb, back.Rgb);
        Assert.Equal(["unit prior", "two lines"], back.Comments);
    }

    [Fact]
    public void No_points_and_no_colours_are_fine()
    {
        Ply.WriteBinary(_folder["a.ply"], [], []);
        Assert.Equal(0, Ply.Read(_folder["a.ply"]).Count);
        Ply.WriteBinary(_folder["b.ply"], [1, 2, 3], []);
        Assert.Empty(Ply.Read(_folder["b.ply"]).Rgb);
    }

    [Fact]
    public void Other_programs_orders_and_types_are_read()
    {
        File.WriteAllText(_folder["a.ply"], """
            ply
            format ascii 1.0
            element vertex 2
            property uchar red
            property double y
            property double x
            property float z
            property uchar green
            property uchar blue
            element face 1
            property list uchar int vertex_indices
            end_header
            10 2 1 3 20 30
            11 5 4 6 21 31
            3 0 1 0
            """);
        var cloud = Ply.Read(_folder["a.ply"]);
        Assert.Equal([1f, 2, 3, 4, 5, 6], cloud.Xyz);
        Assert.Equal([10, 20, 30, 11, 21, 31], cloud.Rgb);
    }
}
