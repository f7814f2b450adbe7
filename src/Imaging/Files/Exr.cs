using System.Runtime.InteropServices;
using Depth3D.Imaging.Interop;
using Depth3D.Messages;

namespace Depth3D.Imaging;

/// <summary>
/// OpenEXR files: 32-bit float or half channels in scan lines, ZIP-compressed. Writing leaves a complete file or none and gives the same bytes for
/// the same content; reading (any compression, half or float, the first part of several) checks the header against limits first.
/// </summary>
public static unsafe class Exr
{
    private const int MaxChannels = 64;
    private const long MaxSamples = 400_000_000;

    /// <param name="channels">Names such as <c>Z</c>, <c>R</c>, <c>motion.u</c>; every plane has one channel and the given size.</param>
    /// <param name="numberAttributes">1, 9 or 16 numbers each: float, 3x3 or 4x4 matrix (row-major).</param>
    /// <param name="halfChannels">Channels that are rounded to 16 bits: 11 significant ones, at most 65504.</param>
    public static void Write(string path, int width, int height, IReadOnlyList<(string Channel, Raster<float> Plane)> channels,
        IReadOnlyDictionary<string, string>? stringAttributes = null, IReadOnlyDictionary<string, double[]>? numberAttributes = null,
        IReadOnlySet<string>? halfChannels = null)
    {
        Check(width, height, channels);
        var texts = (stringAttributes ?? new Dictionary<string, string>()).OrderBy(pair => pair.Key, StringComparer.Ordinal).ToArray();
        var numbers = (numberAttributes ?? new Dictionary<string, double[]>()).OrderBy(pair => pair.Key, StringComparer.Ordinal).ToArray();
        var partial = OutputFile.PartialName(path);
        using var pins = new Pins();
        int result;
        fixed (byte* file = CvCall.Utf8(Path.GetFullPath(partial)))
        fixed (byte** names = pins.Texts(channels.Select(c => c.Channel)), textNames = pins.Texts(texts.Select(t => t.Key)))
        fixed (byte** textValues = pins.Texts(texts.Select(t => t.Value)), numberNames = pins.Texts(numbers.Select(n => n.Key)))
        fixed (float** planes = pins.Planes(channels))
        fixed (byte* halves = channels.Select(c => (byte)(halfChannels?.Contains(c.Channel) == true ? 1 : 0)).ToArray())
        fixed (int* counts = numbers.Select(n => n.Value.Length).ToArray())
        fixed (double* values = numbers.SelectMany(n => n.Value).ToArray())
        {
            result = Cv.d3cv_exr_write(file, width, height, channels.Count, names, planes, halves, texts.Length, textNames, textValues,
                numbers.Length, numberNames, counts, values);
        }

        if (result != 0)
        {
            var reason = Cv.LastError;
            OutputFile.Discard(partial);
            throw new Depth3DException($"cannot be written: {reason}", path, "check the folder and the free space", FailureKind.Storage);
        }

        try
        {
            File.Move(partial, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            OutputFile.Discard(partial);
            throw OutputFile.Failed(path, e);
        }
    }

    /// <exception cref="Depth3DException">Missing, no EXR, deep data, damaged, truncated, or beyond the limits.</exception>
    public static ExrImage Read(string path)
    {
        InputFile.RequireRegular(path);
        nint file;
        fixed (byte* name = CvCall.Utf8(Path.GetFullPath(path)))
            file = Cv.d3cv_exr_open(name, ImageLimits.MaxSide, MaxSamples, MaxChannels);
        if (file == 0) throw new Depth3DException($"no readable EXR picture: {Cv.LastError}", path, "export it again");
        try
        {
            return Read(file, path);
        }
        finally
        {
            Cv.d3cv_exr_free(file);
        }
    }

    private static ExrImage Read(nint file, string path)
    {
        var counts = stackalloc int[6];
        Cv.d3cv_exr_counts(file, counts);
        int width = counts[0], height = counts[1], pixels = width * height;
        ImageLimits.Check(width, height, path);
        RefuseBomb((long)pixels * counts[2], counts[5], path);
        var all = new float[pixels * counts[2]];
        fixed (float* samples = all) CvCall.Check(Cv.d3cv_exr_read(file, samples), "cannot be decoded", path);
        var channels = new (string, Raster<float>)[counts[2]];
        for (var i = 0; i < channels.Length; i++)
            channels[i] = (Text(Cv.d3cv_exr_channel(file, i)), new Raster<float>(width, height, 1, all[(i * pixels)..((i + 1) * pixels)]));
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < counts[3]; i++) texts[Text(Cv.d3cv_exr_text_name(file, i))] = Text(Cv.d3cv_exr_text_value(file, i));
        var numbers = new Dictionary<string, double[]>(StringComparer.Ordinal);
        var values = stackalloc double[16];
        for (var i = 0; i < counts[4]; i++)
        {
            var count = Cv.d3cv_exr_number_values(file, i, values);
            numbers[Text(Cv.d3cv_exr_number_name(file, i))] = new ReadOnlySpan<double>(values, count).ToArray();
        }

        return new ExrImage(width, height, channels, texts, numbers);
    }

