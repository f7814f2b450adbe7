using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>Life cycle, creation, data transfer, autograd switches, threads, devices: the functions of native/torch/core.cpp.</summary>
internal static unsafe partial class LibTorch
{
    [LibraryImport(Library)]
    internal static partial int d3t_abi_version();

    [LibraryImport(Library)]
    internal static partial byte* d3t_last_error();

    [LibraryImport(Library)]
    internal static partial byte* d3t_libtorch_version();

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial long d3t_live_tensors();

    [LibraryImport(Library)]
    internal static partial void d3t_free(nint t);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial long d3t_pressure(nint t);

    [LibraryImport(Library)]
    internal static partial nint d3t_empty(long* size, long n, int dtype, int device);

    [LibraryImport(Library)]
    internal static partial nint d3t_zeros(long* size, long n, int dtype, int device);

    [LibraryImport(Library)]
    internal static partial nint d3t_ones(long* size, long n, int dtype, int device);

    [LibraryImport(Library)]
    internal static partial nint d3t_full(long* size, long n, Scalar value, int dtype, int device);

    [LibraryImport(Library)]
    internal static partial nint d3t_eye(long rows, long columns, int dtype, int device);

    [LibraryImport(Library)]
    internal static partial nint d3t_arange(Scalar start, Scalar stop, Scalar step, int dtype, int device);

    [LibraryImport(Library)]
    internal static partial nint d3t_linspace(double start, double end, long steps, int dtype, int device);

    [LibraryImport(Library)]
    internal static partial nint d3t_rand(long* size, long n, int dtype, int device);

    [LibraryImport(Library)]
    internal static partial nint d3t_randn(long* size, long n, int dtype, int device);

    [LibraryImport(Library)]
    internal static partial nint d3t_randint(long low, long high, long* size, long n, int dtype, int device);

    [LibraryImport(Library)]
    internal static partial nint d3t_randperm(long count, int dtype, int device);

    [LibraryImport(Library)]
    internal static partial nint d3t_zeros_like(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_ones_like(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_empty_like(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_full_like(TensorHandle a, Scalar value);

    [LibraryImport(Library)]
    internal static partial nint d3t_rand_like(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_randn_like(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial int d3t_manual_seed(long seed);

    [LibraryImport(Library)]
    internal static partial nint d3t_from_buffer(void* data, long* size, long n, int dtype, int device);

    [LibraryImport(Library)]
    internal static partial int d3t_to_buffer(TensorHandle a, void* data, long capacity);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial long d3t_dim(TensorHandle a);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial long d3t_numel(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial long d3t_nbytes(TensorHandle a);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int d3t_dtype(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial int d3t_device(TensorHandle a);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int d3t_requires_grad(TensorHandle a);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int d3t_is_leaf(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial int d3t_is_contiguous(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial int d3t_is_channels_last(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial void d3t_sizes(TensorHandle a, long* @out);

    [LibraryImport(Library)]
    internal static partial void d3t_strides(TensorHandle a, long* @out);

    [LibraryImport(Library)]
    internal static partial nint d3t_data_ptr(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial int d3t_item_double(TensorHandle a, double* @out);

    [LibraryImport(Library)]
    internal static partial int d3t_item_int64(TensorHandle a, long* @out);

    [LibraryImport(Library)]
    internal static partial nint d3t_alias(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_to(TensorHandle a, int dtype, int device, int copy);

    [LibraryImport(Library)]
    internal static partial nint d3t_to_channels_last(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_contiguous(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_clone(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_detach(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial int d3t_detach_(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial int d3t_copy_(TensorHandle a, TensorHandle source);

    [LibraryImport(Library)]
    internal static partial int d3t_set_data(TensorHandle a, TensorHandle source);

    [LibraryImport(Library)]
    internal static partial int d3t_set_requires_grad(TensorHandle a, int on);

    [LibraryImport(Library)]
    internal static partial int d3t_backward(TensorHandle a, TensorHandle gradient, int retainGraph, int createGraph);

    [LibraryImport(Library)]
    internal static partial nint d3t_grad(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial int d3t_set_grad(TensorHandle a, TensorHandle gradient);

    [LibraryImport(Library)]
    internal static partial int d3t_autograd_grad(nint* outputs, long outputsN, nint* inputs, long inputsN, nint* seeds, long seedsN, int retainGraph, int createGraph, int allowUnused, nint* result);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int d3t_grad_enabled();

    [LibraryImport(Library)]
    internal static partial void d3t_set_grad_enabled(int on);

    [LibraryImport(Library)]
    internal static partial int d3t_set_num_threads(int n);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int d3t_get_num_threads();

    [LibraryImport(Library)]
    internal static partial int d3t_cuda_is_available();

    [LibraryImport(Library)]
    internal static partial int d3t_cuda_device_count();

    [LibraryImport(Library)]
    internal static partial int d3t_cuda_synchronize(int device);

    [LibraryImport(Library)]
    internal static partial int d3t_cuda_manual_seed_all(long seed);

    [LibraryImport(Library)]
    internal static partial byte* d3t_blas_name();
}
