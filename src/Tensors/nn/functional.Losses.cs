namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>How a loss is reduced to a number.</summary>
        public enum Reduction
        {
            None = 0,
            Mean = 1,
            Sum = 2,
        }

        public static partial class functional
        {
            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                new(LibTorch.d3t_mse_loss(input.H, target.H, (int)reduction));

            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                new(LibTorch.d3t_l1_loss(input.H, target.H, (int)reduction));

            public static Tensor smooth_l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean, double beta = 1) =>
                new(LibTorch.d3t_smooth_l1_loss(input.H, target.H, (int)reduction, beta));

            public static Tensor huber_loss(Tensor input, Tensor target, double delta = 1, Reduction reduction = Reduction.Mean) =>
                new(LibTorch.d3t_huber_loss(input.H, target.H, (int)reduction, delta));

            public static Tensor binary_cross_entropy(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                new(LibTorch.d3t_bce(input.H, target.H, Tensor.Optional(weight), (int)reduction));

            public static Tensor binary_cross_entropy_with_logits(Tensor input, Tensor target, Tensor? weight = null,
                Reduction reduction = Reduction.Mean, Tensor? pos_weights = null) =>
                new(LibTorch.d3t_bce_with_logits(input.H, target.H, Tensor.Optional(weight), Tensor.Optional(pos_weights), (int)reduction));
        }
    }
}
