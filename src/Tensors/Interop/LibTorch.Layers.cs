using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>Layers, resampling, losses: the functions of native/torch/nn.cpp.</summary>
internal static unsafe partial class LibTorch
{
    [LibraryImport(Library)]
    internal static partial nint d3t_linear(TensorHandle x, TensorHandle weight, TensorHandle bias);

    [LibraryImport(Library)]
    internal static partial nint d3t_conv1d(TensorHandle x, TensorHandle weight, TensorHandle bias, long stride, long padding, long dilation, long groups);

    [LibraryImport(Library)]
    internal static partial nint d3t_conv2d(TensorHandle x, TensorHandle weight, TensorHandle bias, long* stride, long* padding, long* dilation, long groups);

    [LibraryImport(Library)]
    internal static partial nint d3t_conv3d(TensorHandle x, TensorHandle weight, TensorHandle bias, long* stride, long* padding, long* dilation, long groups);

    [LibraryImport(Library)]
    internal static partial nint d3t_conv_transpose2d(TensorHandle x, TensorHandle weight, TensorHandle bias, long* stride, long* padding, long* outputPadding, long* dilation, long groups);

    [LibraryImport(Library)]
    internal static partial nint d3t_max_pool2d(TensorHandle x, long* kernel, long* stride, long* padding, long* dilation, int ceilMode);

    [LibraryImport(Library)]
    internal static partial nint d3t_avg_pool2d(TensorHandle x, long* kernel, long* stride, long* padding, int ceilMode, int countIncludePad);

    [LibraryImport(Library)]
    internal static partial nint d3t_adaptive_avg_pool2d(TensorHandle x, long* size);

    [LibraryImport(Library)]
    internal static partial nint d3t_batch_norm(TensorHandle x, TensorHandle weight, TensorHandle bias, TensorHandle mean, TensorHandle var, int training, double momentum, double eps);

    [LibraryImport(Library)]
    internal static partial nint d3t_group_norm(TensorHandle x, long groups, TensorHandle weight, TensorHandle bias, double eps);

    [LibraryImport(Library)]
    internal static partial nint d3t_layer_norm(TensorHandle x, long* shape, long n, TensorHandle weight, TensorHandle bias, double eps);

    [LibraryImport(Library)]
    internal static partial nint d3t_dropout(TensorHandle x, double p, int training);

    [LibraryImport(Library)]
    internal static partial nint d3t_unfold2d(TensorHandle x, long* kernel, long* dilation, long* padding, long* stride);

    [LibraryImport(Library)]
    internal static partial nint d3t_fold2d(TensorHandle x, long* size, long* kernel, long* dilation, long* padding, long* stride);

    [LibraryImport(Library)]
    internal static partial nint d3t_pad(TensorHandle x, long* pad, long n, int mode, double value);

    [LibraryImport(Library)]
    internal static partial nint d3t_upsample_bilinear2d(TensorHandle x, long* size, int alignCorners, double scaleH, double scaleW);

    [LibraryImport(Library)]
    internal static partial nint d3t_upsample_bicubic2d(TensorHandle x, long* size, int alignCorners, double scaleH, double scaleW);

    [LibraryImport(Library)]
    internal static partial nint d3t_upsample_nearest2d(TensorHandle x, long* size, double scaleH, double scaleW);

    [LibraryImport(Library)]
    internal static partial nint d3t_upsample_linear1d(TensorHandle x, long size, int alignCorners, double s);

    [LibraryImport(Library)]
    internal static partial nint d3t_upsample_nearest1d(TensorHandle x, long size, double s);

    [LibraryImport(Library)]
    internal static partial nint d3t_grid_sample(TensorHandle x, TensorHandle grid, int mode, int paddingMode, int alignCorners);

    [LibraryImport(Library)]
    internal static partial nint d3t_affine_grid(TensorHandle theta, long* size, long n, int alignCorners);

    [LibraryImport(Library)]
    internal static partial nint d3t_pixel_shuffle(TensorHandle x, long factor);

    [LibraryImport(Library)]
    internal static partial nint d3t_mse_loss(TensorHandle x, TensorHandle y, int reduction);

    [LibraryImport(Library)]
    internal static partial nint d3t_l1_loss(TensorHandle x, TensorHandle y, int reduction);

    [LibraryImport(Library)]
    internal static partial nint d3t_smooth_l1_loss(TensorHandle x, TensorHandle y, int reduction, double beta);

    [LibraryImport(Library)]
    internal static partial nint d3t_huber_loss(TensorHandle x, TensorHandle y, int reduction, double delta);

    [LibraryImport(Library)]
    internal static partial nint d3t_bce_with_logits(TensorHandle x, TensorHandle y, TensorHandle weight, TensorHandle posWeight, int reduction);

    [LibraryImport(Library)]
    internal static partial nint d3t_bce(TensorHandle x, TensorHandle y, TensorHandle weight, int reduction);
}
