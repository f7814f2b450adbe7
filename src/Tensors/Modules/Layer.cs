namespace TorchSharp.Modules;

/// <summary>What the layers share: making their parameters outside any scope.</summary>
public abstract class Layer : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private protected Layer(string name) : base(name)
    {
    }

    /// <summary>A parameter of uniform values in +-bound.</summary>
    private protected static Parameter Uniform(long[] shape, double bound, torch.Device? device, torch.ScalarType? dtype)
    {
        using var scope = torch.NewDisposeScope();
        return new Parameter(torch.nn.init.uniform_(torch.empty(shape, dtype, device), -bound, bound));
    }

    private protected static Parameter Constant(long[] shape, double value, torch.Device? device, torch.ScalarType? dtype)
    {
        using var scope = torch.NewDisposeScope();
        return new Parameter(torch.full(shape, value, dtype ?? torch.ScalarType.Float32, device));
    }

    private protected static torch.Tensor Buffer(long[] shape, double value, torch.Device? device, torch.ScalarType dtype) =>
        torch.full(shape, value, dtype, device).DetachFromDisposeScope();
}
