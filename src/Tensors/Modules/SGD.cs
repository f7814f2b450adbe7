using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Gradient descent, with momentum if wanted: one native call per step.</summary>
    public sealed class SGD : optim.Optimizer
    {
        private readonly Tensor[] _momenta;
        private readonly long[] _started;
        private readonly (double Momentum, double Dampening, double Decay, bool Nesterov, bool Maximize) _options;

        internal SGD(IEnumerable<Parameter> parameters, double lr,
            (double Momentum, double Dampening, double Decay, bool Nesterov, bool Maximize) options) : base(parameters, lr)
        {
            _options = options;
            using var scope = NewDisposeScope();
            _momenta = options.Momentum == 0 ? [] : [.. Parameters.Select(p => zeros_like(p.detach()).DetachFromDisposeScope())];
            _started = new long[Parameters.Count];
        }

        private protected override unsafe void Update()
        {
            fixed (nint* p = TensorList.Raw(Parameters), m = TensorList.Raw(_momenta))
            fixed (long* s = _started)
            {
                LibTorch.Check(LibTorch.d3t_sgd_step(p, m, s, _started.Length, Group.LearningRate, _options.Momentum, _options.Dampening,
                    _options.Decay, _options.Nesterov ? 1 : 0, _options.Maximize ? 1 : 0));
            }

            GC.KeepAlive(this);
        }

        protected override void Dispose(bool disposing)
        {
            foreach (var momentum in _momenta) momentum.Dispose();
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            public static Modules.SGD SGD(IEnumerable<Modules.Parameter> parameters, double learningRate, double momentum = 0.0,
                double dampening = 0.0, double weight_decay = 0.0, bool nesterov = false, bool maximize = false) =>
                new(parameters, learningRate, (momentum, dampening, weight_decay, nesterov, maximize));
        }
    }
}
