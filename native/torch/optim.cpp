// Whole-list loops over parameters: one call per step instead of one per parameter and operator. The state belongs to the caller, so a
// checkpoint saves and restores it exactly. Update rules: Kingma & Ba 2015 (Adam), Loshchilov & Hutter 2019 (AdamW).
#include "shim.h"

#include <c10/core/GradMode.h>
#include <cmath>
using namespace d3t;

namespace {
struct no_grad {
  bool before = c10::GradMode::is_enabled();
  no_grad() { c10::GradMode::set_enabled(false); }
  ~no_grad() { c10::GradMode::set_enabled(before); }
};
}  // namespace

// Parameters without a gradient are left alone and their step count stays. max_exp_avg_sq is read only with amsgrad.
D3_API int d3t_adam_step(tensor_list params, tensor_list exp_avg, tensor_list exp_avg_sq, tensor_list max_exp_avg_sq, int64_t* steps,
                         int64_t n, double lr, double beta1, double beta2, double eps, double weight_decay, int decoupled, int amsgrad,
                         int maximize) {
  return guard([&] {
    no_grad off;
    for (int64_t i = 0; i < n; ++i) {
      auto& p = T(params[i]);
      auto g = p.grad();
      if (!g.defined()) continue;
      const auto step = ++steps[i];
      if (maximize) g = -g;
      if (weight_decay != 0) {
        if (decoupled) p.mul_(1 - lr * weight_decay);
        else g = g.add(p, weight_decay);
      }
      auto& m = T(exp_avg[i]);
      auto& v = T(exp_avg_sq[i]);
      m.mul_(beta1).add_(g, 1 - beta1);
      v.mul_(beta2).addcmul_(g, g, 1 - beta2);
      const double correction1 = 1 - std::pow(beta1, static_cast<double>(step));
      const double correction2 = 1 - std::pow(beta2, static_cast<double>(step));
      if (amsgrad) at::maximum_out(T(max_exp_avg_sq[i]), T(max_exp_avg_sq[i]), v);
      auto denominator = (amsgrad ? T(max_exp_avg_sq[i]) : v).sqrt().div_(std::sqrt(correction2)).add_(eps);
      p.addcdiv_(m, denominator, -lr / correction1);
    }
    return 0;
  }, -1);
}

// momentum_buffers[i] is read only when started[i] != 0; the first step fills it with the gradient.
D3_API int d3t_sgd_step(tensor_list params, tensor_list momentum_buffers, int64_t* started, int64_t n, double lr, double momentum,
                        double dampening, double weight_decay, int nesterov, int maximize) {
  return guard([&] {
    no_grad off;
    for (int64_t i = 0; i < n; ++i) {
      auto& p = T(params[i]);
      auto g = p.grad();
      if (!g.defined()) continue;
      if (maximize) g = -g;
      if (weight_decay != 0) g = g.add(p, weight_decay);
      if (momentum != 0) {
        auto& b = T(momentum_buffers[i]);
        if (started[i]) b.mul_(momentum).add_(g, 1 - dampening);
        else b.copy_(g);
        started[i] = 1;
        g = nesterov ? g.add(b, momentum) : b;
      }
      p.add_(g, -lr);
    }
    return 0;
  }, -1);
}

D3_API int d3t_zero_grad(tensor_list params, int64_t n, int set_to_none) {
  return guard([&] {
    no_grad off;
    for (int64_t i = 0; i < n; ++i) {
      auto& g = T(params[i]).mutable_grad();
      if (!g.defined()) continue;
      if (set_to_none) g = at::Tensor();
      else g.detach_().zero_();
    }
    return 0;
  }, -1);
}

// Scales all gradients so that their joint norm is at most max_norm; gives the norm before.
D3_API int d3t_clip_grad_norm(tensor_list params, int64_t n, double max_norm, double norm_type, double* total) {
  return guard([&] {
    no_grad off;
    std::vector<at::Tensor> grads, norms;
    for (int64_t i = 0; i < n; ++i)
      if (auto g = T(params[i]).grad(); g.defined()) grads.push_back(g), norms.push_back(at::norm(g, at::Scalar(norm_type)));
    *total = 0;
    if (grads.empty()) return 0;
    *total = at::norm(at::stack(norms), at::Scalar(norm_type)).item<double>();
    if (const double factor = max_norm / (*total + 1e-6); factor < 1)
      for (auto& g : grads) g.mul_(factor);
    return 0;
  }, -1);
}
