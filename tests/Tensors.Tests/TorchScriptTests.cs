using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Depth3D.Tensors.Tests;

/// <summary>A traced network: load, run, train, save, load again. The trace is for 256x448 inputs only.</summary>
public sealed class TorchScriptTests
{
    [SkippableFact]
    public void A_traced_network_trains_and_keeps_what_it_learned()
    {
        var path = SharedData.Find("models/tcmonodepth-small.torchscript.pt");
        Skip.If(path is null, "shared/data/models/tcmonodepth-small.torchscript.pt is not here");
        var saved = Path.Combine(Path.GetTempPath(), $"depth3d-{Environment.ProcessId}.pt");
        try
        {
            using var model = jit.load<Tensor, Tensor>(path);
            using var adam = optim.Adam(model.parameters(), lr: 1e-4);
            manual_seed(1);
            using var image = rand([1, 3, 256, 448]);
            image.mul_(255);
            model.eval();
            using var first = Disparity(model, image);
            Assert.Equal([1L, 1L, 256L, 448L], first.shape);
            Assert.All(model.parameters(), p => Assert.True(p.requires_grad && p.is_leaf));
            Assert.Equal(model.named_parameters().Count(), model.named_parameters().Select(p => p.name).Distinct().Count());

            using var target = WrappedTensorDisposeScope(() => first.detach() * 1.1);
            var losses = Enumerable.Range(0, 3).Select(_ => Step(model, adam, image, target)).ToArray();
            Assert.True(losses[2] < losses[0], $"the loss went {string.Join(", ", losses)}");

            using var trained = Disparity(model, image);
            jit.save(model, saved);
            using var again = jit.load(saved);
            again.eval();
            using var reloaded = again.forward(image);
            Assert.Equal(trained.ToBytes(), reloaded.ToBytes());
            Assert.NotEqual(first.ToBytes(), reloaded.ToBytes());
        }
        finally
        {
            File.Delete(saved);
        }
    }

    [Fact]
    public void A_file_that_is_no_archive_is_named()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "not an archive");
            var error = Assert.Throws<TorchException>(() => jit.load(path));
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("frame #", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }

        Assert.Throws<FileNotFoundException>(() => jit.load(path));
    }

    private static Tensor Disparity(jit.ScriptModule<Tensor, Tensor> model, Tensor image)
    {
        using var off = no_grad();
        return model.call(image);
    }

    private static float Step(jit.ScriptModule<Tensor, Tensor> model, optim.Optimizer adam, Tensor image, Tensor target)
    {
        using var scope = NewDisposeScope();
        adam.zero_grad();
        var loss = nn.functional.mse_loss(model.call(image), target);
        loss.backward();
        adam.step();
        return loss.item<float>();
    }
}
