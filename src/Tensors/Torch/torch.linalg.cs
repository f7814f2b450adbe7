namespace TorchSharp;

public static partial class torch
{
    public static Tensor pow(Scalar left, Tensor right) => new(LibTorch.d3t_rpow_scalar(left, right.H));

    public static class linalg
    {
        /// <summary>X with A X = B.</summary>
        public static Tensor solve(Tensor A, Tensor B) => new(LibTorch.d3t_solve(A.H, B.H));

        public static Tensor inv(Tensor input) => input.inverse();

        public static Tensor det(Tensor input) => new(LibTorch.d3t_det(input.H));
    }
}
