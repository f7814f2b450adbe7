using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Something whose learning rate a schedule sets.</summary>
        public interface ILearningRateController
        {
            double LearningRate { get; set; }

            double InitialLearningRate { get; }
        }

        /// <summary>Changes parameters by their gradients. Its state belongs to it and outlives scopes.</summary>
        public abstract class Optimizer : IDisposable
        {
            private readonly List<Parameter> _parameters;

            private protected Optimizer(IEnumerable<Parameter> parameters, double lr)
            {
                _parameters = [.. parameters];
                if (_parameters.Count == 0) throw new ArgumentException("an optimiser needs at least one parameter");
                if (lr < 0) throw new ArgumentOutOfRangeException(nameof(lr), lr, "a learning rate must not be negative");
                Group = new ParamGroup(lr);
            }

            public IEnumerable<ILearningRateController> ParamGroups => [Group];

            public IReadOnlyList<Parameter> Parameters => _parameters;

            public IEnumerable<Parameter> parameters() => _parameters;

            private protected ParamGroup Group { get; }

            public void zero_grad(bool set_to_none = true) => GradientLists.Zero(_parameters, set_to_none);

            /// <summary>Changes every parameter that has a gradient.</summary>
            /// <param name="closure">Computes the loss and its gradients first.</param>
            public Tensor? step(Func<Tensor>? closure = null)
            {
                Tensor? loss = null;
                if (closure is not null)
                {
                    using var grad = enable_grad();
                    loss = closure();
                }

                Update();
                return loss;
            }

            public void Dispose()
            {
                Dispose(disposing: true);
                GC.SuppressFinalize(this);
            }

            private protected abstract void Update();

            protected abstract void Dispose(bool disposing);

            private protected sealed class ParamGroup(double lr) : ILearningRateController
            {
                public double LearningRate { get; set; } = lr;

                public double InitialLearningRate { get; } = lr;
            }
        }
    }
}
