using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>A layer without parameters.</summary>
    public sealed class Activation : Layer
    {
        private readonly Func<Tensor, bool, Tensor> _function;

        /// <param name="function">Takes the input and whether the module is training.</param>
        internal Activation(string name, Func<Tensor, bool, Tensor> function) : base(name) => _function = function;

        public override Tensor forward(Tensor input) => _function(input, training);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Activation ReLU(bool inplace = false) => new(nameof(ReLU), (x, _) => functional.relu(x, inplace));

            public static Modules.Activation LeakyReLU(double negative_slope = 0.01, bool inplace = false) =>
                new(nameof(LeakyReLU), (x, _) => functional.leaky_relu(x, negative_slope, inplace));

            public static Modules.Activation ELU(double alpha = 1.0) => new(nameof(ELU), (x, _) => x.elu(alpha));

            public static Modules.Activation GELU() => new(nameof(GELU), (x, _) => x.gelu());

            public static Modules.Activation SiLU() => new(nameof(SiLU), (x, _) => x.silu());

            public static Modules.Activation Sigmoid() => new(nameof(Sigmoid), (x, _) => x.sigmoid());

            public static Modules.Activation Tanh() => new(nameof(Tanh), (x, _) => x.tanh());

            public static Modules.Activation Softplus(double beta = 1, double threshold = 20) =>
                new(nameof(Softplus), (x, _) => x.softplus(beta, threshold));

            public static Modules.Activation Softmax(long dim) => new(nameof(Softmax), (x, _) => x.softmax(dim));

            public static Modules.Activation Identity() => new(nameof(Identity), (x, _) => x.alias());

            public static Modules.Activation Flatten(long start_dim = 1, long end_dim = -1) =>
                new(nameof(Flatten), (x, _) => x.flatten(start_dim, end_dim));

            public static Modules.Activation Dropout(double p = 0.5) =>
                new(nameof(Dropout), (x, training) => functional.dropout(x, p, training));

            public static Modules.Activation MaxPool2d(long kernel_size, long? stride = null, long? padding = null) =>
                new(nameof(MaxPool2d), (x, _) => functional.max_pool2d(x, kernel_size, stride, padding));

            public static Modules.Activation AvgPool2d(long kernel_size, long? stride = null, long padding = 0) =>
                new(nameof(AvgPool2d), (x, _) => functional.avg_pool2d(x, kernel_size, stride, padding));
        }
    }
}
