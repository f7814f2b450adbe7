using System.Numerics;
using System.Text.Json;
using Depth3D.Imaging;

namespace Depth3D.Rendering.Meshes;

/// <summary>
/// glTF 2.0 and GLB: the triangles of the default scene in its place, with base colours and base colour textures (PNG, JPEG) and vertex colours.
/// Animation, skins and morph targets are passed over.
/// </summary>
internal sealed class GltfReader
{
    private const int MaxDepth = 64, MaxNodes = 100_000, TriangleList = 4;

    private readonly GltfDocument _document;
    private readonly MeshFiles _files;
    private readonly List<float> _positions = [], _normals = [], _texCoords = [], _colours = [];
    private readonly List<int> _triangles = [];
    private readonly List<MeshPart> _parts = [];
    private readonly Dictionary<int, MeshMaterial> _materials = [];
    private readonly Dictionary<int, MeshTexture> _textures = [];
    private bool _hasNormals = true;
    private int _nodes;

    private GltfReader(byte[] bytes, MeshFiles files) => (_document, _files) = (new GltfDocument(bytes, files), files);

    public static Mesh Read(byte[] bytes, MeshFiles files)
    {
        try
        {
            var reader = new GltfReader(bytes, files);
            reader.Scene();
            return new Mesh([.. reader._positions], reader._hasNormals ? [.. reader._normals] : [], [.. reader._texCoords], [.. reader._colours],
                [.. reader._triangles], reader._parts);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or OverflowException)
        {
            throw new Messages.Depth3DException($"its JSON is no glTF: {e.Message}", files.Main, "the file is damaged; export it again", inner: e);
        }
    }

    private void Scene()
    {
        if (GltfDocument.List(_document.Root, "scenes").Length > 0)
        {
            foreach (var node in GltfDocument.List(_document.Item("scenes", _document.Whole(_document.Root, "scene") ?? 0), "nodes"))
                Node(node.GetInt32(), Matrix4x4.Identity, 0);
            return;
        }

        for (var m = 0; m < GltfDocument.List(_document.Root, "meshes").Length; m++) Primitives(m, Matrix4x4.Identity);
    }

    private void Node(int index, Matrix4x4 parent, int depth)
    {
        if (depth > MaxDepth || ++_nodes > MaxNodes) throw _document.Bad("its nodes hang together in a circle, or too deeply");
        var node = _document.Item("nodes", index);
        var transform = Local(node) * parent;
        if (_document.Whole(node, "mesh") is { } mesh) Primitives(mesh, transform);
        foreach (var child in GltfDocument.List(node, "children")) Node(child.GetInt32(), transform, depth + 1);
    }

    /// <summary>Row vectors, as System.Numerics has them: glTF's column-major order is the same sixteen numbers.</summary>
    private Matrix4x4 Local(JsonElement node)
    {
        if (_document.Numbers(node, "matrix", 16) is { } m)
            return new Matrix4x4(m[0], m[1], m[2], m[3], m[4], m[5], m[6], m[7], m[8], m[9], m[10], m[11], m[12], m[13], m[14], m[15]);
        var t = _document.Numbers(node, "translation", 3) ?? [0, 0, 0];
        var r = _document.Numbers(node, "rotation", 4) ?? [0, 0, 0, 1];
        var s = _document.Numbers(node, "scale", 3) ?? [1, 1, 1];
        return Matrix4x4.CreateScale(s[0], s[1], s[2]) * Matrix4x4.CreateFromQuaternion(Quaternion.Normalize(new Quaternion(r[0], r[1], r[2], r[3])))
            * Matrix4x4.CreateTranslation(t[0], t[1], t[2]);
    }

    private void Primitives(int mesh, Matrix4x4 transform)
    {
        foreach (var primitive in GltfDocument.List(_document.Item("meshes", mesh), "primitives"))
        {
            var mode = _document.Whole(primitive, "mode") ?? TriangleList;
            if (mode is >= 0 and < TriangleList) continue;
            if (mode != TriangleList) throw _document.Bad("triangle strips and fans are not read");
            Primitive(primitive, transform);
        }
    }

