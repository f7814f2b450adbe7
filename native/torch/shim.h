// The conventions of the flat C interface. A tensor crosses as one pointer to a heap at::Tensor; an optional one may be null. Every
// function catches everything, leaves a text for d3t_last_error on this thread and returns null or -1.
#pragma once
#include <ATen/ATen.h>
#include <atomic>
#include <string>

#include "compat.h"

#define D3_API extern "C" __attribute__((visibility("default")))

using tensor = void*;      // at::Tensor*, never null as an argument
using maybe_tensor = void*;  // at::Tensor* or null
using module_ptr = void*;  // torch::jit::Module*
using tensor_list = void* const*;

struct scalar {  // 16 bytes: passed in two registers; kind 0 = integer, 1 = double, 2 = bool
  int64_t bits;
  int64_t kind;
};

namespace d3t {
extern thread_local std::string last_error;
extern std::atomic<int64_t> live;

template <class F>
auto guard(F&& f, decltype(f()) failed) noexcept -> decltype(f()) {
  try {
    return f();
  } catch (const c10::Error& e) {
    last_error = e.what_without_backtrace();  // what() carries a page of backtrace
  } catch (const std::exception& e) {
    last_error = e.what();
  } catch (...) {
    last_error = "unknown C++ exception";
  }
  return failed;
}

inline at::Tensor& T(void* p) { return *static_cast<at::Tensor*>(p); }

inline void* own(at::Tensor t) {
  live.fetch_add(1, std::memory_order_relaxed);
  return new at::Tensor(std::move(t));
}

inline opt<at::Tensor> O(void* p) { return p ? opt<at::Tensor>(T(p)) : opt<at::Tensor>(none); }

inline at::Scalar S(scalar s) {
  if (s.kind == 0) return at::Scalar(s.bits);
  if (s.kind == 2) return at::Scalar(s.bits != 0);
  double d;
  static_assert(sizeof d == sizeof s.bits);
  __builtin_memcpy(&d, &s.bits, sizeof d);
  return at::Scalar(d);
}

inline at::IntArrayRef I(const int64_t* p, int64_t n) { return at::IntArrayRef(p, static_cast<size_t>(n)); }
inline at::ScalarType dt(int dtype) { return static_cast<at::ScalarType>(dtype); }
inline opt<at::ScalarType> odt(int dtype) { return dtype < 0 ? opt<at::ScalarType>(none) : opt<at::ScalarType>(dt(dtype)); }

inline at::Device dev(int device) {
  return device < 0 ? at::Device(at::kCPU) : at::Device(at::kCUDA, static_cast<c10::DeviceIndex>(device));
}

inline at::TensorOptions options(int dtype, int device) { return at::TensorOptions().dtype(dt(dtype)).device(dev(device)); }

inline std::vector<at::Tensor> list(tensor_list items, int64_t n) {
  std::vector<at::Tensor> result;
  result.reserve(static_cast<size_t>(n));
  for (int64_t i = 0; i < n; ++i) result.push_back(T(items[i]));
  return result;
}
}  // namespace d3t

// One guarded function that returns a tensor / a status.
#define TENSOR_FN(name, args, ...) \
  D3_API tensor d3t_##name args { return d3t::guard([&]() -> void* { return d3t::own(__VA_ARGS__); }, nullptr); }
#define STATUS_FN(name, args, ...) \
  D3_API int d3t_##name args { return d3t::guard([&]() -> int { __VA_ARGS__; return 0; }, -1); }

// An operator of one / two tensors.
#define UNARY(op) TENSOR_FN(op, (tensor a), at::op(T(a)))
#define PAIR(op) TENSOR_FN(op, (tensor a, tensor b), at::op(T(a), T(b)))
