using Depth3D.Imaging;

namespace Depth3D.Rendering.Effects.Surfaces;

/// <summary>Tells pictures from films and meshes by how they begin.</summary>
internal static class PictureFile
{
    /// <returns>Whether it is a PNG or a JPEG.</returns>
    /// <exception cref="Messages.Depth3DException">No such regular file.</exception>
    public static bool Is(string path)
    {
        Span<byte> start = stackalloc byte[4];
        using var stream = InputFile.OpenRead(path);
        start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        return start.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']) || start.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8, 0xff]);
    }
}
