using Depth3D.Inference.Registry;

namespace Depth3D.Inference.Images;

/// <summary>Turns pixels into a model's input tensor as its card says.</summary>
public static class ImagePacker
{
    /// <summary>value = (byte * scale - mean[c]) / std[c], channels and axes in the order of the card.</summary>
    /// <param name="rgb">Row-major RGB, interleaved, width * height * 3 bytes, already at the model's size.</param>
    /// <returns>[1, 3, H, W], or [1, H, W, 3] for channels-last models.</returns>
    /// <exception cref="ArgumentException">The number of bytes does not fit the size.</exception>
    public static OnnxTensor Pack(ReadOnlySpan<byte> rgb, int width, int height, ModelInput input)
    {
        var pixels = checked(width * height);
        if (rgb.Length != pixels * 3) throw new ArgumentException($"{rgb.Length} bytes for {width}x{height} RGB", nameof(rgb));
        var values = new float[pixels * 3];
        Span<float> table = stackalloc float[256];
        var planar = input.Layout == PixelLayout.Nchw;
        for (var channel = 0; channel < 3; channel++)
        {
            FillTable(table, input, channel);
            var source = input.Channels == ChannelOrder.Rgb ? channel : 2 - channel;
            var (start, step) = planar ? (channel * pixels, 1) : (channel, 3);
            for (var i = 0; i < pixels; i++) values[start + (i * step)] = table[rgb[(i * 3) + source]];
        }

        return planar ? new OnnxTensor(values, 1, 3, height, width) : new OnnxTensor(values, 1, height, width, 3);
    }

    private static void FillTable(Span<float> table, ModelInput input, int channel)
    {
        var mean = input.Mean.Count > 0 ? input.Mean[channel] : 0;
        var std = input.Std.Count > 0 ? input.Std[channel] : 1;
        for (var v = 0; v < table.Length; v++) table[v] = (float)(((v * input.Scale) - mean) / std);
    }
}