    /// <summary>
    /// Deflate shrinks by at most 1032, and the simpler compressions by less; wavelet and cosine ones shrink constant pixels by a few
    /// thousand. More means that pixels are missing. Samples have two bytes or more.
    /// </summary>
    private static void RefuseBomb(long samples, int compression, string path)
    {
        const int piz = 4, lastSimple = 7; // NONE, RLE, ZIPS, ZIP, (PIZ), PXR24, B44, B44A; then DWAA, DWAB
        var ratio = compression is piz or > lastSimple ? 16384 : 1100;
        var length = new FileInfo(path).Length;
        if (samples * 2 / ratio > length)
            throw new Depth3DException($"{length} bytes claim to hold {samples} samples", path, "the file is truncated or hostile");
    }

    private static void Check(int width, int height, IReadOnlyList<(string Channel, Raster<float> Plane)> channels)
    {
        if (channels.Count is < 1 or > MaxChannels) throw new ArgumentException($"1 to {MaxChannels} channels, got {channels.Count}");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, plane) in channels)
        {
            if (name.Length == 0 || name.Contains('\0') || !seen.Add(name)) throw new ArgumentException($"channel name '{name}' is empty or doubled");
            if (plane.Width != width || plane.Height != height || plane.Channels != 1)
                throw new ArgumentException($"channel {name} is {plane.Width}x{plane.Height}x{plane.Channels}, expected {width}x{height}x1");
        }
    }

    private static string Text(nint text) => Marshal.PtrToStringUTF8(text) ?? "";

    /// <summary>Strings and planes as native arrays for the length of one call.</summary>
    private sealed class Pins : IDisposable
    {
        private readonly List<GCHandle> _handles = [];

        public byte*[] Texts(IEnumerable<string> texts)
        {
            var list = texts.ToArray();
            var pointers = new byte*[list.Length];
            for (var i = 0; i < list.Length; i++) pointers[i] = (byte*)Pin(CvCall.Utf8(list[i]));
            return pointers;
        }

        public float*[] Planes(IReadOnlyList<(string Channel, Raster<float> Plane)> channels)
        {
            var pointers = new float*[channels.Count];
            for (var i = 0; i < pointers.Length; i++) pointers[i] = (float*)Pin(channels[i].Plane.Samples);
            return pointers;
        }

        public void Dispose() => _handles.ForEach(handle => handle.Free());

        private nint Pin(Array array)
        {
            var handle = GCHandle.Alloc(array, GCHandleType.Pinned);
            _handles.Add(handle);
            return handle.AddrOfPinnedObject();
        }
    }
}
