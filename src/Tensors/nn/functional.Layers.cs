namespace TorchSharp;

public static unsafe partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) =>
                new(LibTorch.d3t_linear(input.H, weights.H, Tensor.Optional(bias)));

            public static Tensor conv1d(Tensor input, Tensor weight, Tensor? bias = null, long stride = 1, long padding = 0, long dilation = 1,
                long groups = 1) => new(LibTorch.d3t_conv1d(input.H, weight.H, Tensor.Optional(bias), stride, padding, dilation, groups));

            /// <param name="strides">One number for both, or height and width; so are padding and dilation.</param>
            public static Tensor conv2d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null,
                long[]? dilation = null, long groups = 1)
            {
                fixed (long* s = Two(strides, 1), p = Two(padding, 0), d = Two(dilation, 1))
                    return new Tensor(LibTorch.d3t_conv2d(input.H, weight.H, Tensor.Optional(bias), s, p, d, groups));
            }

            /// <param name="strides">Depth, height and width; so are padding and dilation.</param>
            public static Tensor conv3d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null,
                long[]? dilation = null, long groups = 1)
            {
                fixed (long* s = Three(strides, 1), p = Three(padding, 0), d = Three(dilation, 1))
                    return new Tensor(LibTorch.d3t_conv3d(input.H, weight.H, Tensor.Optional(bias), s, p, d, groups));
            }

            public static Tensor conv_transpose2d(Tensor input, Tensor weight, Tensor? bias = null, long[]? stride = null, long[]? padding = null,
                long[]? output_padding = null, long[]? dilation = null, long groups = 1)
            {
                fixed (long* s = Two(stride, 1), p = Two(padding, 0), o = Two(output_padding, 0), d = Two(dilation, 1))
                    return new Tensor(LibTorch.d3t_conv_transpose2d(input.H, weight.H, Tensor.Optional(bias), s, p, o, d, groups));
            }

            public static Tensor max_pool2d(Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null,
                long[]? dilation = null, bool ceil_mode = false)
            {
                fixed (long* k = Two(kernel_size, 1), s = Two(strides ?? kernel_size, 1), p = Two(padding, 0), d = Two(dilation, 1))
                    return new Tensor(LibTorch.d3t_max_pool2d(input.H, k, s, p, d, ceil_mode ? 1 : 0));
            }

            public static Tensor max_pool2d(Tensor input, long kernel_size, long? stride = null, long? padding = null, long? dilation = null,
                bool ceil_mode = false) =>
                max_pool2d(input, [kernel_size], [stride ?? kernel_size], [padding ?? 0], [dilation ?? 1], ceil_mode);

            public static Tensor avg_pool2d(Tensor input, long[] kernel_size, long[]? strides = null, long[]? paddings = null,
                bool ceil_mode = false, bool count_include_pad = true)
            {
                fixed (long* k = Two(kernel_size, 1), s = Two(strides ?? kernel_size, 1), p = Two(paddings, 0))
                    return new Tensor(LibTorch.d3t_avg_pool2d(input.H, k, s, p, ceil_mode ? 1 : 0, count_include_pad ? 1 : 0));
            }

            public static Tensor avg_pool2d(Tensor input, long kernel_size, long? stride = null, long padding = 0, bool ceil_mode = false,
                bool count_include_pad = true) =>
                avg_pool2d(input, [kernel_size], [stride ?? kernel_size], [padding], ceil_mode, count_include_pad);

            public static Tensor adaptive_avg_pool2d(Tensor input, long[] output_size)
            {
                fixed (long* s = Two(output_size, 1)) return new Tensor(LibTorch.d3t_adaptive_avg_pool2d(input.H, s));
            }

            public static Tensor batch_norm(Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight = null, Tensor? bias = null,
                bool training = false, double momentum = 0.1, double eps = 1e-5) =>
                new(LibTorch.d3t_batch_norm(input.H, Tensor.Optional(weight), Tensor.Optional(bias), Tensor.Optional(running_mean),
                    Tensor.Optional(running_var), training ? 1 : 0, momentum, eps));

            public static Tensor group_norm(Tensor input, long num_groups, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5) =>
                new(LibTorch.d3t_group_norm(input.H, num_groups, Tensor.Optional(weight), Tensor.Optional(bias), eps));

            public static Tensor layer_norm(Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5)
            {
                fixed (long* s = normalized_shape)
                    return new Tensor(LibTorch.d3t_layer_norm(input.H, s, normalized_shape.Length, Tensor.Optional(weight), Tensor.Optional(bias), eps));
            }

            public static Tensor relu(Tensor x, bool inplace = false) => inplace ? x.relu_() : x.relu();

            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false) =>
                inplace ? input.leaky_relu_(negative_slope) : input.leaky_relu(negative_slope);

            public static Tensor elu(Tensor x, double alpha = 1) => x.elu(alpha);

            public static Tensor gelu(Tensor x) => x.gelu();

            public static Tensor softplus(Tensor x, double beta = 1, double threshold = 20) => x.softplus(beta, threshold);

            public static Tensor softmax(Tensor input, long dim) => input.softmax(dim);

            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true) => new(LibTorch.d3t_dropout(input.H, p, training ? 1 : 0));

            public static Tensor pixel_shuffle(Tensor x, long upscale_factor) => new(LibTorch.d3t_pixel_shuffle(x.H, upscale_factor));

            /// <summary>Patches of [b, c, h, w] as columns [b, c * kernel, places].</summary>
            public static Tensor unfold(Tensor input, long kernel_size, long dilation = 1, long padding = 0, long stride = 1)
            {
                fixed (long* k = Two([kernel_size], 1), d = Two([dilation], 1), p = Two([padding], 0), s = Two([stride], 1))
                    return new Tensor(LibTorch.d3t_unfold2d(input.H, k, d, p, s));
            }

            /// <summary>Adds the columns of <see cref="unfold"/> up into [b, c, h, w]; overlapping patches sum. Pairs are height, width.</summary>
            public static Tensor fold(Tensor input, (long, long) output_size, (long, long) kernel_size, (long, long)? dilation = null,
                (long, long)? padding = null, (long, long)? stride = null)
            {
                fixed (long* o = Pair(output_size), k = Pair(kernel_size), d = Pair(dilation ?? (1, 1)), p = Pair(padding ?? (0, 0)), s = Pair(stride ?? (1, 1)))
                    return new Tensor(LibTorch.d3t_fold2d(input.H, o, k, d, p, s));
            }

            private static long[] Pair((long, long) pair) => [pair.Item1, pair.Item2];

            private static long[] Three(long[]? values, long otherwise) => values switch
            {
                null => [otherwise, otherwise, otherwise],
                [_, _, _] => values,
                _ => throw new ArgumentException($"three numbers expected, got {values.Length}"),
            };

            private static long[] Two(long[]? values, long otherwise) => values switch
            {
                null => [otherwise, otherwise],
                [var one] => [one, one],
                [_, _] => values,
                _ => throw new ArgumentException($"one or two numbers expected, got {values.Length}"),
            };
        }
    }
}
