using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Transposed convolution of [b, in, h, w]; weight [in, out / groups, kh, kw].</summary>
    public sealed class ConvTranspose2d : Layer
    {
        private readonly long[] _stride;
        private readonly long[] _padding;
        private readonly long[] _outputPadding;
        private readonly long[] _dilation;
        private readonly long _groups;

        public Parameter weight { get; }

        public Parameter? bias { get; }

        internal ConvTranspose2d(long inputs, long outputs, long kernel, long stride, long padding, long outputPadding, long dilation, long groups,
            bool hasBias, Device? device, ScalarType? dtype) : base(nameof(ConvTranspose2d))
        {
            (_stride, _padding, _outputPadding, _dilation, _groups) = ([stride], [padding], [outputPadding], [dilation], groups);
            var bound = 1 / Math.Sqrt(Math.Max(1, outputs / groups * kernel * kernel));
            register_parameter(nameof(weight), weight = Uniform([inputs, outputs / groups, kernel, kernel], bound, device, dtype));
            if (hasBias) register_parameter(nameof(bias), bias = Uniform([outputs], bound, device, dtype));
        }

        public override Tensor forward(Tensor input) =>
            nn.functional.conv_transpose2d(input, weight, bias, _stride, _padding, _outputPadding, _dilation, _groups);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <param name="padding_mode">Only zeros.</param>
            public static Modules.ConvTranspose2d ConvTranspose2d(long in_channels, long out_channels, long kernel_size, long stride = 1,
                long padding = 0, long output_padding = 0, long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1,
                bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                padding_mode == PaddingModes.Zeros
                    ? new(in_channels, out_channels, kernel_size, stride, padding, output_padding, dilation, groups, bias, device, dtype)
                    : throw new ArgumentException($"ConvTranspose2d: padding_mode must be Zeros, got {padding_mode}");
        }
    }
}
