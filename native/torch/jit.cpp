// TorchScript modules as an import path: load, run, train, save.
#include "shim.h"

#include <torch/script.h>
#include <unordered_set>
using namespace d3t;

static torch::jit::Module& M(void* p) { return *static_cast<torch::jit::Module*>(p); }

D3_API module_ptr d3t_jit_load(const char* path, int device) {
  return guard([&]() -> void* { return new torch::jit::Module(torch::jit::load(path, dev(device))); }, nullptr);
}
D3_API void d3t_jit_free(module_ptr m) { delete static_cast<torch::jit::Module*>(m); }
STATUS_FN(jit_save, (module_ptr m, const char* path), M(m).save(path))
STATUS_FN(jit_train, (module_ptr m, int on), M(m).train(on != 0))
D3_API int d3t_jit_is_training(module_ptr m) { return guard([&] { return M(m).is_training() ? 1 : 0; }, -1); }

// The first output when the module returns a tuple or list.
D3_API tensor d3t_jit_forward(module_ptr m, tensor_list inputs, int64_t n) {
  return guard([&]() -> void* {
    std::vector<c10::IValue> values;
    for (int64_t i = 0; i < n; ++i) values.emplace_back(T(inputs[i]));
    auto out = M(m).forward(std::move(values));
    if (out.isTuple()) out = out.toTupleRef().elements().at(0);
    if (out.isTensorList()) return own(out.toTensorVector().at(0));
    return own(out.toTensor());
  }, nullptr);
}

// which 0 = parameters, 1 = buffers; each tensor once, under its first name, for modules may be shared. Returns how many; fills the
// arrays only when they hold that many. Names are valid until the next call on this thread.
D3_API int64_t d3t_jit_named(module_ptr m, int which, const char** names, void** tensors, int64_t capacity) {
  return guard([&]() -> int64_t {
    static thread_local std::vector<std::string> texts;
    texts.clear();
    std::vector<at::Tensor> found;
    std::unordered_set<const void*> seen;
    const auto take = [&](const auto& named) {
      for (const auto& p : named)
        if (seen.insert(p.value.unsafeGetTensorImpl()).second) texts.push_back(p.name), found.push_back(p.value);
    };
    if (which == 0) take(M(m).named_parameters());
    else take(M(m).named_buffers());
    const auto count = static_cast<int64_t>(found.size());
    if (count <= capacity)
      for (int64_t i = 0; i < count; ++i) names[i] = texts[i].c_str(), tensors[i] = own(found[i]);
    return count;
  }, -1);
}
