// Elementwise operators, reductions, shapes, linear algebra and indexing.
#include "shim.h"

#include <ATen/TensorIndexing.h>
using namespace d3t;

// ---- elementwise
#define UNARY(op) TENSOR_FN(op, (tensor a), at::op(T(a)))
UNARY(neg) UNARY(abs) UNARY(square) UNARY(sqrt) UNARY(rsqrt) UNARY(exp) UNARY(expm1) UNARY(log) UNARY(log1p) UNARY(log2) UNARY(log10)
UNARY(sin) UNARY(cos) UNARY(tan) UNARY(asin) UNARY(acos) UNARY(atan) UNARY(sinh) UNARY(cosh) UNARY(tanh) UNARY(sigmoid) UNARY(erf)
UNARY(relu) UNARY(silu) UNARY(floor) UNARY(ceil) UNARY(round) UNARY(trunc) UNARY(frac) UNARY(sign) UNARY(reciprocal)
UNARY(logical_not) UNARY(isnan) UNARY(isinf) UNARY(isfinite)
TENSOR_FN(gelu, (tensor a), at::gelu(T(a)))
TENSOR_FN(softplus, (tensor a, double beta, double threshold), at::softplus(T(a), beta, threshold))
TENSOR_FN(leaky_relu, (tensor a, double slope), at::leaky_relu(T(a), slope))
TENSOR_FN(elu, (tensor a, double alpha), at::elu(T(a), alpha))
TENSOR_FN(nan_to_num, (tensor a, double nan, double posinf, double neginf), at::nan_to_num(T(a), nan, posinf, neginf))

