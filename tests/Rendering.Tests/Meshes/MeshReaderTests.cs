using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Rendering.Meshes;

namespace Depth3D.Rendering.Tests.Meshes;

public sealed class MeshReaderTests : IDisposable
{
    private const string Square = "v 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Obj_with_polygons_negative_indices_and_materials()
    {
        File.WriteAllText(_folder["m.mtl"], "newmtl a b\nKd 1 0 0\nd 0.5\nnewmtl skin\nmap_Kd -s 1 1 1 skin one.png\n");
        ImageFile.WritePng(_folder["skin one.png"], new Raster<byte>(2, 2, 3));
        var mesh = Read("m.obj", $"mtllib m.mtl\n{Square}vt 0 0\nvt 1 0\nvt 1 1\nusemtl a b\nf 1 2 3 4\nusemtl skin\nf -4/1 -3/2 -2/3\n");

        Assert.Equal(3, mesh.TriangleCount);
        Assert.Equal([2, 1], mesh.Parts.Select(p => p.TriangleCount));
        Assert.Equal(new Vector4(1, 0, 0, 0.5f), mesh.Parts[0].Material.Colour);
        Assert.Equal(2, mesh.Parts[1].Material.Texture!.Width);
        Assert.Equal([1f, 0f], mesh.TexCoords[^2..]);
    }

    [Theory]
    [InlineData(Square + "f 1 2 9\n")]
    [InlineData(Square + "f 1 2 0\n")]
    [InlineData(Square + "f 1 2\n")]
    [InlineData(Square + "f 1 2 4294967297\n")]
    [InlineData("v 0 0 nan\n")]
    [InlineData("v 0 0\n")]
    [InlineData(Square)]
    [InlineData("mtllib missing.mtl\n")]
    [InlineData("mtllib ../outside.mtl\n")]
    [InlineData("mtllib /etc/hostname\n")]
    public void Obj_files_that_are_wrong_are_refused(string text) => Refused("bad.obj", text);

    [Fact]
    public void A_texture_that_is_missing_is_named()
    {
        File.WriteAllText(_folder["m.mtl"], "newmtl a\nmap_Kd wood.png\n");
        Assert.Contains("wood.png", Refused("m.obj", $"mtllib m.mtl\n{Square}f 1 2 3\n").Message);
    }

    [Fact]
    public void Ply_in_text_and_binary_say_the_same()
    {
        const string vertex = "element vertex 4\nproperty float x\nproperty float y\nproperty float z\nproperty uchar red\nproperty uchar green\nproperty uchar blue\n";
        const string face = "element face 1\nproperty list uchar int vertex_indices\nend_header\n";
        var text = Read("t.ply", $"ply\nformat ascii 1.0\ncomment made by hand\n{vertex}{face}0 0 0 255 0 0\n1 0 0 255 0 0\n1 1 0 255 0 0\n0 1 0 255 0 0\n4 0 1 2 3\n");
        var bytes = new List<byte>(Encoding.ASCII.GetBytes($"ply\nformat binary_little_endian 1.0\n{vertex}{face}"));
        foreach (var (x, y) in (IEnumerable<(float, float)>)[(0, 0), (1, 0), (1, 1), (0, 1)])
        {
            foreach (var value in (float[])[x, y, 0]) bytes.AddRange(BitConverter.GetBytes(value));
            bytes.AddRange([255, 0, 0]);
        }

        bytes.Add(4);
        for (var i = 0; i < 4; i++) bytes.AddRange(BitConverter.GetBytes(i));
        File.WriteAllBytes(_folder["b.ply"], [.. bytes]);
        var binary = MeshFile.Read(new MeshFiles(_folder["b.ply"]));

        Assert.Equal(2, text.TriangleCount);
        Assert.Equal(text.Positions, binary.Positions);
        Assert.Equal(text.Triangles, binary.Triangles);
        Assert.Equal(text.Colours, binary.Colours);
        Assert.Equal([1f, 0, 0, 1], text.Colours[..4]);
        for (var cut = 1; cut < bytes.Count; cut += 7) RefusedBytes("cut.ply", [.. bytes.Take(cut)]);
    }