    private void Primitive(JsonElement primitive, Matrix4x4 transform)
    {
        if (!primitive.TryGetProperty("attributes", out var attributes) || _document.Whole(attributes, "POSITION") is not { } place)
            throw _document.Bad("a primitive without positions");
        var positions = GltfAccessor.Floats(_document, place, 3);
        var (first, count) = (_positions.Count / 3, positions.Length / 3);
        var indices = _document.Whole(primitive, "indices") is { } list ? GltfAccessor.Indices(_document, list) : [.. Enumerable.Range(0, count)];
        MeshFile.CheckCounts(first + count, (_triangles.Count + indices.Length) / 3, _files.Main);
        if (indices.Any(i => (uint)i >= (uint)count)) throw _document.Bad($"a triangle names a vertex beyond {count}");
        for (var i = 0; i < count; i++)
            Add(_positions, Vector3.Transform(new Vector3(positions[3 * i], positions[(3 * i) + 1], positions[(3 * i) + 2]), transform));
        Normals(attributes, count, transform);
        TexCoords(attributes, count);
        Colours(attributes, count);
        var start = _triangles.Count / 3;
        for (var i = 0; i + 2 < indices.Length; i += 3) _triangles.AddRange([first + indices[i], first + indices[i + 1], first + indices[i + 2]]);
        _parts.Add(new MeshPart(start, (_triangles.Count / 3) - start, Material(_document.Whole(primitive, "material"))));
    }

    private void Normals(JsonElement attributes, int count, Matrix4x4 transform)
    {
        var normals = _document.Whole(attributes, "NORMAL") is { } index ? GltfAccessor.Floats(_document, index, 3) : [];
        _hasNormals &= normals.Length == 3 * count && Matrix4x4.Invert(transform, out _);
        Matrix4x4.Invert(transform, out var inverse);
        var turn = Matrix4x4.Transpose(inverse);
        for (var i = 0; i < count; i++)
        {
            var normal = normals.Length == 3 * count ? new Vector3(normals[3 * i], normals[(3 * i) + 1], normals[(3 * i) + 2]) : Vector3.UnitZ;
            Add(_normals, Vector3.Normalize(Vector3.TransformNormal(normal, turn)));
        }
    }

    private void TexCoords(JsonElement attributes, int count)
    {
        var coords = _document.Whole(attributes, "TEXCOORD_0") is { } index ? GltfAccessor.Floats(_document, index, 2) : [];
        _texCoords.AddRange(coords.Length == 2 * count ? coords : new float[2 * count]);
    }

    private void Colours(JsonElement attributes, int count)
    {
        float[] colours = [];
        var parts = 3;
        if (_document.Whole(attributes, "COLOR_0") is { } index)
            colours = GltfAccessor.Floats(_document, index, parts = GltfAccessor.Components(_document, index));
        for (var i = 0; i < count; i++)
            for (var c = 0; c < 4; c++) _colours.Add(c < parts && colours.Length == parts * count ? colours[(parts * i) + c] : 1);
    }

    private MeshMaterial Material(int? index)
    {
        if (index is not { } number) return MeshMaterial.Plain;
        if (_materials.TryGetValue(number, out var known)) return known;
        var material = _document.Item("materials", number);
        if (!material.TryGetProperty("pbrMetallicRoughness", out var surface)) return _materials[number] = new MeshMaterial(Vector4.One);
        var c = _document.Numbers(surface, "baseColorFactor", 4) ?? [1, 1, 1, 1];
        if (GltfDocument.Text(material, "alphaMode") is null or "OPAQUE") c[3] = 1;
        var texture = surface.TryGetProperty("baseColorTexture", out var reference) ? Texture(_document.Whole(reference, "index") ?? -1) : null;
        return _materials[number] = new MeshMaterial(new Vector4(c[0], c[1], c[2], c[3]), texture);
    }

    private MeshTexture Texture(int index)
    {
        var source = _document.Whole(_document.Item("textures", index), "source") ?? throw _document.Bad("a texture without an image");
        if (_textures.TryGetValue(source, out var known)) return known;
        var image = _document.Item("images", source);
        var bytes = GltfDocument.Text(image, "uri") is { } uri
            ? _document.Resource(uri, "texture")
            : _document.View(_document.Whole(image, "bufferView") ?? throw _document.Bad("an image without data")).ToArray();
        return _textures[source] = new MeshTexture(ImageFile.DecodeRgba(bytes, $"{_files.Main}, image {source}"));
    }

    private static void Add(List<float> into, Vector3 value) => into.AddRange([value.X, value.Y, value.Z]);
}
