using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>
    /// Adam (Kingma and Ba 2015) and AdamW (Loshchilov and Hutter 2019): one native call per step. The moments are open, so a checkpoint
    /// restores them exactly.
    /// </summary>
    public sealed class Adam : optim.Optimizer
    {
        private readonly State[] _states;
        private readonly (double Beta1, double Beta2, double Eps, double Decay, bool Decoupled, bool Amsgrad, bool Maximize) _options;

        internal Adam(IEnumerable<Parameter> parameters, double lr,
            (double Beta1, double Beta2, double Eps, double Decay, bool Decoupled, bool Amsgrad, bool Maximize) options) : base(parameters, lr)
        {
            if (options.Beta1 is < 0 or >= 1) throw new ArgumentOutOfRangeException(nameof(options), options.Beta1, "beta1 must be in [0, 1)");
            if (options.Beta2 is < 0 or >= 1) throw new ArgumentOutOfRangeException(nameof(options), options.Beta2, "beta2 must be in [0, 1)");
            _options = options;
            _states = [.. Parameters.Select(p => new State(p, options.Amsgrad))];
        }

        /// <summary>The state of every parameter, in the order of <see cref="optim.Optimizer.Parameters"/>.</summary>
        public IReadOnlyList<State> States => _states;

        private protected override unsafe void Update()
        {
            var steps = Array.ConvertAll(_states, s => s.step);
            var maxima = _options.Amsgrad ? TensorList.Raw(_states.Select(s => s.max_exp_avg_sq!)) : [];
            fixed (nint* p = TensorList.Raw(Parameters), m = TensorList.Raw(_states.Select(s => s.exp_avg)), v = TensorList.Raw(_states.Select(s => s.exp_avg_sq)), x = maxima)
            fixed (long* n = steps)
            {
                LibTorch.Check(LibTorch.d3t_adam_step(p, m, v, x, n, steps.Length, Group.LearningRate, _options.Beta1, _options.Beta2,
                    _options.Eps, _options.Decay, _options.Decoupled ? 1 : 0, _options.Amsgrad ? 1 : 0, _options.Maximize ? 1 : 0));
            }

            for (var i = 0; i < steps.Length; ++i) _states[i].step = steps[i];
            GC.KeepAlive(this);
        }

        protected override void Dispose(bool disposing)
        {
            foreach (var state in _states) state.Dispose();
        }

        /// <summary>What Adam remembers of one parameter.</summary>
        public sealed class State : IDisposable
        {
            internal State(Parameter parameter, bool amsgrad)
            {
                using var scope = NewDisposeScope();
                using var plain = parameter.detach();
                exp_avg = zeros_like(plain).DetachFromDisposeScope();
                exp_avg_sq = zeros_like(plain).DetachFromDisposeScope();
                max_exp_avg_sq = amsgrad ? zeros_like(plain).DetachFromDisposeScope() : null;
            }

            /// <summary>Steps this parameter has taken; steps without a gradient do not count.</summary>
            public long step { get; set; }

            /// <summary>Running mean of the gradient. Restore it with <c>copy_</c>.</summary>
            public Tensor exp_avg { get; }

            /// <summary>Running mean of the squared gradient. Restore it with <c>copy_</c>.</summary>
            public Tensor exp_avg_sq { get; }

            public Tensor? max_exp_avg_sq { get; }

            public void Dispose()
            {
                exp_avg.Dispose();
                exp_avg_sq.Dispose();
                max_exp_avg_sq?.Dispose();
            }
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            public static Modules.Adam Adam(IEnumerable<Modules.Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
                double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, (beta1, beta2, eps, weight_decay, false, amsgrad, maximize));

            public static Modules.Adam AdamW(IEnumerable<Modules.Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
                double eps = 1e-8, double weight_decay = 1e-2, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, (beta1, beta2, eps, weight_decay, true, amsgrad, maximize));
        }
    }
}
