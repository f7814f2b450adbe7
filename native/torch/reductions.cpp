// Sums, extremes, order statistics and norms.
#include "shim.h"
using namespace d3t;

TENSOR_FN(sum, (tensor a, int dtype), at::sum(T(a), odt(dtype)))
TENSOR_FN(mean, (tensor a, int dtype), at::mean(T(a), odt(dtype)))
TENSOR_FN(prod, (tensor a, int dtype), at::prod(T(a), odt(dtype)))
TENSOR_FN(sum_dim, (tensor a, const int64_t* dim, int64_t n, int keepdim, int dtype), at::sum(T(a), I(dim, n), keepdim != 0, odt(dtype)))
TENSOR_FN(mean_dim, (tensor a, const int64_t* dim, int64_t n, int keepdim, int dtype), at::mean(T(a), I(dim, n), keepdim != 0, odt(dtype)))
TENSOR_FN(prod_dim, (tensor a, int64_t dim, int keepdim, int dtype), at::prod(T(a), dim, keepdim != 0, odt(dtype)))
TENSOR_FN(std, (tensor a, int unbiased), at::std(T(a), unbiased != 0))
TENSOR_FN(var, (tensor a, int unbiased), at::var(T(a), unbiased != 0))
TENSOR_FN(std_dim, (tensor a, const int64_t* dim, int64_t n, int unbiased, int keepdim), at::std(T(a), I(dim, n), unbiased != 0, keepdim != 0))
TENSOR_FN(var_dim, (tensor a, const int64_t* dim, int64_t n, int unbiased, int keepdim), at::var(T(a), I(dim, n), unbiased != 0, keepdim != 0))
UNARY(max) UNARY(min) UNARY(median) UNARY(any) UNARY(all)
TENSOR_FN(any_dim, (tensor a, int64_t dim, int keepdim), at::any(T(a), dim, keepdim != 0))
TENSOR_FN(all_dim, (tensor a, int64_t dim, int keepdim), at::all(T(a), dim, keepdim != 0))
TENSOR_FN(amax, (tensor a, const int64_t* dim, int64_t n, int keepdim), at::amax(T(a), I(dim, n), keepdim != 0))
TENSOR_FN(amin, (tensor a, const int64_t* dim, int64_t n, int keepdim), at::amin(T(a), I(dim, n), keepdim != 0))
TENSOR_FN(argmax, (tensor a, int64_t dim, int has_dim, int keepdim), at::argmax(T(a), has_dim ? opt<int64_t>(dim) : opt<int64_t>(none), keepdim != 0))
TENSOR_FN(argmin, (tensor a, int64_t dim, int has_dim, int keepdim), at::argmin(T(a), has_dim ? opt<int64_t>(dim) : opt<int64_t>(none), keepdim != 0))
TENSOR_FN(cumsum, (tensor a, int64_t dim), at::cumsum(T(a), dim))
TENSOR_FN(cumprod, (tensor a, int64_t dim), at::cumprod(T(a), dim))
TENSOR_FN(logsumexp, (tensor a, int64_t dim, int keepdim), at::logsumexp(T(a), at::IntArrayRef(&dim, 1), keepdim != 0))
TENSOR_FN(softmax, (tensor a, int64_t dim), at::softmax(T(a), dim))
TENSOR_FN(log_softmax, (tensor a, int64_t dim), at::log_softmax(T(a), dim))
TENSOR_FN(norm, (tensor a, double p), at::norm(T(a), at::Scalar(p)))
TENSOR_FN(norm_dim, (tensor a, double p, const int64_t* dim, int64_t n, int keepdim), at::norm(T(a), opt<at::Scalar>(p), I(dim, n), keepdim != 0))
TENSOR_FN(quantile, (tensor a, tensor q, int64_t dim, int has_dim, int keepdim),
          at::quantile(T(a), T(q), has_dim ? opt<int64_t>(dim) : opt<int64_t>(none), keepdim != 0))

#define WITH_INDICES(name, args, call) \
  D3_API int d3t_##name args { \
    return guard([&] { auto r = call; *values = own(std::get<0>(r)); *indices = own(std::get<1>(r)); return 0; }, -1); \
  }
WITH_INDICES(max_dim, (tensor a, int64_t dim, int keepdim, void** values, void** indices), at::max(T(a), dim, keepdim != 0))
WITH_INDICES(min_dim, (tensor a, int64_t dim, int keepdim, void** values, void** indices), at::min(T(a), dim, keepdim != 0))
WITH_INDICES(median_dim, (tensor a, int64_t dim, int keepdim, void** values, void** indices), at::median(T(a), dim, keepdim != 0))
WITH_INDICES(sort, (tensor a, int64_t dim, int descending, int stable, void** values, void** indices),
             at::sort(T(a), opt<bool>(stable != 0), dim, descending != 0))
WITH_INDICES(topk, (tensor a, int64_t k, int64_t dim, int largest, int sorted, void** values, void** indices),
             at::topk(T(a), k, dim, largest != 0, sorted != 0))
