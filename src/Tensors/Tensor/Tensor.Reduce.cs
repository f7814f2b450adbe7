using System.Runtime.CompilerServices;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        private static int Type(ScalarType? type) => type is { } t ? (int)t : -1;

        private static int Bit(bool value) => value ? 1 : 0;

        public Tensor sum(ScalarType? type = null) => new(LibTorch.d3t_sum(H, Type(type)));

        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null)
        {
            fixed (long* d = dim) return new Tensor(LibTorch.d3t_sum_dim(H, d, dim.Length, Bit(keepdim), Type(type)));
        }

        [OverloadResolutionPriority(1)] // a literal 0 would otherwise be taken for an element type
        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => sum([dim], keepdim, type);

        public Tensor mean(ScalarType? type = null) => new(LibTorch.d3t_mean(H, Type(type)));

        public Tensor mean(ReadOnlySpan<long> dimensions, bool keepdim = false, ScalarType? type = null)
        {
            fixed (long* d = dimensions) return new Tensor(LibTorch.d3t_mean_dim(H, d, dimensions.Length, Bit(keepdim), Type(type)));
        }

        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) => mean((ReadOnlySpan<long>)dimensions, keepdim, type);

        public Tensor prod(ScalarType? type = null) => new(LibTorch.d3t_prod(H, Type(type)));

        [OverloadResolutionPriority(1)] // a literal 0 would otherwise be taken for an element type
        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null) => new(LibTorch.d3t_prod_dim(H, dim, Bit(keepdim), Type(type)));

        public Tensor std(bool unbiased = true) => new(LibTorch.d3t_std(H, Bit(unbiased)));

        public Tensor std(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false)
        {
            fixed (long* d = dimensions) return new Tensor(LibTorch.d3t_std_dim(H, d, dimensions.Length, Bit(unbiased), Bit(keepdim)));
        }

        public Tensor std(long dim, bool unbiased = true, bool keepdim = false) => std([dim], unbiased, keepdim);

        public Tensor var(bool unbiased = true) => new(LibTorch.d3t_var(H, Bit(unbiased)));

        public Tensor var(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false)
        {
            fixed (long* d = dimensions) return new Tensor(LibTorch.d3t_var_dim(H, d, dimensions.Length, Bit(unbiased), Bit(keepdim)));
        }

        public Tensor var(long dim, bool unbiased = true, bool keepdim = false) => var([dim], unbiased, keepdim);

        public Tensor max() => new(LibTorch.d3t_max(H));

        public Tensor min() => new(LibTorch.d3t_min(H));

        public Tensor median() => new(LibTorch.d3t_median(H));

        public Tensor any() => new(LibTorch.d3t_any(H));

        public Tensor all() => new(LibTorch.d3t_all(H));

        public Tensor any(long dim, bool keepdim = false) => new(LibTorch.d3t_any_dim(H, dim, Bit(keepdim)));

        public Tensor all(long dim, bool keepdim = false) => new(LibTorch.d3t_all_dim(H, dim, Bit(keepdim)));

        public Tensor amax(ReadOnlySpan<long> dims, bool keepdim = false)
        {
            fixed (long* d = dims) return new Tensor(LibTorch.d3t_amax(H, d, dims.Length, Bit(keepdim)));
        }

        public Tensor amin(ReadOnlySpan<long> dims, bool keepdim = false)
        {
            fixed (long* d = dims) return new Tensor(LibTorch.d3t_amin(H, d, dims.Length, Bit(keepdim)));
        }

        public Tensor amax(long[] dims, bool keepdim = false) => amax((ReadOnlySpan<long>)dims, keepdim);

        public Tensor amin(long[] dims, bool keepdim = false) => amin((ReadOnlySpan<long>)dims, keepdim);

        public Tensor argmax() => new(LibTorch.d3t_argmax(H, 0, 0, 0));

        public Tensor argmax(long dim, bool keepdim = false) => new(LibTorch.d3t_argmax(H, dim, 1, Bit(keepdim)));

        public Tensor argmin() => new(LibTorch.d3t_argmin(H, 0, 0, 0));

        public Tensor argmin(long dim, bool keepdim = false) => new(LibTorch.d3t_argmin(H, dim, 1, Bit(keepdim)));

        public Tensor cumsum(long dim) => new(LibTorch.d3t_cumsum(H, dim));

        public Tensor cumprod(long dim) => new(LibTorch.d3t_cumprod(H, dim));

        public Tensor logsumexp(long dim, bool keepdim = false) => new(LibTorch.d3t_logsumexp(H, dim, Bit(keepdim)));

        public Tensor norm(float p = 2.0f) => new(LibTorch.d3t_norm(H, p));

        public Tensor norm(int dimension, bool keepdim = false, float p = 2.0f)
        {
            long dim = dimension;
            return new Tensor(LibTorch.d3t_norm_dim(H, p, &dim, 1, Bit(keepdim)));
        }

        public Tensor quantile(Tensor q, long dim = -1, bool keepdim = false) => new(LibTorch.d3t_quantile(H, q.H, dim, 1, Bit(keepdim)));

        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false)
        {
            nint values, indices;
            LibTorch.Check(LibTorch.d3t_max_dim(H, dim, Bit(keepdim), &values, &indices));
            return (new Tensor(values), new Tensor(indices));
        }

        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false)
        {
            nint values, indices;
            LibTorch.Check(LibTorch.d3t_min_dim(H, dim, Bit(keepdim), &values, &indices));
            return (new Tensor(values), new Tensor(indices));
        }

        public (Tensor values, Tensor indices) median(long dim, bool keepdim = false)
        {
            nint values, indices;
            LibTorch.Check(LibTorch.d3t_median_dim(H, dim, Bit(keepdim), &values, &indices));
            return (new Tensor(values), new Tensor(indices));
        }

        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false)
        {
            nint values, indices;
            LibTorch.Check(LibTorch.d3t_sort(H, dim, Bit(descending), Bit(stable), &values, &indices));
            return (new Tensor(values), new Tensor(indices));
        }

        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true)
        {
            nint values, indices;
            LibTorch.Check(LibTorch.d3t_topk(H, k, dim, Bit(largest), Bit(sorted), &values, &indices));
            return (new Tensor(values), new Tensor(indices));
        }
    }
}
