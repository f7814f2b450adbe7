using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Wu and He 2018: normalises groups of channels of each sample.</summary>
    public sealed class GroupNorm : Layer
    {
        private readonly long _groups;
        private readonly double _eps;

        public Parameter? weight { get; }

        public Parameter? bias { get; }

        internal GroupNorm(long groups, long channels, double eps, bool affine, Device? device, ScalarType? dtype) : base(nameof(GroupNorm))
        {
            (_groups, _eps) = (groups, eps);
            if (!affine) return;
            register_parameter(nameof(weight), weight = Constant([channels], 1, device, dtype));
            register_parameter(nameof(bias), bias = Constant([channels], 0, device, dtype));
        }

        public override Tensor forward(Tensor input) => nn.functional.group_norm(input, _groups, weight, bias, _eps);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.GroupNorm GroupNorm(long num_groups, long num_channels, double eps = 1e-05, bool affine = true,
                Device? device = null, ScalarType? dtype = null) => new(num_groups, num_channels, eps, affine, device, dtype);
        }
    }
}
