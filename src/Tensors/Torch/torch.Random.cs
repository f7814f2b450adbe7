namespace TorchSharp;

public static partial class torch
{
    /// <summary>Seeds the generators of every device; the same seed gives the same numbers on the same machine.</summary>
    public static void manual_seed(long seed) => random.manual_seed(seed);

    public static class random
    {
        public static void manual_seed(long seed)
        {
            LibTorch.Check(LibTorch.d3t_manual_seed(seed));
            if (cuda.is_available()) LibTorch.Check(LibTorch.d3t_cuda_manual_seed_all(seed));
        }
    }

    public static class cuda
    {
        public static bool is_available() => LibTorch.d3t_cuda_is_available() == 1;

        public static int device_count() => LibTorch.d3t_cuda_device_count();

        /// <summary>Waits until the device has done what was asked of it.</summary>
        public static void synchronize(Device? device = null) => LibTorch.Check(LibTorch.d3t_cuda_synchronize(device?.Number ?? -1));
    }

    public static bool cuda_is_available() => cuda.is_available();

    /// <summary>Sets how many cores the operators use that THIS thread calls. Call it on every thread that computes.</summary>
    public static void set_num_threads(int num) => LibTorch.Check(LibTorch.d3t_set_num_threads(num));

    /// <summary>How many cores the operators use that this thread calls.</summary>
    public static int get_num_threads() => LibTorch.d3t_get_num_threads();
}
