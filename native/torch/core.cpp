// Life cycle, creation, data transfer, autograd switches, threads and devices.
#include "shim.h"

#include <ATen/Parallel.h>
#include <c10/core/GradMode.h>
#include <dlfcn.h>
#include <torch/cuda.h>
#include <torch/csrc/autograd/autograd.h>

namespace d3t {
thread_local std::string last_error;
std::atomic<int64_t> live{0};
}  // namespace d3t
using namespace d3t;

D3_API int d3t_abi_version() { return 1; }
D3_API const char* d3t_last_error() { return last_error.c_str(); }
D3_API const char* d3t_libtorch_version() { return TORCH_VERSION; }
D3_API int64_t d3t_live_tensors() { return live.load(std::memory_order_relaxed); }

D3_API void d3t_free(void* t) {
  if (!t) return;
  delete static_cast<at::Tensor*>(t);
  live.fetch_sub(1, std::memory_order_relaxed);
}

// Bytes that freeing this tensor would return, when they are worth telling the collector about.
D3_API int64_t d3t_pressure(void* t) {
  const auto& a = T(t);
  const auto bytes = a.defined() && a.has_storage() ? static_cast<int64_t>(a.nbytes()) : 0;
  return bytes >= 65536 && a.storage().use_count() == 1 ? bytes : 0;
}

// ---- creation
TENSOR_FN(empty, (const int64_t* size, int64_t n, int dtype, int device), at::empty(I(size, n), options(dtype, device)))
TENSOR_FN(zeros, (const int64_t* size, int64_t n, int dtype, int device), at::zeros(I(size, n), options(dtype, device)))
TENSOR_FN(ones, (const int64_t* size, int64_t n, int dtype, int device), at::ones(I(size, n), options(dtype, device)))
TENSOR_FN(full, (const int64_t* size, int64_t n, scalar value, int dtype, int device), at::full(I(size, n), S(value), options(dtype, device)))
TENSOR_FN(eye, (int64_t rows, int64_t columns, int dtype, int device), at::eye(rows, columns, options(dtype, device)))
TENSOR_FN(arange, (scalar start, scalar stop, scalar step, int dtype, int device), at::arange(S(start), S(stop), S(step), options(dtype, device)))
TENSOR_FN(linspace, (double start, double end, int64_t steps, int dtype, int device), at::linspace(start, end, steps, options(dtype, device)))
TENSOR_FN(rand, (const int64_t* size, int64_t n, int dtype, int device), at::rand(I(size, n), options(dtype, device)))
TENSOR_FN(randn, (const int64_t* size, int64_t n, int dtype, int device), at::randn(I(size, n), options(dtype, device)))
TENSOR_FN(randint, (int64_t low, int64_t high, const int64_t* size, int64_t n, int dtype, int device),
          at::randint(low, high, I(size, n), options(dtype, device)))
TENSOR_FN(randperm, (int64_t count, int dtype, int device), at::randperm(count, options(dtype, device)))
TENSOR_FN(zeros_like, (tensor a), at::zeros_like(T(a)))
TENSOR_FN(ones_like, (tensor a), at::ones_like(T(a)))
TENSOR_FN(empty_like, (tensor a), at::empty_like(T(a)))
TENSOR_FN(full_like, (tensor a, scalar value), at::full_like(T(a), S(value)))
TENSOR_FN(rand_like, (tensor a), at::rand_like(T(a)))
TENSOR_FN(randn_like, (tensor a), at::randn_like(T(a)))
STATUS_FN(manual_seed, (int64_t seed), at::manual_seed(static_cast<uint64_t>(seed)))

// Copies bytes in; the caller checked that the buffer holds the product of the sizes.
TENSOR_FN(from_buffer, (const void* data, const int64_t* size, int64_t n, int dtype, int device),
          at::from_blob(const_cast<void*>(data), I(size, n), options(dtype, -1)).clone().to(dev(device)))

STATUS_FN(to_buffer, (tensor a, void* data, int64_t capacity),
          auto c = T(a).detach().to(at::kCPU).contiguous();
          TORCH_CHECK(static_cast<int64_t>(c.nbytes()) <= capacity, "to_buffer: the tensor has ", c.nbytes(), " bytes, the buffer ", capacity);
          __builtin_memcpy(data, c.data_ptr(), c.nbytes()))

