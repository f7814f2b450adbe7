// Layers, resampling and losses.
#include "shim.h"
using namespace d3t;

TENSOR_FN(linear, (tensor x, tensor weight, maybe_tensor bias), at::linear(T(x), T(weight), O(bias)))
TENSOR_FN(conv1d, (tensor x, tensor weight, maybe_tensor bias, int64_t stride, int64_t padding, int64_t dilation, int64_t groups),
          at::conv1d(T(x), T(weight), O(bias), I(&stride, 1), I(&padding, 1), I(&dilation, 1), groups))
// stride, padding, dilation: two values each, height first.
TENSOR_FN(conv2d, (tensor x, tensor weight, maybe_tensor bias, const int64_t* stride, const int64_t* padding, const int64_t* dilation, int64_t groups),
          at::conv2d(T(x), T(weight), O(bias), I(stride, 2), I(padding, 2), I(dilation, 2), groups))
TENSOR_FN(conv3d, (tensor x, tensor weight, maybe_tensor bias, const int64_t* stride, const int64_t* padding, const int64_t* dilation, int64_t groups),
          at::conv3d(T(x), T(weight), O(bias), I(stride, 3), I(padding, 3), I(dilation, 3), groups))
TENSOR_FN(conv_transpose2d,
          (tensor x, tensor weight, maybe_tensor bias, const int64_t* stride, const int64_t* padding, const int64_t* output_padding,
           const int64_t* dilation, int64_t groups),
          at::conv_transpose2d(T(x), T(weight), O(bias), I(stride, 2), I(padding, 2), I(output_padding, 2), groups, I(dilation, 2)))
TENSOR_FN(max_pool2d, (tensor x, const int64_t* kernel, const int64_t* stride, const int64_t* padding, const int64_t* dilation, int ceil_mode),
          at::max_pool2d(T(x), I(kernel, 2), I(stride, 2), I(padding, 2), I(dilation, 2), ceil_mode != 0))
TENSOR_FN(avg_pool2d, (tensor x, const int64_t* kernel, const int64_t* stride, const int64_t* padding, int ceil_mode, int count_include_pad),
          at::avg_pool2d(T(x), I(kernel, 2), I(stride, 2), I(padding, 2), ceil_mode != 0, count_include_pad != 0))
TENSOR_FN(adaptive_avg_pool2d, (tensor x, const int64_t* size), at::adaptive_avg_pool2d(T(x), I(size, 2)))
TENSOR_FN(batch_norm, (tensor x, maybe_tensor weight, maybe_tensor bias, maybe_tensor mean, maybe_tensor var, int training, double momentum, double eps),
          at::batch_norm(T(x), O(weight), O(bias), O(mean), O(var), training != 0, momentum, eps, false))
TENSOR_FN(group_norm, (tensor x, int64_t groups, maybe_tensor weight, maybe_tensor bias, double eps),
          at::group_norm(T(x), groups, O(weight), O(bias), eps))
TENSOR_FN(layer_norm, (tensor x, const int64_t* shape, int64_t n, maybe_tensor weight, maybe_tensor bias, double eps),
          at::layer_norm(T(x), I(shape, n), O(weight), O(bias), eps))
TENSOR_FN(dropout, (tensor x, double p, int training), at::dropout(T(x), p, training != 0))
TENSOR_FN(unfold2d, (tensor x, const int64_t* kernel, const int64_t* dilation, const int64_t* padding, const int64_t* stride),
          at::im2col(T(x), I(kernel, 2), I(dilation, 2), I(padding, 2), I(stride, 2)))
TENSOR_FN(fold2d, (tensor x, const int64_t* size, const int64_t* kernel, const int64_t* dilation, const int64_t* padding, const int64_t* stride),
          at::col2im(T(x), I(size, 2), I(kernel, 2), I(dilation, 2), I(padding, 2), I(stride, 2)))

// mode 0 = constant, 1 = reflect, 2 = replicate, 3 = circular; pad pairs start at the last dimension.
TENSOR_FN(pad, (tensor x, const int64_t* pad, int64_t n, int mode, double value), ([&] {
            static const char* const names[] = {"constant", "reflect", "replicate", "circular"};
            return mode == 0 ? at::constant_pad_nd(T(x), I(pad, n), value) : at::pad(T(x), I(pad, n), names[mode], none);
          })())

// scale <= 0 means not given: the ratio of the sizes is used.
static opt<double> scale(double s) { return s > 0 ? opt<double>(s) : opt<double>(none); }
TENSOR_FN(upsample_bilinear2d, (tensor x, const int64_t* size, int align_corners, double scale_h, double scale_w),
          at::upsample_bilinear2d(T(x), I(size, 2), align_corners != 0, scale(scale_h), scale(scale_w)))
TENSOR_FN(upsample_bicubic2d, (tensor x, const int64_t* size, int align_corners, double scale_h, double scale_w),
          at::upsample_bicubic2d(T(x), I(size, 2), align_corners != 0, scale(scale_h), scale(scale_w)))
TENSOR_FN(upsample_nearest2d, (tensor x, const int64_t* size, double scale_h, double scale_w),
          at::upsample_nearest2d(T(x), I(size, 2), scale(scale_h), scale(scale_w)))
TENSOR_FN(upsample_linear1d, (tensor x, int64_t size, int align_corners, double s), at::upsample_linear1d(T(x), I(&size, 1), align_corners != 0, scale(s)))
TENSOR_FN(upsample_nearest1d, (tensor x, int64_t size, double s), at::upsample_nearest1d(T(x), I(&size, 1), scale(s)))
TENSOR_FN(grid_sample, (tensor x, tensor grid, int mode, int padding_mode, int align_corners),
          at::grid_sampler(T(x), T(grid), mode, padding_mode, align_corners != 0))
TENSOR_FN(affine_grid, (tensor theta, const int64_t* size, int64_t n, int align_corners),
          at::affine_grid_generator(T(theta), I(size, n), align_corners != 0))
TENSOR_FN(pixel_shuffle, (tensor x, int64_t factor), at::pixel_shuffle(T(x), factor))

// ---- losses; reduction 0 = none, 1 = mean, 2 = sum
TENSOR_FN(mse_loss, (tensor x, tensor y, int reduction), at::mse_loss(T(x), T(y), reduction))
TENSOR_FN(l1_loss, (tensor x, tensor y, int reduction), at::l1_loss(T(x), T(y), reduction))
TENSOR_FN(smooth_l1_loss, (tensor x, tensor y, int reduction, double beta), at::smooth_l1_loss(T(x), T(y), reduction, beta))
TENSOR_FN(huber_loss, (tensor x, tensor y, int reduction, double delta), at::huber_loss(T(x), T(y), reduction, delta))
TENSOR_FN(bce_with_logits, (tensor x, tensor y, maybe_tensor weight, maybe_tensor pos_weight, int reduction),
          at::binary_cross_entropy_with_logits(T(x), T(y), O(weight), O(pos_weight), reduction))
TENSOR_FN(bce, (tensor x, tensor y, maybe_tensor weight, int reduction), at::binary_cross_entropy(T(x), T(y), O(weight), reduction))
