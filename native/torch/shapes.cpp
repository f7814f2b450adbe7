// Shapes, joins, linear algebra and indexing.
#include "shim.h"

#include <ATen/TensorIndexing.h>
using namespace d3t;

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
