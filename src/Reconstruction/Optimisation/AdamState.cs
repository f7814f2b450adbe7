using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>
/// Adam for a group of tensors, with its moments in the open so that a checkpoint holds all of it. Bias correction counts the group's own
/// updates. eps 1e-8, no weight decay (spec 4.3).
/// </summary>
internal sealed class AdamState : IDisposable
{
    private const double Epsilon = 1e-8;
    private readonly double _beta1;
    private readonly double _beta2;

    public AdamState(IReadOnlyList<(string Name, Tensor Value)> parameters, double beta1, double beta2)
    {
        Parameters = parameters;
        (_beta1, _beta2) = (beta1, beta2);
        First = [.. parameters.Select(p => zeros_like(p.Value.detach()).DetachFromDisposeScope())];
        Second = [.. parameters.Select(p => zeros_like(p.Value.detach()).DetachFromDisposeScope())];
    }

    public IReadOnlyList<(string Name, Tensor Value)> Parameters { get; }

    public IReadOnlyList<Tensor> First { get; }

    public IReadOnlyList<Tensor> Second { get; }

    /// <summary>Moves every parameter against its gradient and clears the gradient.</summary>
    /// <param name="update">How many updates this group has had, counting this one.</param>
    public void Step(double learningRate, int update)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var (correction1, correction2) = (1 - Math.Pow(_beta1, update), 1 - Math.Pow(_beta2, update));
        for (var i = 0; i < Parameters.Count; i++)
        {
            var value = Parameters[i].Value;
            if (value.grad is not { } gradient) continue;
            First[i].mul_(_beta1).add_(gradient.mul(1 - _beta1));
            Second[i].mul_(_beta2).add_(gradient.square().mul(1 - _beta2));
            var scale = Second[i].div(correction2).sqrt().add(Epsilon);
            value.sub_(First[i].div(scale).mul(learningRate / correction1));
            gradient.zero_();
        }
    }

    /// <summary>Every parameter with its moments, as checkpoints name them.</summary>
    public IEnumerable<(string Name, Tensor Value)> Stateful() =>
        Parameters.SelectMany((p, i) => new[] { p, ($"{p.Name}.adam1", First[i]), ($"{p.Name}.adam2", Second[i]) });

    public void Dispose()
    {
        foreach (var tensor in First.Concat(Second)) tensor.Dispose();
    }
}