    [Theory]
    [InlineData("element vertex 4000000000\nproperty float x\nproperty float y\nproperty float z\nelement face 1\nproperty list uchar int vertex_indices\n")]
    [InlineData("element vertex 1\nproperty float x\nproperty float y\nproperty float z\nelement face 4000000000\nproperty list uchar int vertex_indices\n")]
    [InlineData("element vertex 4000000000\nelement face 1\nproperty list uchar int vertex_indices\n")]
    [InlineData("element vertex 1\nproperty float x\nproperty float y\nproperty float z\n")]
    [InlineData("element vertex 1\nproperty list uchar float x\nelement face 1\nproperty list uchar int vertex_indices\n")]
    [InlineData("element vertex 1\nproperty int128 x\n")]
    public void Ply_headers_that_lie_are_refused_before_memory_is_taken(string elements)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var format in (string[])["ascii", "binary_little_endian"])
            Refused("bad.ply", $"ply\nformat {format} 1.0\n{elements}end_header\n0 0 0 3 0 0 0 and some more bytes");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 10_000_000, "memory was taken");
    }

    [Fact]
    public void Gltf_places_its_nodes_and_takes_colours_and_textures()
    {
        var mesh = MeshFile.Read(new MeshFiles(Glb("""
            "scene":0,"scenes":[{"nodes":[0]}],"nodes":[{"children":[1],"scale":[2,2,2]},{"mesh":0,"translation":[1,0,0]}],
            "materials":[{"pbrMetallicRoughness":{"baseColorFactor":[0.5,1,1,1],"baseColorTexture":{"index":0}}}],
            "textures":[{"source":0}],"images":[{"uri":"skin%20one.png"}],
            """)));
        Assert.Equal(1, mesh.TriangleCount);
        Assert.Equal([2f, 0, 0, 4, 0, 0, 2, 2, 0], mesh.Positions);
        Assert.Equal(0.5f, mesh.Parts[0].Material.Colour.X);
        Assert.Equal(2, mesh.Parts[0].Material.Texture!.Width);
    }

    [Theory]
    [InlineData("\"nodes\":[{\"children\":[0],\"mesh\":0}],\"scenes\":[{\"nodes\":[0]}],")]
    [InlineData("\"nodes\":[{\"mesh\":7}],\"scenes\":[{\"nodes\":[0]}],")]
    [InlineData("\"nodes\":[{\"mesh\":0,\"scale\":[1,2]}],\"scenes\":[{\"nodes\":[0]}],")]
    [InlineData("\"nodes\":[{\"mesh\":0,\"translation\":[1e40,0,0]}],\"scenes\":[{\"nodes\":[0]}],")]
    [InlineData("\"nodes\":[{\"mesh\":\"0\"}],\"scenes\":[{\"nodes\":[0]}],")]
    [InlineData("\"scenes\":[{\"nodes\":[\"x\"]}],")]
    [InlineData("\"extensionsRequired\":[\"KHR_draco_mesh_compression\"],")]
    [InlineData("\"materials\":[{\"pbrMetallicRoughness\":{\"baseColorTexture\":{\"index\":0}}}],\"textures\":[{\"source\":0}],\"images\":[{\"uri\":\"missing.png\"}],")]
    [InlineData("\"materials\":[{\"pbrMetallicRoughness\":{\"baseColorTexture\":{\"index\":0}}}],\"textures\":[{\"source\":0}],\"images\":[{\"uri\":\"../../etc/x.png\"}],")]
    [InlineData("\"materials\":[{\"pbrMetallicRoughness\":{\"baseColorTexture\":{\"index\":0}}}],\"textures\":[{\"source\":0}],\"images\":[{\"uri\":\"data:image/png;base64,%%\"}],")]
    public void Gltf_files_that_are_wrong_are_refused(string extra) => Assert.Throws<Depth3DException>(() => MeshFile.Read(new MeshFiles(Glb(extra))));

    [Theory]
    [InlineData("\"count\":3,", "\"count\":4000000000,")]
    [InlineData("\"count\":3,", "\"count\":400000000,")]
    [InlineData("\"count\":3,", "\"count\":-3,")]
    [InlineData("\"byteLength\":36}", "\"byteLength\":36000}")]
    [InlineData("\"byteOffset\":0,", "\"byteOffset\":2000000000,")]
    [InlineData("\"componentType\":5126", "\"componentType\":1")]
    [InlineData("\"VEC3\"", "\"MAT4\"")]
    [InlineData("\"POSITION\":0", "\"POSITION\":9")]
    [InlineData("\"version\":\"2.0\"", "\"version\":\"1.0\"")]
    public void Gltf_accessors_that_lie_are_refused(string from, string to)
    {
        Glb("");
        var path = Glb("", json => json.Replace(from, to, StringComparison.Ordinal));
        Assert.Throws<Depth3DException>(() => MeshFile.Read(new MeshFiles(path)));
    }

    [Fact]
    public void A_glb_cut_off_anywhere_is_refused()
    {
        var bytes = File.ReadAllBytes(Glb(""));
        Assert.Equal(1, MeshFile.Read(new MeshFiles(_folder["m.glb"])).TriangleCount);
        for (var cut = 1; cut < bytes.Length; cut += 11) RefusedBytes("cut.glb", bytes[..cut]);
        bytes.AsSpan(12, 4).Fill(0xff);
        RefusedBytes("long.glb", bytes);
    }

    [Fact]
    public void Other_files_are_refused()
    {
        RefusedBytes("zero.bin", new byte[100]);
        RefusedBytes("text.txt", Encoding.UTF8.GetBytes("hello"));
        Refused("deep.gltf", new string('[', 100000));
        Refused("deep2.gltf", "{\"asset\":" + new string('[', 100000));
        Assert.Throws<Depth3DException>(() => MeshFile.Read(new MeshFiles(_folder.Path)));
    }

    private Mesh Read(string name, string text)
    {
        File.WriteAllText(_folder[name], text);
        return MeshFile.Read(new MeshFiles(_folder[name]));
    }

    private Depth3DException Refused(string name, string text) => RefusedBytes(name, Encoding.UTF8.GetBytes(text));

    private Depth3DException RefusedBytes(string name, byte[] bytes)
    {
        File.WriteAllBytes(_folder[name], bytes);
        return Assert.Throws<Depth3DException>(() => MeshFile.Read(new MeshFiles(_folder[name])));
    }

    /// <summary>A triangle (0,0,0), (1,0,0), (0,1,0) of material 0, with whatever else is given.</summary>
    private string Glb(string extra, Func<string, string>? change = null)
    {
        ImageFile.WritePng(_folder["skin one.png"], new Raster<byte>(2, 2, 3));
        var material = extra.Contains("materials", StringComparison.Ordinal) ? ",\"material\":0" : "";
        var json = "{\"asset\":{\"version\":\"2.0\"}," + extra + "\"meshes\":[{\"primitives\":[{\"attributes\":{\"POSITION\":0}" + material + "}]}],"
            + "\"accessors\":[{\"bufferView\":0,\"byteOffset\":0,\"count\":3,\"componentType\":5126,\"type\":\"VEC3\"}],"
            + "\"bufferViews\":[{\"buffer\":0,\"byteLength\":36}],\"buffers\":[{\"byteLength\":36}]}";
        json = change?.Invoke(json) ?? json;
        json = json.PadRight((json.Length + 3) / 4 * 4);
        var bytes = new byte[12 + 8 + json.Length + 8 + 36];
        "glTF"u8.CopyTo(bytes);
        uint[] words = [2, (uint)bytes.Length, (uint)json.Length, 0x4E4F534A];
        for (var i = 0; i < 4; i++) BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4 + (4 * i)), words[i]);
        Encoding.ASCII.GetBytes(json, bytes.AsSpan(20));
        var at = 20 + json.Length;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), 36);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at + 4), 0x004E4942);
        float[] values = [0, 0, 0, 1, 0, 0, 0, 1, 0];
        for (var i = 0; i < 9; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(at + 8 + (4 * i)), values[i]);
        File.WriteAllBytes(_folder["m.glb"], bytes);
        return _folder["m.glb"];
    }
}
