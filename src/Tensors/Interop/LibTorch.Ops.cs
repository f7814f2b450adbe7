using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>Elementwise, reductions, shapes, linear algebra, indexing: the functions of native/torch/ops.cpp.</summary>
internal static unsafe partial class LibTorch
{
    [LibraryImport(Library)]
    internal static partial nint d3t_neg(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_abs(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_square(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_sqrt(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_rsqrt(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_exp(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_expm1(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_log(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_log1p(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_log2(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_log10(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_sin(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_cos(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_tan(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_asin(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_acos(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_atan(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_sinh(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_cosh(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_tanh(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_sigmoid(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_erf(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_relu(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_silu(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_floor(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_ceil(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_round(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_trunc(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_frac(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_sign(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_reciprocal(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_logical_not(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_isnan(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_isinf(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_isfinite(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_gelu(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_softplus(TensorHandle a, double beta, double threshold);

    [LibraryImport(Library)]
    internal static partial nint d3t_leaky_relu(TensorHandle a, double slope);

    [LibraryImport(Library)]
    internal static partial nint d3t_elu(TensorHandle a, double alpha);

    [LibraryImport(Library)]
    internal static partial nint d3t_nan_to_num(TensorHandle a, double nan, double posinf, double neginf);

    [LibraryImport(Library)]
    internal static partial nint d3t_mul(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_mul_scalar(TensorHandle a, Scalar b);

    [LibraryImport(Library)]
    internal static partial nint d3t_div(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_div_scalar(TensorHandle a, Scalar b);

    [LibraryImport(Library)]
    internal static partial nint d3t_eq(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_eq_scalar(TensorHandle a, Scalar b);

    [LibraryImport(Library)]
    internal static partial nint d3t_ne(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_ne_scalar(TensorHandle a, Scalar b);

    [LibraryImport(Library)]
    internal static partial nint d3t_gt(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_gt_scalar(TensorHandle a, Scalar b);

    [LibraryImport(Library)]
    internal static partial nint d3t_ge(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_ge_scalar(TensorHandle a, Scalar b);

    [LibraryImport(Library)]
    internal static partial nint d3t_lt(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_lt_scalar(TensorHandle a, Scalar b);

    [LibraryImport(Library)]
    internal static partial nint d3t_le(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_le_scalar(TensorHandle a, Scalar b);

    [LibraryImport(Library)]
    internal static partial nint d3t_pow(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_pow_scalar(TensorHandle a, Scalar b);

    [LibraryImport(Library)]
    internal static partial nint d3t_fmod(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_fmod_scalar(TensorHandle a, Scalar b);

    [LibraryImport(Library)]
    internal static partial nint d3t_remainder(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_remainder_scalar(TensorHandle a, Scalar b);

    [LibraryImport(Library)]
    internal static partial nint d3t_bitwise_and(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_bitwise_and_scalar(TensorHandle a, Scalar b);

    [LibraryImport(Library)]
    internal static partial nint d3t_bitwise_or(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_bitwise_or_scalar(TensorHandle a, Scalar b);

    [LibraryImport(Library)]
    internal static partial nint d3t_floor_divide(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_floor_divide_scalar(TensorHandle a, Scalar b);

    [LibraryImport(Library)]
    internal static partial nint d3t_add(TensorHandle a, TensorHandle b, Scalar alpha);

    [LibraryImport(Library)]
    internal static partial nint d3t_sub(TensorHandle a, TensorHandle b, Scalar alpha);

    [LibraryImport(Library)]
    internal static partial nint d3t_add_scalar(TensorHandle a, Scalar b);

    [LibraryImport(Library)]
    internal static partial nint d3t_sub_scalar(TensorHandle a, Scalar b);

    [LibraryImport(Library)]
    internal static partial nint d3t_rsub_scalar(TensorHandle a, Scalar b);

    [LibraryImport(Library)]
    internal static partial nint d3t_rpow_scalar(Scalar a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_minimum(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_maximum(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_atan2(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_logical_and(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_logical_or(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_logical_xor(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_clamp(TensorHandle a, Scalar min, int hasMin, Scalar max, int hasMax);

    [LibraryImport(Library)]
    internal static partial nint d3t_clamp_tensor(TensorHandle a, TensorHandle min, TensorHandle max);

    [LibraryImport(Library)]
    internal static partial nint d3t_where(TensorHandle condition, TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_where_ts(TensorHandle condition, TensorHandle a, Scalar b);

    [LibraryImport(Library)]
    internal static partial nint d3t_where_st(TensorHandle condition, Scalar a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_lerp(TensorHandle a, TensorHandle b, TensorHandle weight);

    [LibraryImport(Library)]
    internal static partial nint d3t_lerp_scalar(TensorHandle a, TensorHandle b, Scalar weight);

    [LibraryImport(Library)]
    internal static partial nint d3t_addcmul(TensorHandle a, TensorHandle b, TensorHandle c, Scalar value);

    [LibraryImport(Library)]
    internal static partial nint d3t_addcdiv(TensorHandle a, TensorHandle b, TensorHandle c, Scalar value);

    [LibraryImport(Library)]
    internal static partial int d3t_add_(TensorHandle a, TensorHandle b, Scalar alpha);

    [LibraryImport(Library)]
    internal static partial int d3t_sub_(TensorHandle a, TensorHandle b, Scalar alpha);

    [LibraryImport(Library)]
    internal static partial int d3t_mul_(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial int d3t_div_(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial int d3t_add_scalar_(TensorHandle a, Scalar b);

    [LibraryImport(Library)]
    internal static partial int d3t_sub_scalar_(TensorHandle a, Scalar b);

    [LibraryImport(Library)]
    internal static partial int d3t_mul_scalar_(TensorHandle a, Scalar b);

    [LibraryImport(Library)]
    internal static partial int d3t_div_scalar_(TensorHandle a, Scalar b);

    [LibraryImport(Library)]
    internal static partial int d3t_addcmul_(TensorHandle a, TensorHandle b, TensorHandle c, Scalar value);

    [LibraryImport(Library)]
    internal static partial int d3t_addcdiv_(TensorHandle a, TensorHandle b, TensorHandle c, Scalar value);

    [LibraryImport(Library)]
    internal static partial int d3t_lerp_scalar_(TensorHandle a, TensorHandle b, Scalar weight);

    [LibraryImport(Library)]
    internal static partial int d3t_clamp_(TensorHandle a, Scalar min, int hasMin, Scalar max, int hasMax);

    [LibraryImport(Library)]
    internal static partial int d3t_zero_(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial int d3t_fill_(TensorHandle a, Scalar value);

    [LibraryImport(Library)]
    internal static partial int d3t_uniform_(TensorHandle a, double from, double to);

    [LibraryImport(Library)]
    internal static partial int d3t_normal_(TensorHandle a, double mean, double std);

    [LibraryImport(Library)]
    internal static partial int d3t_relu_(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial int d3t_leaky_relu_(TensorHandle a, double slope);

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
