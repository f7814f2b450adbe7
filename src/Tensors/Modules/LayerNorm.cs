using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Ba et al. 2016: normalises the last dimensions of each sample.</summary>
    public sealed class LayerNorm : Layer
    {
        private readonly long[] _shape;
        private readonly double _eps;

        public Parameter? weight { get; }

        public Parameter? bias { get; }

        internal LayerNorm(long[] shape, double eps, bool affine, Device? device, ScalarType? dtype) : base(nameof(LayerNorm))
        {
            (_shape, _eps) = (shape, eps);
            if (!affine) return;
            register_parameter(nameof(weight), weight = Constant(shape, 1, device, dtype));
            register_parameter(nameof(bias), bias = Constant(shape, 0, device, dtype));
        }

        public override Tensor forward(Tensor input) => nn.functional.layer_norm(input, _shape, weight, bias, _eps);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.LayerNorm LayerNorm(long[] normalized_shape, double eps = 1e-05, bool elementwise_affine = true,
                Device? device = null, ScalarType? dtype = null) => new(normalized_shape, eps, elementwise_affine, device, dtype);
        }
    }
}
