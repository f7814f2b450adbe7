using System.Globalization;
using System.Numerics;
using System.Text;

namespace Depth3D.Cluster.Journal;

/// <summary>
/// A checksum as the last field of a JSON object: CRC-32C of everything before that field. A flipped bit may leave a line that reads well and
/// says something else.
/// </summary>
internal static class LineSeal
{
    private const string Start = ",\"crc\":\"", End = "\"}";
    private const int Digits = 8;

    /// <param name="json">An object with at least one field.</param>
    public static string Put(string json)
    {
        var body = json[..^1];
        return string.Create(CultureInfo.InvariantCulture, $"{body}{Start}{Checksum(body):x8}{End}");
    }

    /// <summary>The line has a seal, be it a broken one.</summary>
    public static bool IsOn(string json) => json.Contains(Start, StringComparison.Ordinal);

    /// <summary>The line has a seal that fits.</summary>
    public static bool Holds(string json)
    {
        var start = json.Length - Start.Length - Digits - End.Length;
        return start >= 0 && json.AsSpan(start).StartsWith(Start, StringComparison.Ordinal)
            && uint.TryParse(json.AsSpan(start + Start.Length, Digits), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var check)
            && check == Checksum(json.AsSpan(0, start));
    }

    private static uint Checksum(ReadOnlySpan<char> text)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, bytes);
        var crc = uint.MaxValue;
        foreach (var one in bytes) crc = BitOperations.Crc32C(crc, one);
        return ~crc;
    }
}
