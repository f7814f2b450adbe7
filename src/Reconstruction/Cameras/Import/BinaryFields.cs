using System.Buffers.Binary;
using System.Text;

namespace Depth3D.Reconstruction.Cameras.Import;

/// <summary>Reads little-endian fields, saying which field is missing and at which byte where a file ends too early.</summary>
internal sealed class BinaryFields
{
    private const long MaxBytes = 1L << 30;

    private readonly byte[] _bytes;
    private int _at;

    public BinaryFields(Stream stream, string file)
    {
        File = file;
        using var copy = new MemoryStream();
        var buffer = new byte[1 << 16];
        int read;
        while ((read = stream.Read(buffer)) > 0)
        {
            if (copy.Length + read > MaxBytes) throw CameraFault.Of(file, $"larger than {MaxBytes >> 20} MiB, which no camera model of a clip is");
            copy.Write(buffer, 0, read);
        }

        _bytes = copy.ToArray();
    }

    public string File { get; }

    public byte Byte(string field) => Take(1, field)[0];

    public int Int(string field) => BinaryPrimitives.ReadInt32LittleEndian(Take(4, field));

    public long Long(string field) => BinaryPrimitives.ReadInt64LittleEndian(Take(8, field));

    public double Double(string field)
    {
        var value = BinaryPrimitives.ReadDoubleLittleEndian(Take(8, field));
        return double.IsFinite(value) ? value : throw CameraFault.Of(File, $"{field} is {value} at byte {_at - 8}; a finite number expected");
    }

    /// <summary>A 64-bit count of records of at least <paramref name="bytesEach"/> bytes, which must still fit into the file.</summary>
    public int Count(string what, int bytesEach)
    {
        var count = BinaryPrimitives.ReadUInt64LittleEndian(Take(8, $"the number of {what}"));
        var room = (ulong)((_bytes.Length - _at) / bytesEach);
        return count <= room ? (int)count : throw CameraFault.Of(File, $"{count} {what} announced, only {_bytes.Length - _at} bytes follow");
    }

    public string ZeroTerminated(string field)
    {
        var length = _bytes.AsSpan(_at).IndexOf((byte)0);
        if (length <= 0) throw CameraFault.Of(File, $"{field} is empty or does not end, at byte {_at}");
        var text = Encoding.UTF8.GetString(_bytes, _at, length);
        _at += length + 1;
        return text;
    }

    public void End()
    {
        if (_at != _bytes.Length) throw CameraFault.Of(File, $"{_bytes.Length - _at} bytes follow after the last record");
    }

    private ReadOnlySpan<byte> Take(int count, string field)
    {
        if (count > _bytes.Length - _at)
            throw CameraFault.Of(File, $"truncated: {_bytes.Length} bytes, {field} should stand at byte {_at}");
        _at += count;
        return _bytes.AsSpan(_at - count, count);
    }
}
