namespace TorchSharp.Modules;

/// <summary>A tensor that training changes. It belongs to its module, not to any scope.</summary>
public sealed class Parameter : torch.Tensor
{
    /// <param name="data">The values; this tensor is taken over and invalid afterwards.</param>
    public Parameter(torch.Tensor data, bool requires_grad = true) : base(LibTorch.d3t_detach(data.H), scoped: false)
    {
        data.Dispose();
        this.requires_grad = requires_grad;
    }

    /// <summary>A further owner of a native parameter, as TorchScript hands them out.</summary>
    internal Parameter(nint native) : base(native, scoped: false)
    {
    }
}
