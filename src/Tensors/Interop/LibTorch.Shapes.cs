using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>Shapes, joins, linear algebra, indexing: the functions of native/torch/shapes.cpp.</summary>
internal static unsafe partial class LibTorch
{
    [LibraryImport(Library)]
    internal static partial nint d3t_reshape(TensorHandle a, long* size, long n);

    [LibraryImport(Library)]
    internal static partial nint d3t_view(TensorHandle a, long* size, long n);

    [LibraryImport(Library)]
    internal static partial nint d3t_permute(TensorHandle a, long* dims, long n);

    [LibraryImport(Library)]
    internal static partial nint d3t_expand(TensorHandle a, long* size, long n);

    [LibraryImport(Library)]
    internal static partial nint d3t_repeat(TensorHandle a, long* sizes, long n);

    [LibraryImport(Library)]
    internal static partial nint d3t_repeat_interleave(TensorHandle a, long repeats, long dim);

    [LibraryImport(Library)]
    internal static partial nint d3t_flip(TensorHandle a, long* dims, long n);

    [LibraryImport(Library)]
    internal static partial nint d3t_roll(TensorHandle a, long* shifts, long n, long* dims, long m);

    [LibraryImport(Library)]
    internal static partial nint d3t_transpose(TensorHandle a, long dim0, long dim1);

    [LibraryImport(Library)]
    internal static partial nint d3t_squeeze(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_squeeze_dim(TensorHandle a, long dim);

    [LibraryImport(Library)]
    internal static partial nint d3t_unsqueeze(TensorHandle a, long dim);

    [LibraryImport(Library)]
    internal static partial nint d3t_flatten(TensorHandle a, long start, long end);

    [LibraryImport(Library)]
    internal static partial nint d3t_slice(TensorHandle a, long dim, long start, long end, long step);

    [LibraryImport(Library)]
    internal static partial nint d3t_select(TensorHandle a, long dim, long index);

    [LibraryImport(Library)]
    internal static partial nint d3t_narrow(TensorHandle a, long dim, long start, long length);

    [LibraryImport(Library)]
    internal static partial nint d3t_diff(TensorHandle a, long n, long dim);

    [LibraryImport(Library)]
    internal static partial nint d3t_triu(TensorHandle a, long diagonal);

    [LibraryImport(Library)]
    internal static partial nint d3t_tril(TensorHandle a, long diagonal);

    [LibraryImport(Library)]
    internal static partial nint d3t_diag(TensorHandle a, long diagonal);

    [LibraryImport(Library)]
    internal static partial nint d3t_cat(nint* items, long n, long dim);

    [LibraryImport(Library)]
    internal static partial nint d3t_stack(nint* items, long n, long dim);

    [LibraryImport(Library)]
    internal static partial long d3t_split(TensorHandle a, long size, long dim, nint* result, long capacity);

    [LibraryImport(Library)]
    internal static partial long d3t_split_sizes(TensorHandle a, long* sizes, long n, long dim, nint* result, long capacity);

    [LibraryImport(Library)]
    internal static partial long d3t_chunk(TensorHandle a, long chunks, long dim, nint* result, long capacity);

    [LibraryImport(Library)]
    internal static partial long d3t_unbind(TensorHandle a, long dim, nint* result, long capacity);

    [LibraryImport(Library)]
    internal static partial nint d3t_matmul(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_bmm(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_mm(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_mv(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_dot(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_outer(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_inverse(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_det(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_solve(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_cross(TensorHandle a, TensorHandle b, long dim);

    [LibraryImport(Library)]
    internal static partial nint d3t_einsum(byte* equation, nint* items, long n);

    [LibraryImport(Library)]
    internal static partial nint d3t_addmm(TensorHandle bias, TensorHandle a, TensorHandle b, double beta, double alpha);

    [LibraryImport(Library)]
    internal static partial nint d3t_index_select(TensorHandle a, long dim, TensorHandle index);

    [LibraryImport(Library)]
    internal static partial nint d3t_gather(TensorHandle a, long dim, TensorHandle index);

    [LibraryImport(Library)]
    internal static partial nint d3t_scatter(TensorHandle a, long dim, TensorHandle index, TensorHandle source);

    [LibraryImport(Library)]
    internal static partial nint d3t_scatter_add(TensorHandle a, long dim, TensorHandle index, TensorHandle source);

    [LibraryImport(Library)]
    internal static partial nint d3t_index_add(TensorHandle a, long dim, TensorHandle index, TensorHandle source, Scalar alpha);

    [LibraryImport(Library)]
    internal static partial nint d3t_index_copy(TensorHandle a, long dim, TensorHandle index, TensorHandle source);

    [LibraryImport(Library)]
    internal static partial int d3t_scatter_(TensorHandle a, long dim, TensorHandle index, TensorHandle source);

    [LibraryImport(Library)]
    internal static partial int d3t_scatter_add_(TensorHandle a, long dim, TensorHandle index, TensorHandle source);

    [LibraryImport(Library)]
    internal static partial int d3t_index_add_(TensorHandle a, long dim, TensorHandle index, TensorHandle source, Scalar alpha);

    [LibraryImport(Library)]
    internal static partial int d3t_index_copy_(TensorHandle a, long dim, TensorHandle index, TensorHandle source);

    [LibraryImport(Library)]
    internal static partial nint d3t_masked_select(TensorHandle a, TensorHandle mask);

    [LibraryImport(Library)]
    internal static partial nint d3t_masked_fill(TensorHandle a, TensorHandle mask, Scalar value);

    [LibraryImport(Library)]
    internal static partial int d3t_masked_fill_(TensorHandle a, TensorHandle mask, Scalar value);

    [LibraryImport(Library)]
    internal static partial nint d3t_nonzero(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_bincount(TensorHandle a, TensorHandle weights, long minlength);

    [LibraryImport(Library)]
    internal static partial nint d3t_index(TensorHandle a, IndexItem* items, long n);

    [LibraryImport(Library)]
    internal static partial int d3t_index_put_(TensorHandle a, IndexItem* items, long n, TensorHandle value);

    [LibraryImport(Library)]
    internal static partial int d3t_index_put_scalar_(TensorHandle a, IndexItem* items, long n, Scalar value);

    [LibraryImport(Library)]
    internal static partial int d3t_index_put_tensors_(TensorHandle a, nint* items, long n, TensorHandle value, int accumulate);
}
