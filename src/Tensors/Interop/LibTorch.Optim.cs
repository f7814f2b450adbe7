using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>Optimiser steps: the functions of native/torch/optim.cpp.</summary>
internal static unsafe partial class LibTorch
{
    [LibraryImport(Library)]
    internal static partial int d3t_adam_step(nint* @params, nint* expAvg, nint* expAvgSq, nint* maxExpAvgSq, long* steps, long n, double lr, double beta1, double beta2, double eps, double weightDecay, int decoupled, int amsgrad, int maximize);

    [LibraryImport(Library)]
    internal static partial int d3t_sgd_step(nint* @params, nint* momentumBuffers, long* started, long n, double lr, double momentum, double dampening, double weightDecay, int nesterov, int maximize);

    [LibraryImport(Library)]
    internal static partial int d3t_zero_grad(nint* @params, long n, int setToNone);

    [LibraryImport(Library)]
    internal static partial int d3t_clip_grad_norm(nint* @params, long n, double maxNorm, double normType, double* total);
}
