using System.CommandLine;
using Depth3D.Cli.Commands;
using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Cli.Tests;

public sealed class NetworkOptionSetTests
{
    [Fact]
    public void PreviewKeepsTheFieldMethod() => Assert.Equal(("field", null), (Read().Method, Read().Network));

    [Fact]
    public void StudioTrainsTheNetworkThatIsGiven()
    {
        var train = Read("--profile", "studio", "--network", "unet", "--set", "epoch=2", "--set", "lr=1e-5", "--parity", "f-custom");
        Assert.Equal(("network", "unet", "f-custom"), (train.Method, train.Network, train.Parity));
        Assert.Equal(["epoch=2", "lr=1e-5"], train.Set);
        Assert.Equal("hybrid", Read("--profile", "studio", "--network", "unet", "--method", "hybrid").Method);
    }

    [Theory]
    [InlineData("profile studio trains a depth network", "--profile", "studio")]
    [InlineData("did you mean acc_mul?", "--method", "network", "--set", "acc_mull=3")]
    [InlineData("goes with the network method only", "--set", "acc_mul=3")]
    [InlineData("counts epochs", "--method", "network", "--steps", "100")]
    [InlineData("expected g-davis, f-custom", "--method", "network", "--parity", "davis")]
    public void RefusesWhatDoesNotGoTogether(string said, params string[] arguments)
    {
        var e = Assert.Throws<Depth3DException>(() => Read(arguments));
        Assert.Contains(said, e.Message, StringComparison.Ordinal);
        Assert.Equal(FailureKind.Usage, e.Kind);
    }

    private static TrainOptions Read(params string[] arguments)
    {
        var options = new DepthOptionSet();
        var command = new RootCommand();
        options.AddTo(command);
        var parsed = command.Parse(arguments);
        Assert.Empty(parsed.Errors);
        return options.Read(parsed, "/clip.mp4").Train;
    }
}
