namespace TorchSharp;

/// <summary>
/// Disposes the tensors made on this thread while it is the innermost scope. Scopes belong to the thread that opened them: never await
/// inside one. Only the owner recorded in a tensor counts; an entry of a tensor that moved away is skipped.
/// </summary>
public sealed class DisposeScope : IDisposable
{
    [ThreadStatic]
    private static DisposeScope? _current;

    private readonly List<torch.Tensor> _tensors = [];
    private int _pruneAt = 256;
    private bool _disposed;

    internal DisposeScope()
    {
        OuterScope = _current;
        _current = this;
    }

    /// <summary>The scope that was innermost when this one was opened.</summary>
    public DisposeScope? OuterScope { get; private set; }

    /// <summary>The innermost open scope of this thread.</summary>
    internal static DisposeScope? Current => _current;

    /// <summary>How many live tensors this scope owns.</summary>
    public int DisposablesCount => _tensors.Count(Owns);

    /// <summary>Whether this scope will dispose the tensor.</summary>
    public bool Contains(torch.Tensor tensor) => Owns(tensor);

    /// <summary>Takes a tensor over from whichever scope owned it.</summary>
    public T Attach<T>(T tensor) where T : torch.Tensor
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!Owns(tensor)) Add(tensor);
        return tensor;
    }

    /// <summary>Gives a tensor to the outer scope, or to nobody when there is none.</summary>
    public T MoveToOuter<T>(T tensor) where T : torch.Tensor
    {
        if (OuterScope is { } outer) outer.Attach(tensor);
        else tensor.OwningDisposeScope = null;
        return tensor;
    }

    /// <summary>Takes a tensor out of every scope: the caller disposes it.</summary>
    public T Detach<T>(T tensor) where T : torch.Tensor
    {
        tensor.OwningDisposeScope = null;
        return tensor;
    }

    /// <summary>Disposes what the scope owns now and stays open.</summary>
    public void DisposeEverything() => DisposeEverythingBut([]);

    /// <summary>Disposes what the scope owns now, except the given tensors, and stays open.</summary>
    public void DisposeEverythingBut(params IEnumerable<torch.Tensor> keep)
    {
        var kept = keep.ToHashSet();
        foreach (var tensor in _tensors)
        {
            if (ReferenceEquals(tensor.OwningDisposeScope, this) && !kept.Contains(tensor)) tensor.Dispose();
        }

        _tensors.RemoveAll(t => !Owns(t));
    }

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        Unlink();
        foreach (var tensor in _tensors)
        {
            if (ReferenceEquals(tensor.OwningDisposeScope, this)) tensor.Dispose();
        }

        _tensors.Clear();
    }

    internal void Add(torch.Tensor tensor)
    {
        if (_tensors.Count == _pruneAt)
        {
            _tensors.RemoveAll(t => !Owns(t));
            _pruneAt = Math.Max(256, 2 * _tensors.Count);
        }

        tensor.OwningDisposeScope = this;
        _tensors.Add(tensor);
    }

    private bool Owns(torch.Tensor tensor) => ReferenceEquals(tensor.OwningDisposeScope, this) && !tensor.IsInvalid;

    private void Unlink()
    {
        if (ReferenceEquals(_current, this))
        {
            _current = OuterScope;
            return;
        }

        for (var inner = _current; inner is not null; inner = inner.OuterScope)
        {
            if (!ReferenceEquals(inner.OuterScope, this)) continue;
            inner.OuterScope = OuterScope;
            return;
        }
    }
}
