namespace TorchSharp;

public static unsafe partial class torch
{
    /// <summary>How <see cref="nn.functional.interpolate"/> finds values between pixels.</summary>
    public enum InterpolationMode
    {
        Nearest = 0,
        Linear = 1,
        Bilinear = 2,
        Bicubic = 3,
        Trilinear = 4,
        Area = 5,
    }

    /// <summary>How <see cref="nn.functional.grid_sample"/> finds values between pixels.</summary>
    public enum GridSampleMode
    {
        Nearest = 0,
        Bilinear = 2,
    }

    /// <summary>What lies outside the image.</summary>
    public enum GridSamplePaddingMode
    {
        Zeros = 0,
        Reflection = 1,
        Border = 2,
    }

    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>Resizes [b, c, h, w] (or [b, c, w]) to a size or by a factor, one of which is given.</summary>
            public static Tensor interpolate(Tensor x, long[]? size = null, double[]? scale_factor = null,
                InterpolationMode mode = InterpolationMode.Nearest, bool? align_corners = null, bool recompute_scale_factor = false)
            {
                if (size is null == scale_factor is null) throw new ArgumentException("interpolate: give either size or scale_factor");
                var axes = (int)x.ndim - 2;
                if (axes is not (1 or 2)) throw new ArgumentException($"interpolate: [b, c, h, w] or [b, c, w] expected, got {x}");
                var sides = x.shape;
                var scale = new double[axes];
                size ??= new long[axes];
                if (scale_factor is not null)
                {
                    for (var i = 0; i < axes; ++i)
                    {
                        var factor = scale_factor[scale_factor.Length == 1 ? 0 : i];
                        size[i] = (long)Math.Floor(sides[2 + i] * factor);
                        scale[i] = recompute_scale_factor ? 0 : factor;
                    }
                }

                if (size.Length != axes) throw new ArgumentException($"interpolate: {axes} sizes expected for {x}, got {size.Length}");
                var align = align_corners == true ? 1 : 0;
                fixed (long* s = size)
                {
                    return new Tensor((mode, axes) switch
                    {
                        (InterpolationMode.Bilinear, 2) => LibTorch.d3t_upsample_bilinear2d(x.H, s, align, scale[0], scale[1]),
                        (InterpolationMode.Bicubic, 2) => LibTorch.d3t_upsample_bicubic2d(x.H, s, align, scale[0], scale[1]),
                        (InterpolationMode.Nearest, 2) => LibTorch.d3t_upsample_nearest2d(x.H, s, scale[0], scale[1]),
                        (InterpolationMode.Area, 2) => LibTorch.d3t_adaptive_avg_pool2d(x.H, s),
                        (InterpolationMode.Linear, 1) => LibTorch.d3t_upsample_linear1d(x.H, size[0], align, scale[0]),
                        (InterpolationMode.Nearest, 1) => LibTorch.d3t_upsample_nearest1d(x.H, size[0], scale[0]),
                        _ => throw new ArgumentException($"interpolate: mode {mode} does not fit {x}"),
                    });
                }
            }

            /// <summary>Samples [b, c, h, w] at grid [b, h2, w2, 2], whose (x, y) run from -1 to 1 over the image.</summary>
            /// <param name="align_corners">True: -1 and 1 are the centres of the corner pixels; otherwise their outer edges.</param>
            public static Tensor grid_sample(Tensor input, Tensor grid, GridSampleMode mode = GridSampleMode.Bilinear,
                GridSamplePaddingMode padding_mode = GridSamplePaddingMode.Zeros, bool? align_corners = null)
            {
                var interpolation = mode == GridSampleMode.Bilinear ? 0 : 1;
                var padding = padding_mode switch { GridSamplePaddingMode.Zeros => 0, GridSamplePaddingMode.Border => 1, _ => 2 };
                return new Tensor(LibTorch.d3t_grid_sample(input.H, grid.H, interpolation, padding, align_corners == true ? 1 : 0));
            }

            /// <summary>The grid that <see cref="grid_sample"/> takes for affine maps theta [b, 2, 3] and an output of the given size.</summary>
            public static Tensor affine_grid(Tensor theta, long[]? size = null, bool align_corners = false)
            {
                ArgumentNullException.ThrowIfNull(size);
                fixed (long* s = size) return new Tensor(LibTorch.d3t_affine_grid(theta.H, s, size.Length, align_corners ? 1 : 0));
            }

            /// <param name="pad">Pairs (before, after), the last dimension first.</param>
            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
            {
                var number = mode is PaddingModes.Constant or PaddingModes.Zeros ? 0 : (int)mode;
                fixed (long* p = pad) return new Tensor(LibTorch.d3t_pad(input.H, p, pad.Length, number, value));
            }
        }
    }
}
