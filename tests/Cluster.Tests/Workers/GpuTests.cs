using Depth3D.Cluster.Workers.Gpus;
using Depth3D.Messages;

namespace Depth3D.Cluster.Tests.Workers;

public sealed class GpuTests
{
    private static readonly GpuInfo One = new("GPU-11111111-aaaa", "one", 24L << 30);
    private static readonly GpuInfo Two = new("GPU-22222222-bbbb", "two", 80L << 30);

    [Fact]
    public void A_listing_is_read_line_by_line()
    {
        var gpus = NvidiaSmi.Parse(
        [
            "GPU-5c0d4f9e-1b2a-4c3d-8e9f-001122334455, NVIDIA H200, 143771, 4",
            "MIG-0a0b0c0d-1111-2222-3333-444455556666, NVIDIA A100, 7g.80gb, 81920, [N/A]",
            "",
        ]);
        Assert.Equal(new GpuState(new GpuInfo("GPU-5c0d4f9e-1b2a-4c3d-8e9f-001122334455", "NVIDIA H200", 143771L << 20), 4L << 20), gpus[0]);
        Assert.Equal(("NVIDIA A100, 7g.80gb", 81920L << 20, 0L), (gpus[1].Gpu.Name, gpus[1].Gpu.MemoryBytes, gpus[1].UsedBytes));
        Assert.Equal(2, gpus.Count);
    }

    [Theory]
    [InlineData("NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.")]
    [InlineData("GPU-1.;rm, x, 1, 1")]
    [InlineData("GPU-1\u0000, name, 1, 2")]
    [InlineData("GPU-1, name")]
    public void What_is_no_listing_is_an_error_and_not_a_machine_without_gpus(string line) =>
        Assert.Throws<Depth3DException>(() => NvidiaSmi.Parse([line]));

    [Fact]
    public void A_gpu_has_one_holder_and_is_free_when_that_is_gone()
    {
        using var folder = new TempFolder();
        using (var first = HeldGpus.Take([One, Two], ["gpu-1111"], folder.Path))
        {
            Assert.Equal([One], first.Gpus);
            using var rest = HeldGpus.Take([One, Two], null, folder.Path);
            Assert.Equal([Two], rest.Gpus);
            Assert.Equal([One], rest.Taken);
            var refused = Assert.Throws<Depth3DException>(() => HeldGpus.Take([One, Two], [One.Uuid], folder.Path));
            Assert.Contains($"held by process {Environment.ProcessId}", refused.Message, StringComparison.Ordinal);
        }

        using var again = HeldGpus.Take([One, Two], null, folder.Path);
        Assert.Equal([One, Two], again.Gpus);
    }

    [Theory]
    [InlineData("GPU-9", "has no GPU")]
    [InlineData("GPU-", "names 2 GPUs")]
    [InlineData("", "has no GPU")]
    public void A_name_that_is_not_one_gpu_is_refused(string name, string text)
    {
        using var folder = new TempFolder();
        Assert.Contains(text, Assert.Throws<Depth3DException>(() => HeldGpus.Take([One, Two], [name], folder.Path)).Message, StringComparison.Ordinal);
    }
}
