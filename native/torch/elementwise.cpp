// Elementwise operators, and those that change their first argument.
#include "shim.h"
using namespace d3t;

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
