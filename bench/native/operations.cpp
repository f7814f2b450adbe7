// Loops of single operators on small tensors: what LibTorch itself costs per call.
#include <ATen/ATen.h>

#define D3_API extern "C" __attribute__((visibility("default")))

template <class F>
static void repeat(int64_t n, F&& f) {
  for (int64_t i = 0; i < n; ++i) {
    auto result = f();
    asm volatile("" : : "g"(&result) : "memory");
  }
}

// The kinds are those of bench/TensorOverhead/Operations.cs.
D3_API void d3b_operations(int kind, int64_t n) {
  auto a = at::ones({1}), b = at::ones({1});
  switch (kind) {
    case 0: repeat(n, [&] { return at::add(a, b); }); break;
    case 1: a.set_requires_grad(true); repeat(n, [&] { return at::add(a, b); }); break;
    case 2: { auto m = at::ones({4, 4}); repeat(n, [&] { return m.narrow(0, 1, 2); }); break; }
    case 3: { auto m = at::ones({16, 16}); repeat(n, [&] { return at::matmul(m, m); }); break; }
    case 4: { auto m = at::ones({2, 24, 28, 48}); repeat(n, [&] { return at::relu(m); }); break; }
  }
}
