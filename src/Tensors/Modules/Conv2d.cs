using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Convolution of [b, in, h, w]; weight [out, in / groups, kh, kw].</summary>
    public sealed class Conv2d : Layer
    {
        private readonly long[] _stride;
        private readonly long[] _padding;
        private readonly long[] _dilation;
        private readonly long _groups;
        private readonly PaddingModes _mode;

        public Parameter weight { get; }

        public Parameter? bias { get; }

        internal Conv2d(long inputs, long outputs, (long h, long w) kernel, (long h, long w) stride, (long h, long w) padding,
            (long h, long w) dilation, PaddingModes mode, long groups, bool hasBias, Device? device, ScalarType? dtype) : base(nameof(Conv2d))
        {
            (_stride, _padding, _dilation) = ([stride.h, stride.w], [padding.h, padding.w], [dilation.h, dilation.w]);
            (_groups, _mode) = (groups, mode);
            var bound = 1 / Math.Sqrt(Math.Max(1, inputs / groups * kernel.h * kernel.w));
            register_parameter(nameof(weight), weight = Uniform([outputs, inputs / groups, kernel.h, kernel.w], bound, device, dtype));
            if (hasBias) register_parameter(nameof(bias), bias = Uniform([outputs], bound, device, dtype));
        }

        public override Tensor forward(Tensor input)
        {
            if (_mode == PaddingModes.Zeros) return nn.functional.conv2d(input, weight, bias, _stride, _padding, _dilation, _groups);
            using var padded = nn.functional.pad(input, [_padding[1], _padding[1], _padding[0], _padding[0]], _mode);
            return nn.functional.conv2d(padded, weight, bias, _stride, [0, 0], _dilation, _groups);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Conv2d Conv2d(long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0,
                long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null,
                ScalarType? dtype = null) =>
                new(in_channels, out_channels, (kernel_size, kernel_size), (stride, stride), (padding, padding), (dilation, dilation),
                    padding_mode, groups, bias, device, dtype);

            public static Modules.Conv2d Conv2d(long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride = null,
                (long, long)? padding = null, (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1,
                bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, kernel_size, stride ?? (1, 1), padding ?? (0, 0), dilation ?? (1, 1), padding_mode, groups, bias,
                    device, dtype);
        }
    }
}
