using TorchSharp;
using Xunit;

namespace Depth3D.Tensors.Tests;

public sealed class RuntimeTests
{
    [Fact]
    public void The_library_names_its_version_and_its_blas()
    {
        Assert.Matches(@"^\d+\.\d+\.\d+", TorchRuntime.Version);
        Assert.NotEmpty(TorchRuntime.BlasName);
    }

    [SkippableFact]
    public void Without_a_graphics_card_there_is_no_device()
    {
        Skip.If(torch.cuda.is_available(), "this machine has a graphics card");
        Assert.Equal(0, torch.cuda.device_count());
        Assert.Throws<TorchException>(() => torch.ones([1], device: torch.CUDA));
    }

    [Theory]
    [InlineData("cpu", "cpu")]
    [InlineData("cuda", "cuda:0")]
    [InlineData("cuda:3", "cuda:3")]
    public void Devices_are_written_as_they_are_read(string text, string expected) => Assert.Equal(expected, torch.device(text).ToString());

    [Fact]
    public void An_unknown_device_is_refused() => Assert.Throws<ArgumentException>(() => torch.device("tpu"));
}
