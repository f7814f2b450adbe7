using System.Security.Cryptography;
using Depth3D.Imaging;
using Depth3D.Messages;

namespace Depth3D.Rendering.Loops.Packages;

/// <summary>Files below a package's folder by the names that its scene gives them, none of which is trusted.</summary>
/// <param name="hashes">SHA-256 by name, lower-case hexadecimal.</param>
internal sealed class PackageFiles(string folder, IReadOnlyDictionary<string, string> hashes)
{
    private const long MostBytes = 512L << 20;

    /// <exception cref="Depth3DException">The name leads elsewhere, or the file is missing, too large, or not the one that was packed.</exception>
    public byte[] Read(string name)
    {
        var path = PathOf(name);
        var bytes = InputFile.ReadAll(path, MostBytes);
        if (!hashes.TryGetValue(name, out var expected)) throw Bad("the scene has no hash of it", path);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return hash == expected ? bytes : throw Bad($"its sha256 is {hash}, the scene says {expected}", path);
    }

    /// <summary>An RGBA picture of a known size.</summary>
    public Raster<byte> Picture(string name, int width, int height)
    {
        var path = PathOf(name);
        var size = ImageFile.ReadSize(path);
        if (size != (width, height)) throw Bad($"is {size.Width}x{size.Height}, its slots need {width}x{height}", path);
        return ImageFile.DecodeRgba(Read(name), path);
    }

    private string PathOf(string? name)
    {
        var parts = name?.Split('/') ?? [];
        if (parts.Length == 0 || name!.Length > 256 || parts.Any(part => part.Length == 0 || part is "." or ".." || part.Any(c => !(char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'))))
            throw Bad($"'{name}' is no name of a file in it", folder);
        var path = folder;
        foreach (var part in parts)
        {
            path = Path.Combine(path, part);
            if (new FileInfo(path).LinkTarget is not null) throw Bad("is a link", path);
        }

        return path;
    }

    private static Depth3DException Bad(string what, string path) => new(what, path, "make the package again");
}
