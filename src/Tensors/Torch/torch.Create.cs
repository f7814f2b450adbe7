using System.Runtime.CompilerServices;

namespace TorchSharp;

public static unsafe partial class torch
{
    private delegate nint Sized(long* size, long count, int dtype, int device);

    private static Tensor Create(Sized make, ReadOnlySpan<long> size, ScalarType? dtype, Device? device, bool requires_grad)
    {
        nint result;
        fixed (long* p = size) result = make(p, size.Length, (int)(dtype ?? ScalarType.Float32), At(device));
        return Finish(result, requires_grad);
    }

    private static Tensor Finish(nint native, bool requires_grad)
    {
        var result = new Tensor(native);
        return requires_grad ? result.requires_grad_() : result;
    }

    public static Tensor empty(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Create(LibTorch.d3t_empty, size, dtype, device, requires_grad);

    public static Tensor zeros(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Create(LibTorch.d3t_zeros, size, dtype, device, requires_grad);

    public static Tensor ones(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Create(LibTorch.d3t_ones, size, dtype, device, requires_grad);

    public static Tensor rand(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Create(LibTorch.d3t_rand, size, dtype, device, requires_grad);

    public static Tensor randn(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Create(LibTorch.d3t_randn, size, dtype, device, requires_grad);

    public static Tensor empty(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        empty((ReadOnlySpan<long>)size, dtype, device, requires_grad);

    public static Tensor zeros(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        zeros((ReadOnlySpan<long>)size, dtype, device, requires_grad);

    public static Tensor ones(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        ones((ReadOnlySpan<long>)size, dtype, device, requires_grad);

    public static Tensor rand(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        rand((ReadOnlySpan<long>)size, dtype, device, requires_grad);

    public static Tensor randn(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        randn((ReadOnlySpan<long>)size, dtype, device, requires_grad);

    public static Tensor full(ReadOnlySpan<long> size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        fixed (long* p = size)
        {
            return Finish(LibTorch.d3t_full(p, size.Length, value, (int)(dtype ?? KindOf(value)), At(device)), requires_grad);
        }
    }

    public static Tensor full(long[] size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        full((ReadOnlySpan<long>)size, value, dtype, device, requires_grad);

    public static Tensor randint(long low, long high, ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null)
    {
        fixed (long* p = size) return new Tensor(LibTorch.d3t_randint(low, high, p, size.Length, (int)(dtype ?? ScalarType.Int64), At(device)));
    }

    public static Tensor randint(long low, long high, long[] size, ScalarType? dtype = null, Device? device = null) =>
        randint(low, high, (ReadOnlySpan<long>)size, dtype, device);

    public static Tensor randperm(long n, ScalarType? dtype = null, Device? device = null) =>
        new(LibTorch.d3t_randperm(n, (int)(dtype ?? ScalarType.Int64), At(device)));

    public static Tensor eye(long rows, long columns = -1, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(LibTorch.d3t_eye(rows, columns < 0 ? rows : columns, (int)(dtype ?? ScalarType.Float32), At(device)), requires_grad);

    public static Tensor arange(Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        var whole = !start.IsFloat && !stop.IsFloat && !step.IsFloat;
        var type = dtype ?? (whole ? ScalarType.Int64 : ScalarType.Float32);
        return Finish(LibTorch.d3t_arange(start, stop, step, (int)type, At(device)), requires_grad);
    }

    [OverloadResolutionPriority(1)] // a literal 0 would otherwise be taken for an element type
    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(start, stop, 1, dtype, device, requires_grad);

    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(0, stop, 1, dtype, device, requires_grad);

    public static Tensor linspace(double start, double end, long steps, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(LibTorch.d3t_linspace(start, end, steps, (int)(dtype ?? ScalarType.Float32), At(device)), requires_grad);

    public static Tensor zeros_like(Tensor input) => new(LibTorch.d3t_zeros_like(input.H));

    public static Tensor ones_like(Tensor input) => new(LibTorch.d3t_ones_like(input.H));

    public static Tensor empty_like(Tensor input) => new(LibTorch.d3t_empty_like(input.H));

    public static Tensor full_like(Tensor input, Scalar value) => new(LibTorch.d3t_full_like(input.H, value));

    public static Tensor rand_like(Tensor input) => new(LibTorch.d3t_rand_like(input.H));

    public static Tensor randn_like(Tensor input) => new(LibTorch.d3t_randn_like(input.H));

    private static ScalarType KindOf(Scalar value) => value.Kind switch { 0 => ScalarType.Int64, 2 => ScalarType.Bool, _ => ScalarType.Float32 };
}
