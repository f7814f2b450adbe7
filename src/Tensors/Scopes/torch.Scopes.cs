namespace TorchSharp;

public static partial class torch
{
    /// <summary>Opens a scope on this thread. Usage: <c>using var scope = torch.NewDisposeScope();</c></summary>
    public static DisposeScope NewDisposeScope() => new();

    /// <summary>Runs a computation in its own scope; its result goes to the caller's scope.</summary>
    public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
    {
        using var scope = NewDisposeScope();
        return expr().MoveToOuterDisposeScope();
    }

    public partial class Tensor
    {
        /// <summary>The scope that disposes this tensor, if any.</summary>
        public DisposeScope? OwningDisposeScope { get; internal set; }

        /// <summary>Gives this tensor to the scope around its owner, or to nobody when there is none.</summary>
        public Tensor MoveToOuterDisposeScope() => OwningDisposeScope?.MoveToOuter(this) ?? this;

        /// <summary>Takes this tensor out of every scope: the caller disposes it.</summary>
        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope = null;
            return this;
        }

        /// <summary>Gives this tensor to the given scope.</summary>
        public Tensor MoveToOtherDisposeScope(DisposeScope other) => other.Attach(this);
    }
}
