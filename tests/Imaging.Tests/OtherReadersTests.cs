using Depth3D.Native;

namespace Depth3D.Imaging.Tests;

/// <summary>What this project writes, read by programs that share no code with it: Python's own library, NumPy where it is installed, ffprobe.</summary>
public sealed class OtherReadersTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task Pythons_zip_and_struct_read_an_npz()
    {
        await RequirePython("import zipfile");
        Npz.Write(_folder["a.npz"], ("flow", NpyArray.From([1.5f, -2, 3, 4, 5, 6], 1, 3, 2)));
        var text = await Python("""
            import sys, zipfile, struct, ast
            z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None
            b = z.read('flow.npy'); n = struct.unpack('<H', b[8:10])[0]; h = ast.literal_eval(b[10:10+n].decode())
            print(h['descr'], h['shape'], h['fortran_order'], struct.unpack('<6f', b[10+n:]), (10 + n) % 64, z.infolist()[0].compress_type)
            """, _folder["a.npz"]);
        Assert.Equal("<f4 (1, 3, 2) False (1.5, -2.0, 3.0, 4.0, 5.0, 6.0) 0 0", text);
    }

    [SkippableFact]
    public async Task NumPy_reads_and_writes_the_same_arrays()
    {
        await RequirePython("import numpy");
        Npz.Write(_folder["a.npz"], ("i", NpyArray.From([1L, -2], 2)), ("h", NpyArray.From([(Half)1.5], 1)), ("b", NpyArray.From([true, false], 2)), ("s", NpyArray.Scalar(7)));
        var text = await Python("""
            import sys, numpy as np
            d = np.load(sys.argv[1]); print([(k, str(d[k].dtype), d[k].shape, d[k].tolist()) for k in d.files])
            np.savez_compressed(sys.argv[2], f=np.asfortranarray(np.arange(6, dtype='>f8').reshape(2, 3)), u=np.uint16(65535))
            """, _folder["a.npz"], _folder["b.npz"]);
        Assert.Equal("[('i', 'int64', (2,), [1, -2]), ('h', 'float16', (1,), [1.5]), ('b', 'bool', (2,), [True, False]), ('s', 'int32', (), 7)]", text);
        var back = Npz.Read(_folder["b.npz"]);
        Assert.Equal([0.0, 1, 2, 3, 4, 5], back["f"].As<double>().ToArray());
        Assert.Equal(65535, back["u"].As<ushort>()[0]);
    }

    [Fact]
    public void An_npz_written_in_pieces_has_the_bytes_of_one_written_at_once()
    {
        Npz.Write(_folder["a.npz"], ("d", NpyArray.From([1f, 2, 3, 4, 5, 6], 3, 2)), ("k", NpyArray.From([7.0], 1)));
        Npz.WriteStreamed(_folder["b.npz"], NpzPart.Of<float>("d", [3, 2], 3, i => [(2 * i) + 1, (2 * i) + 2]), NpzPart.Of<double>("k", [1], 1, _ => [7]));
        Assert.Equal(Npz.Read(_folder["a.npz"])["d"].As<float>().ToArray(), Npz.Read(_folder["b.npz"])["d"].As<float>().ToArray());
        Assert.Equal(File.ReadAllBytes(_folder["a.npz"]), File.ReadAllBytes(_folder["b.npz"]));
        Assert.Throws<ArgumentException>(() => Npz.WriteStreamed(_folder["c.npz"], NpzPart.Of<float>("d", [3, 2], 2, _ => [0, 0])));
        Assert.Throws<ArgumentException>(() => Npz.WriteStreamed(_folder["c.npz"], NpzPart.Of<float>("d", [3], 2, _ => [0, 0])));
        Assert.Equal(["a.npz", "b.npz"], _folder.Files);
    }

    [SkippableFact]
    public async Task Pythons_zlib_reads_a_16_bit_png()
    {
        await RequirePython("import zlib");
        ImageFile.WritePng16(_folder["a.png"], new Raster<ushort>(2, 1, 1, [0x1234, 0xfedc]));
        var text = await Python("""
            import sys, zlib, struct
            b = open(sys.argv[1], 'rb').read(); at = 8; data = b''; head = None
            while at < len(b):
                n, kind = struct.unpack('>I4s', b[at:at+8]); body = b[at+8:at+8+n]
                assert zlib.crc32(kind + body) == struct.unpack('>I', b[at+8+n:at+12+n])[0]
                if kind == b'IHDR': head = struct.unpack('>IIBBBBB', body)
                if kind == b'IDAT': data += body
                at += 12 + n
            row = zlib.decompress(data); f = row[0]; v = list(row[1:])
            if f == 1: v = [v[0], v[1], (v[2] + v[0]) & 255, (v[3] + v[1]) & 255]
            print(head[:4], '%02x%02x %02x%02x' % tuple(v))
            """, _folder["a.png"]);
        Assert.Equal("(2, 1, 16, 0) 1234 fedc", text);
    }

    [Fact]
    public async Task Ffprobe_sees_what_was_encoded()
    {
        await using (var writer = VideoWriter.Open(_folder["a.mp4"], 64, 64, 24000 / 1001.0))
        {
            for (var i = 0; i < 5; i++) writer.Write(Pictures.Rgb(64, 64));
            await writer.FinishAsync();
        }

        var lines = new List<string>();
        await ExternalProcess.RunAsync("ffprobe", ["-v", "error", "-show_entries", "stream=codec_name,pix_fmt,color_space,r_frame_rate,nb_frames", "-of", "csv=p=0",
            "file:" + _folder["a.mp4"]], CancellationToken.None, lines.Add);
        Assert.Equal("h264,yuv420p,bt709,24000/1001,5", lines.Single());
    }

    [SkippableFact]
    public async Task OpenCV_reads_float_and_half_channels()
    {
        await RequirePython("import cv2");
        var plane = new Raster<float>(3, 1, 1, [0.1f, 70000, 1 / 3f]);
        Exr.Write(_folder["a.exr"], 3, 1, [("R", plane), ("G", plane), ("B", new Raster<float>(3, 1, 1, [0.1f, 2, 0]))], halfChannels: new HashSet<string> { "B" });
        var text = await Python("""
            import os, sys; os.environ['OPENCV_IO_ENABLE_OPENEXR'] = '1'
            import cv2; a = cv2.imread(sys.argv[1], cv2.IMREAD_UNCHANGED); print(a.dtype, a.shape, ['%.9g' % v for v in a.reshape(-1)])
            """, _folder["a.exr"]);
        Assert.Equal("float32 (1, 3, 3) ['0.0999755859', '0.100000001', '0.100000001', '2', '70000', '70000', '0', '0.333333343', '0.333333343']", text);
    }

    [Theory]
    [InlineData(VideoCodec.Ffv1Gray16, "a.mkv", "gray16le", 65535, 0)]
    [InlineData(VideoCodec.Hevc10Gray, "a.mp4", "gray10le", 1023, 3)]
    public async Task Ffmpeg_decodes_the_codes_of_grey_video(VideoCodec codec, string name, string format, int most, int tolerance)
    {
        var frames = Enumerable.Range(0, 3).Select(k => new Raster<ushort>(64, 48, 1,
            [.. Enumerable.Range(0, 64 * 48).Select(i => (ushort)((i % 64 * most / 63) + (k * 5 * (i % 64 < 32 ? 1 : -1))))])).ToArray();
        await using (var writer = VideoWriter.Open(_folder[name], 64, 48, 25, codec, quality: 4))
        {
            foreach (var frame in frames) writer.Write(frame);
            await writer.FinishAsync();
        }

        await ExternalProcess.RunAsync("ffmpeg", ["-v", "error", "-i", "file:" + _folder[name], "-f", "rawvideo", "-pix_fmt", format, "file:" + _folder["raw"]],
            CancellationToken.None);
        var read = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ushort>(File.ReadAllBytes(_folder["raw"])).ToArray();
        Assert.Equal(3 * 64 * 48, read.Length);
        var written = frames.SelectMany(f => f.Samples).ToArray();
        Assert.InRange(read.Zip(written, (a, b) => Math.Abs(a - b)).Max(), 0, tolerance);
    }

    [Fact]
    public async Task Ffmpeg_decodes_colour_and_alpha_of_prores()
    {
        var frame = new Raster<byte>(64, 32, 4);
        for (var i = 0; i < frame.PixelCount; i++) ((byte[])[200, 40, 90, (byte)(i % 64 * 4)]).CopyTo(frame.Samples, i * 4);
        await using (var writer = VideoWriter.Open(_folder["a.mov"], 64, 32, 24, VideoCodec.ProRes4444Alpha))
        {
            writer.Write(frame);
            await writer.FinishAsync();
        }

        await ExternalProcess.RunAsync("ffmpeg", ["-v", "error", "-i", "file:" + _folder["a.mov"], "-f", "rawvideo", "-pix_fmt", "rgba", "file:" + _folder["raw"]],
            CancellationToken.None);
        Assert.InRange(File.ReadAllBytes(_folder["raw"]).Zip(frame.Samples, (a, b) => Math.Abs(a - b)).Max(), 0, 4);
    }

    private static async Task RequirePython(string statement)
    {
        try
        {
            var result = await ExternalProcess.RunAsync("/usr/bin/python3", ["-c", statement], CancellationToken.None);
            Skip.IfNot(result.ExitCode == 0, $"python3 cannot {statement}");
        }
        catch (Messages.Depth3DException)
        {
            Skip.If(true, "python3 is not installed");
        }
    }

    private static async Task<string> Python(string script, params string[] arguments)
    {
        var result = await ExternalProcess.RunAsync("/usr/bin/python3", ["-c", script, .. arguments], CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.OutputTail);
        return result.OutputTail;
    }
}