#define BINARY(op) \
  TENSOR_FN(op, (tensor a, tensor b), at::op(T(a), T(b))) \
  TENSOR_FN(op##_scalar, (tensor a, scalar b), at::op(T(a), S(b)))
BINARY(mul) BINARY(div) BINARY(eq) BINARY(ne) BINARY(gt) BINARY(ge) BINARY(lt) BINARY(le) BINARY(pow) BINARY(fmod) BINARY(remainder)
BINARY(bitwise_and) BINARY(bitwise_or) BINARY(floor_divide)
TENSOR_FN(add, (tensor a, tensor b, scalar alpha), at::add(T(a), T(b), S(alpha)))
TENSOR_FN(sub, (tensor a, tensor b, scalar alpha), at::sub(T(a), T(b), S(alpha)))
TENSOR_FN(add_scalar, (tensor a, scalar b), at::add(T(a), S(b)))
TENSOR_FN(sub_scalar, (tensor a, scalar b), at::sub(T(a), S(b)))
TENSOR_FN(rsub_scalar, (tensor a, scalar b), at::rsub(T(a), S(b)))
TENSOR_FN(rpow_scalar, (scalar a, tensor b), at::pow(S(a), T(b)))

#define PAIR(op) TENSOR_FN(op, (tensor a, tensor b), at::op(T(a), T(b)))
PAIR(minimum) PAIR(maximum) PAIR(atan2) PAIR(logical_and) PAIR(logical_or) PAIR(logical_xor)
TENSOR_FN(clamp, (tensor a, scalar min, int has_min, scalar max, int has_max),
          at::clamp(T(a), has_min ? opt<at::Scalar>(S(min)) : opt<at::Scalar>(none), has_max ? opt<at::Scalar>(S(max)) : opt<at::Scalar>(none)))
TENSOR_FN(clamp_tensor, (tensor a, maybe_tensor min, maybe_tensor max), at::clamp(T(a), O(min), O(max)))
TENSOR_FN(where, (tensor condition, tensor a, tensor b), at::where(T(condition), T(a), T(b)))
TENSOR_FN(where_ts, (tensor condition, tensor a, scalar b), at::where(T(condition), T(a), S(b)))
TENSOR_FN(where_st, (tensor condition, scalar a, tensor b), at::where(T(condition), S(a), T(b)))
TENSOR_FN(lerp, (tensor a, tensor b, tensor weight), at::lerp(T(a), T(b), T(weight)))
TENSOR_FN(lerp_scalar, (tensor a, tensor b, scalar weight), at::lerp(T(a), T(b), S(weight)))
TENSOR_FN(addcmul, (tensor a, tensor b, tensor c, scalar value), at::addcmul(T(a), T(b), T(c), S(value)))
TENSOR_FN(addcdiv, (tensor a, tensor b, tensor c, scalar value), at::addcdiv(T(a), T(b), T(c), S(value)))

// ---- in place
STATUS_FN(add_, (tensor a, tensor b, scalar alpha), T(a).add_(T(b), S(alpha)))
STATUS_FN(sub_, (tensor a, tensor b, scalar alpha), T(a).sub_(T(b), S(alpha)))
STATUS_FN(mul_, (tensor a, tensor b), T(a).mul_(T(b)))
STATUS_FN(div_, (tensor a, tensor b), T(a).div_(T(b)))
STATUS_FN(add_scalar_, (tensor a, scalar b), T(a).add_(S(b)))
STATUS_FN(sub_scalar_, (tensor a, scalar b), T(a).sub_(S(b)))
STATUS_FN(mul_scalar_, (tensor a, scalar b), T(a).mul_(S(b)))
STATUS_FN(div_scalar_, (tensor a, scalar b), T(a).div_(S(b)))
STATUS_FN(addcmul_, (tensor a, tensor b, tensor c, scalar value), T(a).addcmul_(T(b), T(c), S(value)))
STATUS_FN(addcdiv_, (tensor a, tensor b, tensor c, scalar value), T(a).addcdiv_(T(b), T(c), S(value)))
STATUS_FN(lerp_scalar_, (tensor a, tensor b, scalar weight), T(a).lerp_(T(b), S(weight)))
STATUS_FN(clamp_, (tensor a, scalar min, int has_min, scalar max, int has_max),
          T(a).clamp_(has_min ? opt<at::Scalar>(S(min)) : opt<at::Scalar>(none), has_max ? opt<at::Scalar>(S(max)) : opt<at::Scalar>(none)))
STATUS_FN(zero_, (tensor a), T(a).zero_())
STATUS_FN(fill_, (tensor a, scalar value), T(a).fill_(S(value)))
STATUS_FN(uniform_, (tensor a, double from, double to), T(a).uniform_(from, to))
STATUS_FN(normal_, (tensor a, double mean, double std), T(a).normal_(mean, std))
STATUS_FN(relu_, (tensor a), T(a).relu_())
STATUS_FN(leaky_relu_, (tensor a, double slope), at::leaky_relu_(T(a), slope))

// ---- reductions
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

// ---- shapes
TENSOR_FN(reshape, (tensor a, const int64_t* size, int64_t n), at::reshape(T(a), I(size, n)))
TENSOR_FN(view, (tensor a, const int64_t* size, int64_t n), T(a).view(I(size, n)))
TENSOR_FN(permute, (tensor a, const int64_t* dims, int64_t n), at::permute(T(a), I(dims, n)))
TENSOR_FN(expand, (tensor a, const int64_t* size, int64_t n), T(a).expand(I(size, n)))
TENSOR_FN(repeat, (tensor a, const int64_t* sizes, int64_t n), T(a).repeat(I(sizes, n)))
TENSOR_FN(repeat_interleave, (tensor a, int64_t repeats, int64_t dim), at::repeat_interleave(T(a), repeats, opt<int64_t>(dim)))
TENSOR_FN(flip, (tensor a, const int64_t* dims, int64_t n), at::flip(T(a), I(dims, n)))
TENSOR_FN(roll, (tensor a, const int64_t* shifts, int64_t n, const int64_t* dims, int64_t m), at::roll(T(a), I(shifts, n), I(dims, m)))
TENSOR_FN(transpose, (tensor a, int64_t dim0, int64_t dim1), at::transpose(T(a), dim0, dim1))
TENSOR_FN(squeeze, (tensor a), at::squeeze(T(a)))
TENSOR_FN(squeeze_dim, (tensor a, int64_t dim), at::squeeze(T(a), dim))
TENSOR_FN(unsqueeze, (tensor a, int64_t dim), at::unsqueeze(T(a), dim))
TENSOR_FN(flatten, (tensor a, int64_t start, int64_t end), at::flatten(T(a), start, end))
TENSOR_FN(slice, (tensor a, int64_t dim, int64_t start, int64_t end, int64_t step), at::slice(T(a), dim, start, end, step))
TENSOR_FN(select, (tensor a, int64_t dim, int64_t index), at::select(T(a), dim, index))
TENSOR_FN(narrow, (tensor a, int64_t dim, int64_t start, int64_t length), at::narrow(T(a), dim, start, length))
TENSOR_FN(diff, (tensor a, int64_t n, int64_t dim), at::diff(T(a), n, dim))
TENSOR_FN(triu, (tensor a, int64_t diagonal), at::triu(T(a), diagonal))
TENSOR_FN(tril, (tensor a, int64_t diagonal), at::tril(T(a), diagonal))
TENSOR_FN(diag, (tensor a, int64_t diagonal), at::diag(T(a), diagonal))
TENSOR_FN(cat, (tensor_list items, int64_t n, int64_t dim), at::cat(list(items, n), dim))
TENSOR_FN(stack, (tensor_list items, int64_t n, int64_t dim), at::stack(list(items, n), dim))

// Pieces go to `result`, which has room for `capacity`; returns how many there are.
static int64_t pieces(const std::vector<at::Tensor>& parts, void** result, int64_t capacity) {
  TORCH_CHECK(static_cast<int64_t>(parts.size()) <= capacity, "split: ", parts.size(), " pieces, room for ", capacity);
  for (const auto& part : parts) *result++ = own(part);
  return static_cast<int64_t>(parts.size());
}
D3_API int64_t d3t_split(tensor a, int64_t size, int64_t dim, void** result, int64_t capacity) {
  return guard([&] { return pieces(at::split(T(a), size, dim), result, capacity); }, int64_t{-1});
}
D3_API int64_t d3t_split_sizes(tensor a, const int64_t* sizes, int64_t n, int64_t dim, void** result, int64_t capacity) {
  return guard([&] { return pieces(at::split_with_sizes(T(a), I(sizes, n), dim), result, capacity); }, int64_t{-1});
}
D3_API int64_t d3t_chunk(tensor a, int64_t chunks, int64_t dim, void** result, int64_t capacity) {
  return guard([&] { return pieces(at::chunk(T(a), chunks, dim), result, capacity); }, int64_t{-1});
}
D3_API int64_t d3t_unbind(tensor a, int64_t dim, void** result, int64_t capacity) {
  return guard([&] { return pieces(at::unbind(T(a), dim), result, capacity); }, int64_t{-1});
}

// ---- linear algebra
PAIR(matmul) PAIR(bmm) PAIR(mm) PAIR(mv) PAIR(dot) PAIR(outer)
TENSOR_FN(inverse, (tensor a), at::inverse(T(a)))
TENSOR_FN(det, (tensor a), at::det(T(a)))
TENSOR_FN(solve, (tensor a, tensor b), at::linalg_solve(T(a), T(b)))
TENSOR_FN(cross, (tensor a, tensor b, int64_t dim), at::cross(T(a), T(b), opt<int64_t>(dim)))
TENSOR_FN(einsum, (const char* equation, tensor_list items, int64_t n), at::einsum(equation, list(items, n)))
TENSOR_FN(addmm, (tensor bias, tensor a, tensor b, double beta, double alpha), at::addmm(T(bias), T(a), T(b), beta, alpha))

// ---- indexing
TENSOR_FN(index_select, (tensor a, int64_t dim, tensor index), at::index_select(T(a), dim, T(index)))
TENSOR_FN(gather, (tensor a, int64_t dim, tensor index), at::gather(T(a), dim, T(index)))
TENSOR_FN(scatter, (tensor a, int64_t dim, tensor index, tensor source), at::scatter(T(a), dim, T(index), T(source)))
TENSOR_FN(scatter_add, (tensor a, int64_t dim, tensor index, tensor source), at::scatter_add(T(a), dim, T(index), T(source)))
TENSOR_FN(index_add, (tensor a, int64_t dim, tensor index, tensor source, scalar alpha), at::index_add(T(a), dim, T(index), T(source), S(alpha)))
TENSOR_FN(index_copy, (tensor a, int64_t dim, tensor index, tensor source), at::index_copy(T(a), dim, T(index), T(source)))
STATUS_FN(scatter_, (tensor a, int64_t dim, tensor index, tensor source), T(a).scatter_(dim, T(index), T(source)))
STATUS_FN(scatter_add_, (tensor a, int64_t dim, tensor index, tensor source), T(a).scatter_add_(dim, T(index), T(source)))
STATUS_FN(index_add_, (tensor a, int64_t dim, tensor index, tensor source, scalar alpha), T(a).index_add_(dim, T(index), T(source), S(alpha)))
STATUS_FN(index_copy_, (tensor a, int64_t dim, tensor index, tensor source), T(a).index_copy_(dim, T(index), T(source)))
TENSOR_FN(masked_select, (tensor a, tensor mask), at::masked_select(T(a), T(mask)))
TENSOR_FN(masked_fill, (tensor a, tensor mask, scalar value), at::masked_fill(T(a), T(mask), S(value)))
STATUS_FN(masked_fill_, (tensor a, tensor mask, scalar value), T(a).masked_fill_(T(mask), S(value)))
TENSOR_FN(nonzero, (tensor a), at::nonzero(T(a)))
TENSOR_FN(bincount, (tensor a, maybe_tensor weights, int64_t minlength), at::bincount(T(a), O(weights), minlength))

// kind 0 = slice (a:b:c), 1 = single (a), 2 = bool (a), 3 = tensor, 4 = none (new axis), 5 = ellipsis
struct index_item {
  int64_t kind, a, b, c;
  void* indices;
};
static std::vector<at::indexing::TensorIndex> indices(const index_item* items, int64_t n) {
  using namespace at::indexing;
  std::vector<TensorIndex> result;
  for (int64_t i = 0; i < n; ++i) {
    const auto& it = items[i];
    switch (it.kind) {
      case 0: result.emplace_back(Slice(it.a, it.b, it.c)); break;
      case 1: result.emplace_back(it.a); break;
      case 2: result.emplace_back(it.a != 0); break;
      case 3: result.emplace_back(T(it.indices)); break;
      case 4: result.emplace_back(None); break;
      default: result.emplace_back(Ellipsis); break;
    }
  }
  return result;
}
TENSOR_FN(index, (tensor a, const index_item* items, int64_t n), T(a).index(indices(items, n)))
STATUS_FN(index_put_, (tensor a, const index_item* items, int64_t n, tensor value), T(a).index_put_(indices(items, n), T(value)))
STATUS_FN(index_put_scalar_, (tensor a, const index_item* items, int64_t n, scalar value), T(a).index_put_(indices(items, n), S(value)))
STATUS_FN(index_put_tensors_, (tensor a, tensor_list items, int64_t n, tensor value, int accumulate),
          c10::List<opt<at::Tensor>> where; for (int64_t i = 0; i < n; ++i) where.push_back(O(items[i]));
          T(a).index_put_(where, T(value), accumulate != 0))
