namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Starting values, written in place without a gradient.</summary>
        public static class init
        {
            public static Tensor zeros_(Tensor tensor) => Quietly(tensor, t => t.zero_());

            public static Tensor ones_(Tensor tensor) => constant_(tensor, 1);

            public static Tensor constant_(Tensor tensor, Scalar val) => Quietly(tensor, t => t.fill_(val));

            public static Tensor uniform_(Tensor tensor, double low = 0, double high = 1) => Quietly(tensor, t => t.uniform_(low, high));

            public static Tensor normal_(Tensor tensor, double mean = 0, double std = 1) => Quietly(tensor, t => t.normal_(mean, std));

            /// <summary>He et al. 2015, for leaky rectifiers of slope <paramref name="a"/>.</summary>
            public static Tensor kaiming_uniform_(Tensor tensor, double a = 0)
            {
                var bound = Math.Sqrt(3) * Math.Sqrt(2 / (1 + a * a)) / Math.Sqrt(FanIn(tensor));
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>He et al. 2015, for leaky rectifiers of slope <paramref name="a"/>.</summary>
            public static Tensor kaiming_normal_(Tensor tensor, double a = 0) =>
                normal_(tensor, 0, Math.Sqrt(2 / (1 + a * a)) / Math.Sqrt(FanIn(tensor)));

            /// <summary>Glorot and Bengio 2010.</summary>
            public static Tensor xavier_uniform_(Tensor tensor, double gain = 1)
            {
                var sides = tensor.shape;
                double receptive = sides.Skip(2).Aggregate(1L, (product, side) => product * side);
                var bound = gain * Math.Sqrt(6 / ((sides[0] + sides[1]) * receptive));
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>Inputs that reach one output of a weight [out, in, ...].</summary>
            internal static long FanIn(Tensor weight) => weight.shape.Skip(1).Aggregate(1L, (product, side) => product * side);

            private static Tensor Quietly(Tensor tensor, Action<Tensor> write)
            {
                using (no_grad()) write(tensor);
                return tensor;
            }
        }
    }
}
