using System.Globalization;
using System.Numerics;
using System.Text;
using Depth3D.Messages;

namespace Depth3D.Rendering.Meshes;

/// <summary>Wavefront OBJ: v (with colours), vt, vn, f (polygons as fans, negative indices), mtllib, usemtl; all else is passed over.</summary>
internal sealed class ObjReader
{
    private readonly MeshFiles _files;
    private readonly List<float> _v = [], _colours = [], _vt = [], _vn = [];
    private readonly Dictionary<(int, int, int), int> _corners = [];
    private readonly List<float> _positions = [], _normals = [], _texCoords = [], _vertexColours = [];
    private readonly List<int> _triangles = [];
    private readonly List<MeshPart> _parts = [];
    private readonly Dictionary<string, MeshMaterial> _materials = [];
    private MeshMaterial _material = MeshMaterial.Plain;
    private int _partStart, _line;
    private bool _hasNormals = true;

    private ObjReader(MeshFiles files) => _files = files;

    public static Mesh Read(byte[] bytes, MeshFiles files)
    {
        var reader = new ObjReader(files);
        using var lines = new StringReader(Encoding.UTF8.GetString(bytes));
        while (lines.ReadLine() is { } line)
        {
            reader._line++;
            while (line.EndsWith('\\') && lines.ReadLine() is { } more)
            {
                line = line[..^1] + " " + more;
                reader._line++;
            }

            reader.Statement(line);
        }

        return reader.Finish();
    }

    private void Statement(string line)
    {
        var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        switch (words)
        {
            case ["v", ..]:
                Numbers(words, 3, _v);
                AddColour(words);
                break;
            case ["vt", ..]:
                Numbers(words.Length == 2 ? [.. words, "0"] : words, 2, _vt);
                break;
            case ["vn", ..]:
                Numbers(words, 3, _vn);
                break;
            case ["f", ..]:
                Face(words.AsSpan(1));
                break;
            case ["mtllib", _, ..]:
                var library = line[(line.IndexOf("mtllib", StringComparison.Ordinal) + 6)..].Trim();
                foreach (var (name, material) in MtlReader.Read(_files.Read(library, "material library"), _files)) _materials[name] = material;
                break;
            case ["usemtl", _, ..]:
                EndPart();
                _material = _materials.GetValueOrDefault(line[(line.IndexOf("usemtl", StringComparison.Ordinal) + 6)..].Trim(), MeshMaterial.Plain);
                break;
        }
    }

    /// <summary>Six or seven numbers after <c>v</c>: the last three are a colour, as many scanners write it.</summary>
    private void AddColour(string[] words)
    {
        if (words.Length < 7)
        {
            _colours.AddRange([1, 1, 1]);
            return;
        }

        foreach (var word in words.AsSpan(4, 3)) _colours.Add(Math.Clamp(Number(word), 0, 1));
    }

    private void Face(ReadOnlySpan<string> corners)
    {
        if (corners.Length < 3) throw Bad("a face of fewer than three corners");
        MeshFile.CheckCounts(_corners.Count, (_triangles.Count / 3) + corners.Length - 2, _files.Main);
        int first = Corner(corners[0]), previous = Corner(corners[1]);
        for (var i = 2; i < corners.Length; i++)
        {
            var next = Corner(corners[i]);
            _triangles.AddRange([first, previous, next]);
            previous = next;
        }
    }

    private int Corner(string word)
    {
        var parts = word.Split('/');
        if (parts.Length > 3) throw Bad($"corner '{word}'");
        var v = Index(parts[0], _v.Count / 3, word);
        var vt = parts.Length > 1 && parts[1].Length > 0 ? Index(parts[1], _vt.Count / 2, word) : -1;
        var vn = parts.Length > 2 && parts[2].Length > 0 ? Index(parts[2], _vn.Count / 3, word) : -1;
        if (_corners.TryGetValue((v, vt, vn), out var known)) return known;
        for (var c = 0; c < 3; c++) _positions.Add(_v[(3 * v) + c]);
        for (var c = 0; c < 3; c++) _vertexColours.Add(_colours[(3 * v) + c]);
        _vertexColours.Add(1);
        _hasNormals &= vn >= 0;
        _texCoords.Add(vt >= 0 ? _vt[2 * vt] : 0);
        _texCoords.Add(vt >= 0 ? 1 - _vt[(2 * vt) + 1] : 0);
        for (var c = 0; c < 3; c++) _normals.Add(vn >= 0 ? _vn[(3 * vn) + c] : 0);
        return _corners[(v, vt, vn)] = _corners.Count;
    }

    private int Index(string text, int count, string corner)
    {
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) || number == 0) throw Bad($"corner '{corner}'");
        var index = number > 0 ? number - 1 : count + number;
        return index >= 0 && index < count ? index : throw Bad($"corner '{corner}' names element {number} of {count}");
    }

    private void Numbers(string[] words, int count, List<float> into)
    {
        if (words.Length <= count) throw Bad($"'{string.Join(' ', words)}' has too few numbers");
        if (into.Count / count >= MeshFile.MaxVertices) MeshFile.CheckCounts(into.Count / count + 1, 0, _files.Main);
        for (var i = 1; i <= count; i++) into.Add(Number(words[i]));
    }

    private float Number(string word) =>
        float.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && float.IsFinite(value) ? value : throw Bad($"'{word}' is no number");

    private void EndPart()
    {
        var end = _triangles.Count / 3;
        if (end > _partStart) _parts.Add(new MeshPart(_partStart, end - _partStart, _material));
        _partStart = end;
    }

    private Mesh Finish()
    {
        EndPart();
        var coloured = _vertexColours.Exists(c => c < 1);
        for (var i = 0; coloured && i < _parts.Count; i++)
            if (_parts[i].Material == MeshMaterial.Plain) _parts[i] = _parts[i] with { Material = new MeshMaterial(Vector4.One) };
        return new Mesh([.. _positions], _hasNormals && _vn.Count > 0 ? [.. _normals] : [], _vt.Count > 0 ? [.. _texCoords] : [],
            coloured ? [.. _vertexColours.Select((c, i) => i % 4 == 3 ? c : ColourLight.FromUnit(c))] : [], [.. _triangles], _parts);
    }

    private Depth3DException Bad(string what) => new($"line {_line}: {what}", _files.Main, "the file is damaged or no OBJ; export it again");
}
