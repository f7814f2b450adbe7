using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Ioffe and Szegedy 2015: per channel of [b, c, h, w], by the batch in training and by running statistics otherwise.</summary>
    public sealed class BatchNorm2d : Layer
    {
        private readonly double _eps;
        private readonly double _momentum;

        public Parameter? weight { get; }

        public Parameter? bias { get; }

        public Tensor? running_mean { get; }

        public Tensor? running_var { get; }

        public Tensor? num_batches_tracked { get; }

        internal BatchNorm2d(long features, double eps, double momentum, bool affine, bool track, Device? device, ScalarType? dtype)
            : base(nameof(BatchNorm2d))
        {
            (_eps, _momentum) = (eps, momentum);
            if (affine)
            {
                register_parameter(nameof(weight), weight = Constant([features], 1, device, dtype));
                register_parameter(nameof(bias), bias = Constant([features], 0, device, dtype));
            }

            if (!track) return;
            register_buffer(nameof(running_mean), running_mean = Buffer([features], 0, device, dtype ?? ScalarType.Float32));
            register_buffer(nameof(running_var), running_var = Buffer([features], 1, device, dtype ?? ScalarType.Float32));
            register_buffer(nameof(num_batches_tracked), num_batches_tracked = Buffer([], 0, device, ScalarType.Int64));
        }

        public override Tensor forward(Tensor input)
        {
            if (training) num_batches_tracked?.add_(1);
            return nn.functional.batch_norm(input, running_mean, running_var, weight, bias, training || running_mean is null, _momentum, _eps);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.BatchNorm2d BatchNorm2d(long features, double eps = 1e-05, double momentum = 0.1, bool affine = true,
                bool track_running_stats = true, Device? device = null, ScalarType? dtype = null) =>
                new(features, eps, momentum, affine, track_running_stats, device, dtype);
        }
    }
}
