using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>Reductions: the functions of native/torch/reductions.cpp.</summary>
internal static unsafe partial class LibTorch
{
    [LibraryImport(Library)]
    internal static partial nint d3t_sum(TensorHandle a, int dtype);

    [LibraryImport(Library)]
    internal static partial nint d3t_mean(TensorHandle a, int dtype);

    [LibraryImport(Library)]
    internal static partial nint d3t_prod(TensorHandle a, int dtype);

    [LibraryImport(Library)]
    internal static partial nint d3t_sum_dim(TensorHandle a, long* dim, long n, int keepdim, int dtype);

    [LibraryImport(Library)]
    internal static partial nint d3t_mean_dim(TensorHandle a, long* dim, long n, int keepdim, int dtype);

    [LibraryImport(Library)]
    internal static partial nint d3t_prod_dim(TensorHandle a, long dim, int keepdim, int dtype);

    [LibraryImport(Library)]
    internal static partial nint d3t_std(TensorHandle a, int unbiased);

    [LibraryImport(Library)]
    internal static partial nint d3t_var(TensorHandle a, int unbiased);

    [LibraryImport(Library)]
    internal static partial nint d3t_std_dim(TensorHandle a, long* dim, long n, int unbiased, int keepdim);

    [LibraryImport(Library)]
    internal static partial nint d3t_var_dim(TensorHandle a, long* dim, long n, int unbiased, int keepdim);

    [LibraryImport(Library)]
    internal static partial nint d3t_max(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_min(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_median(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_any(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_all(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_any_dim(TensorHandle a, long dim, int keepdim);

    [LibraryImport(Library)]
    internal static partial nint d3t_all_dim(TensorHandle a, long dim, int keepdim);

    [LibraryImport(Library)]
    internal static partial nint d3t_amax(TensorHandle a, long* dim, long n, int keepdim);

    [LibraryImport(Library)]
    internal static partial nint d3t_amin(TensorHandle a, long* dim, long n, int keepdim);

    [LibraryImport(Library)]
    internal static partial nint d3t_argmax(TensorHandle a, long dim, int hasDim, int keepdim);

    [LibraryImport(Library)]
    internal static partial nint d3t_argmin(TensorHandle a, long dim, int hasDim, int keepdim);

    [LibraryImport(Library)]
    internal static partial nint d3t_cumsum(TensorHandle a, long dim);

    [LibraryImport(Library)]
    internal static partial nint d3t_cumprod(TensorHandle a, long dim);

    [LibraryImport(Library)]
    internal static partial nint d3t_logsumexp(TensorHandle a, long dim, int keepdim);

    [LibraryImport(Library)]
    internal static partial nint d3t_softmax(TensorHandle a, long dim);

    [LibraryImport(Library)]
    internal static partial nint d3t_log_softmax(TensorHandle a, long dim);

    [LibraryImport(Library)]
    internal static partial nint d3t_norm(TensorHandle a, double p);

    [LibraryImport(Library)]
    internal static partial nint d3t_norm_dim(TensorHandle a, double p, long* dim, long n, int keepdim);

    [LibraryImport(Library)]
    internal static partial nint d3t_quantile(TensorHandle a, TensorHandle q, long dim, int hasDim, int keepdim);

    [LibraryImport(Library)]
    internal static partial int d3t_max_dim(TensorHandle a, long dim, int keepdim, nint* values, nint* indices);

    [LibraryImport(Library)]
    internal static partial int d3t_min_dim(TensorHandle a, long dim, int keepdim, nint* values, nint* indices);

    [LibraryImport(Library)]
    internal static partial int d3t_median_dim(TensorHandle a, long dim, int keepdim, nint* values, nint* indices);

    [LibraryImport(Library)]
    internal static partial int d3t_sort(TensorHandle a, long dim, int descending, int stable, nint* values, nint* indices);

    [LibraryImport(Library)]
    internal static partial int d3t_topk(TensorHandle a, long k, long dim, int largest, int sorted, nint* values, nint* indices);
}