// ---- properties
D3_API int64_t d3t_dim(tensor a) { return T(a).dim(); }
D3_API int64_t d3t_numel(tensor a) { return T(a).numel(); }
D3_API int64_t d3t_nbytes(tensor a) { return static_cast<int64_t>(T(a).nbytes()); }
D3_API int d3t_dtype(tensor a) { return static_cast<int>(T(a).scalar_type()); }
D3_API int d3t_device(tensor a) { return T(a).is_cpu() ? -1 : static_cast<int>(T(a).device().index()); }
D3_API int d3t_requires_grad(tensor a) { return T(a).requires_grad() ? 1 : 0; }
D3_API int d3t_is_leaf(tensor a) { return T(a).is_leaf() ? 1 : 0; }
D3_API int d3t_is_contiguous(tensor a) { return T(a).is_contiguous() ? 1 : 0; }
D3_API int d3t_is_channels_last(tensor a) { return T(a).is_contiguous(at::MemoryFormat::ChannelsLast) ? 1 : 0; }
D3_API void d3t_sizes(tensor a, int64_t* out) { for (auto s : T(a).sizes()) *out++ = s; }
D3_API void d3t_strides(tensor a, int64_t* out) { for (auto s : T(a).strides()) *out++ = s; }
D3_API void* d3t_data_ptr(tensor a) { return guard([&]() -> void* { return T(a).data_ptr(); }, nullptr); }
STATUS_FN(item_double, (tensor a, double* out), *out = T(a).item<double>())
STATUS_FN(item_int64, (tensor a, int64_t* out), *out = T(a).item<int64_t>())

// ---- copies and conversions
TENSOR_FN(alias, (tensor a), T(a))
TENSOR_FN(to, (tensor a, int dtype, int device, int copy), T(a).to(dev(device), dt(dtype), false, copy != 0))
TENSOR_FN(to_channels_last, (tensor a), T(a).contiguous(at::MemoryFormat::ChannelsLast))
TENSOR_FN(contiguous, (tensor a), T(a).contiguous())
TENSOR_FN(clone, (tensor a), T(a).clone())
TENSOR_FN(detach, (tensor a), T(a).detach())
STATUS_FN(detach_, (tensor a), T(a).detach_())
STATUS_FN(copy_, (tensor a, tensor source), T(a).copy_(T(source)))
STATUS_FN(set_data, (tensor a, tensor source), T(a).set_data(T(source)))

// ---- autograd
STATUS_FN(set_requires_grad, (tensor a, int on), T(a).set_requires_grad(on != 0))
STATUS_FN(backward, (tensor a, maybe_tensor gradient, int retain_graph, int create_graph),
          T(a).backward(gradient ? T(gradient) : at::Tensor(), retain_graph ? opt<bool>(true) : opt<bool>(none), create_graph != 0))
D3_API tensor d3t_grad(tensor a) {
  return guard([&]() -> void* { auto g = T(a).grad(); return g.defined() ? own(g) : nullptr; }, nullptr);
}
STATUS_FN(set_grad, (tensor a, maybe_tensor gradient), T(a).mutable_grad() = gradient ? T(gradient) : at::Tensor())

// Gradients of inputs that the outputs do not use are null.
D3_API int d3t_autograd_grad(tensor_list outputs, int64_t outputs_n, tensor_list inputs, int64_t inputs_n, tensor_list seeds,
                             int64_t seeds_n, int retain_graph, int create_graph, int allow_unused, void** result) {
  return guard([&] {
    auto grads = torch::autograd::grad(list(outputs, outputs_n), list(inputs, inputs_n), list(seeds, seeds_n), retain_graph != 0,
                                       create_graph != 0, allow_unused != 0);
    for (size_t i = 0; i < grads.size(); ++i) result[i] = grads[i].defined() ? own(grads[i]) : nullptr;
    return 0;
  }, -1);
}

D3_API int d3t_grad_enabled() { return c10::GradMode::is_enabled() ? 1 : 0; }
D3_API void d3t_set_grad_enabled(int on) { c10::GradMode::set_enabled(on != 0); }

// ---- threads, BLAS, devices
// The library initialises every thread at its first parallel work, with the number that any thread set last. Asked for its number, a thread has
// that behind it, and what it sets afterwards is its own.
STATUS_FN(set_num_threads, (int n), (at::get_num_threads(), at::set_num_threads(n)))
D3_API int d3t_get_num_threads() { return at::get_num_threads(); }
D3_API int d3t_cuda_is_available() { return guard([&] { return torch::cuda::is_available() ? 1 : 0; }, 0); }
D3_API int d3t_cuda_device_count() { return guard([&] { return static_cast<int>(torch::cuda::device_count()); }, 0); }
STATUS_FN(cuda_synchronize, (int device), torch::cuda::synchronize(device))
STATUS_FN(cuda_manual_seed_all, (int64_t seed), torch::cuda::manual_seed_all(static_cast<uint64_t>(seed)))

// OpenBLAS describes itself; of any other library the file that carries sgemm is named. Empty when there is neither.
D3_API const char* d3t_blas_name() {
  static thread_local std::string name;
  name.clear();
  if (auto config = reinterpret_cast<const char* (*)()>(dlsym(RTLD_DEFAULT, "openblas_get_config"))) return (name = config()).c_str();
  Dl_info info{};
  if (auto sgemm = dlsym(RTLD_DEFAULT, "sgemm_"); sgemm && dladdr(sgemm, &info) && info.dli_fname) name = info.dli_fname;
  return name.c_str();
}
