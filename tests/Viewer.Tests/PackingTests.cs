using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Depth3D.Imaging;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Rendering.TruthScenes;
using Depth3D.Viewer.Packing;

namespace Depth3D.Viewer.Tests;

/// <summary>What a reader of packed frames gets back, computed from the documented layout alone.</summary>
public sealed class PackingTests
{
    private static readonly TruthSceneClip Clip = new(TruthScene.Named("courtyard", 3), 96, 54);

    [Fact]
    public void Points_come_back_where_depth_and_camera_put_them()
    {
        var packed = Packed(Clip, mostPoints: 100_000, frame: 1, out var grid);
        Assert.Equal(new FrameGrid(96, 54, 1), grid);
        var truth = Clip.Frame(1);
        var (width, near, far) = (96, Single(packed, 16), Single(packed, 20));
        var worldFromCam = Clip.CamFromWorld(1).Inverse();
        for (var i = 0; i < truth.Depth.PixelCount; i++)
        {
            var code = BinaryPrimitives.ReadUInt16LittleEndian(packed.AsSpan(32 + (2 * i)));
            var z = near * Math.Pow(far / near, (code - 1) / 65534.0);
            var point = worldFromCam.Apply(Clip.Intrinsics.Unproject(i % width, i / width, z));
            var true3 = new Vec3(truth.WorldPoints.Samples[3 * i], truth.WorldPoints.Samples[(3 * i) + 1], truth.WorldPoints.Samples[(3 * i) + 2]);
            Assert.True((point - true3).Length < 1e-4 * z, $"pixel {i}: {point}, {true3} was expected");
        }
    }

    [Fact]
    public void Colours_and_flags_are_those_of_the_frame()
    {
        var packed = Packed(Clip, mostPoints: 100_000, frame: 2, out _);
        var truth = Clip.Frame(2);
        var surface = Rendering.Splatting.DepthEdges.OnSurface(truth.Depth);
        var pixels = packed.AsSpan(BinaryPrimitives.ReadInt32LittleEndian(packed.AsSpan(24)));
        Assert.Equal(4 * 96 * 54, pixels.Length);
        for (var i = 0; i < truth.Depth.PixelCount; i++)
        {
            Assert.True(pixels.Slice(4 * i, 3).SequenceEqual(truth.Rgb.Samples.AsSpan(3 * i, 3)));
            Assert.Equal(truth.MovingMask.Samples[i] > 0, (pixels[(4 * i) + 3] & 1) != 0);
            Assert.Equal(surface[i], (pixels[(4 * i) + 3] & 2) == 0);
        }

        Assert.InRange(surface.Count(on => !on), 1, 400);
    }

    [Fact]
    public void Large_frames_are_thinned_and_stay_in_place()
    {
        var packed = Packed(Clip, mostPoints: 600, frame: 0, out var grid);
        Assert.Equal(new FrameGrid(32, 18, 3), grid);
        var (k, code) = (grid.Of(Clip.Intrinsics), new DepthCode(Single(packed, 16), Single(packed, 20)));
        var codes = MemoryMarshal.Cast<byte, ushort>(packed.AsSpan(32, 2 * 32 * 18));
        for (var y = 0; y < 18; y++)
            for (var x = 0; x < 32; x++)
            {
                var (here, z) = (k.Unproject(x, y, code.Decode(codes[(32 * y) + x])), Clip.Frame(0).Depth[(3 * x) + 1, (3 * y) + 1]);
                Assert.True((here - Clip.Intrinsics.Unproject((3 * x) + 1, (3 * y) + 1, z)).Length < 1e-4 * z);
            }
    }

    [Theory]
    [InlineData(0.01f, 5000f)]
    [InlineData(1f, 1.0001f)]
    [InlineData(7f, 7f)]
    public void Depth_codes_err_by_less_than_a_ten_thousandth_at_any_depth(float near, float far)
    {
        var code = DepthCode.For([far, near, 0, float.NaN, float.PositiveInfinity, -1]);
        Assert.Equal(new DepthCode(near, far), code);
        for (var z = near; z <= far; z *= 1.37f) Assert.InRange(code.Decode(code.Encode(z)) / z, 1 - 1e-4f, 1 + 1e-4f);
        foreach (var none in (float[])[0, -1, float.NaN, float.PositiveInfinity]) Assert.Equal(0, code.Encode(none));
        Assert.Equal(0, code.Decode(0));
    }

    [Fact]
    public void A_frame_without_depth_has_no_points()
    {
        var code = DepthCode.For([0, float.NaN]);
        Assert.Equal(0, code.Encode(float.NaN));
        Assert.Equal(new DepthCode(1, 1), code);
    }

    private static byte[] Packed(TruthSceneClip clip, int mostPoints, int frame, out FrameGrid grid)
    {
        grid = FrameGrid.Fitting(clip.Intrinsics.Width, clip.Intrinsics.Height, mostPoints);
        var packed = new FramePacker(clip, grid).Pack(frame);
        Assert.Equal("D3DV"u8.ToArray(), packed[..4]);
        Assert.Equal(frame, BinaryPrimitives.ReadInt32LittleEndian(packed.AsSpan(12)));
        return packed;
    }

    private static float Single(byte[] packed, int at) => BinaryPrimitives.ReadSingleLittleEndian(packed.AsSpan(at));
}
