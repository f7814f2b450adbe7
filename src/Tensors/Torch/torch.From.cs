namespace TorchSharp;

public static unsafe partial class torch
{
    /// <summary>A copy of the values with the given shape.</summary>
    /// <exception cref="ArgumentException">The number of values is not the product of the dimensions.</exception>
    internal static Tensor From<T>(ReadOnlySpan<T> values, ReadOnlySpan<long> dimensions, ScalarType? dtype, Device? device, bool requires_grad)
        where T : unmanaged
    {
        long expected = 1;
        foreach (var side in dimensions) expected = checked(expected * side);
        if (expected != values.Length)
            throw new ArgumentException($"tensor: {values.Length} values for shape [{string.Join('x', dimensions.ToArray())}], expected {expected}");
        var own = TypeOf<T>();
        nint native;
        fixed (T* data = values)
        fixed (long* size = dimensions)
        {
            byte none;
            native = LibTorch.d3t_from_buffer(data == null ? &none : (void*)data, size, dimensions.Length, (int)own, At(device));
        }

        var result = new Tensor(native);
        if (dtype is { } wanted && wanted != own)
        {
            using var first = result;
            result = first.to(wanted);
        }

        return requires_grad ? result.requires_grad_() : result;
    }
}
