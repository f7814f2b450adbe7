using System.Globalization;
using System.Numerics;
using System.Text;
using Depth3D.Imaging;
using Depth3D.Messages;

namespace Depth3D.Rendering.Meshes;

/// <summary>Wavefront MTL: newmtl, Kd, d, Tr and map_Kd (PNG or JPEG); all else is passed over.</summary>
internal static class MtlReader
{
    /// <summary>Options of map_Kd and how many values follow them.</summary>
    private static readonly Dictionary<string, int> MapOptions = new()
    {
        ["-blendu"] = 1,
        ["-blendv"] = 1,
        ["-boost"] = 1,
        ["-mm"] = 2,
        ["-o"] = 3,
        ["-s"] = 3,
        ["-t"] = 3,
        ["-texres"] = 1,
        ["-clamp"] = 1,
        ["-bm"] = 1,
        ["-imfchan"] = 1,
        ["-cc"] = 1,
    };

    public static Dictionary<string, MeshMaterial> Read(byte[] bytes, MeshFiles files)
    {
        var materials = new Dictionary<string, MeshMaterial>();
        var textures = new Dictionary<string, MeshTexture>();
        var name = "";
        foreach (var line in Encoding.UTF8.GetString(bytes).Split('\n').Select(l => l.Trim()))
        {
            var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words is ["newmtl", ..])
            {
                name = line[6..].Trim();
                materials[name] = MeshMaterial.Plain;
                continue;
            }

            if (words.Length < 2 || !materials.TryGetValue(name, out var material)) continue;
            materials[name] = Changed(material, line, words, textures, files);
        }

        return materials;
    }

    private static MeshMaterial Changed(MeshMaterial material, string line, string[] words, Dictionary<string, MeshTexture> textures, MeshFiles files)
    {
        var colour = material.Colour;
        switch (words)
        {
            case ["Kd", var r, var g, var b]:
                return material with { Colour = new Vector4(Light(r, files), Light(g, files), Light(b, files), colour.W) };
            case ["d", var opacity]:
                return material with { Colour = colour with { W = Math.Clamp(Number(opacity, files), 0, 1) } };
            case ["Tr", var transparency]:
                return material with { Colour = colour with { W = 1 - Math.Clamp(Number(transparency, files), 0, 1) } };
            case ["map_Kd", ..]:
                var name = MapName(line, words);
                if (!textures.TryGetValue(name, out var texture))
                    textures[name] = texture = new MeshTexture(ImageFile.DecodeRgba(files.Read(name, "texture"), $"{files.Main}, texture {name}"));
                // A textured material's Kd is often left at some grey that nobody saw in its program.
                return new MeshMaterial(new Vector4(1, 1, 1, colour.W), texture);
            default:
                return material;
        }
    }

    /// <summary>What follows the options: names may hold blanks.</summary>
    private static string MapName(string line, string[] words)
    {
        var at = 1;
        while (at < words.Length - 1 && MapOptions.TryGetValue(words[at], out var values)) at += 1 + values;
        at = Math.Min(at, words.Length - 1);
        return at == 1 ? line["map_Kd".Length..].Trim() : string.Join(' ', words[at..]);
    }

    private static float Light(string word, MeshFiles files) => ColourLight.FromUnit(Number(word, files));

    private static float Number(string word, MeshFiles files) =>
        float.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && float.IsFinite(value)
            ? value
            : throw new Depth3DException($"its material library holds '{word}' where a number belongs", files.Main, "export it again");
}
