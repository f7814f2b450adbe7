using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>y = x W' + b for the last dimension; weight [out, in].</summary>
    public sealed class Linear : Layer
    {
        public Parameter weight { get; }

        public Parameter? bias { get; }

        internal Linear(long inputs, long outputs, bool hasBias, Device? device, ScalarType? dtype) : base(nameof(Linear))
        {
            var bound = 1 / Math.Sqrt(Math.Max(1, inputs));
            register_parameter(nameof(weight), weight = Uniform([outputs, inputs], bound, device, dtype));
            if (hasBias) register_parameter(nameof(bias), bias = Uniform([outputs], bound, device, dtype));
        }

        public override Tensor forward(Tensor input) => nn.functional.linear(input, weight, bias);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Linear Linear(long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, outputSize, hasBias, device, dtype);
        }
    }
}
