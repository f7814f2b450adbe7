using System.CommandLine;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Networks;
using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Cli.Commands;

/// <summary>The options of methods <c>network</c> and <c>hybrid</c>.</summary>
internal sealed class NetworkOptionSet
{
    private static readonly string[] PathKinds = ["midas:", "torchscript:"];

    private readonly Option<string?> _network = new("--network") { Description = $"Depth network to train: {DepthNetworks.Forms}." };
    private readonly Option<string?> _parity = new("--parity")
    {
        Description = $"Settings of a published run, its defects switched on: {string.Join(" or ", ParityProfiles.Names)}.",
    };

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "Flag of the published train command as NAME=VALUE; repeat for several. `depth3d flags` lists them.",
        DefaultValueFactory = _ => [],
    };

    public IEnumerable<Option> All => [_network, _parity, _set];

    /// <param name="studio">Profile studio: the network method with the published settings.</param>
    /// <exception cref="Depth3DException">Options that do not go together, or a flag that does not exist.</exception>
    public TrainOptions Read(ParseResult parsed, TrainOptions train, bool studio, bool stepsGiven)
    {
        var (network, parity, set) = (parsed.GetValue(_network), parsed.GetValue(_parity), parsed.GetValue(_set)!);
        if (studio && network is null)
        {
            throw new Depth3DException("profile studio trains a depth network, and none is given", "--profile",
                "add --network midas:PATH or --network torchscript:PATH; --network unet needs no weights", FailureKind.Usage);
        }

        if (train.Method == "field")
        {
            var alone = network is not null ? "--network" : parity is not null ? "--parity" : set.Length > 0 ? "--set" : null;
            return alone is null ? train : throw new Depth3DException("goes with the network method only", alone, "add --method network", FailureKind.Usage);
        }

        if (train.Method == "network" && stepsGiven)
            throw new Depth3DException("the network method counts epochs", "--steps", "use --set epoch=N and --set warm_sf=N", FailureKind.Usage);
        var settings = parity is null ? new NetworkSettings() : ParityProfiles.Apply(parity, new NetworkSettings());
        foreach (var warning in PublishedFlags.Apply(settings, set).Warnings) Terminal.Say(warning);
        if (train.Device == "cpu") Terminal.Say("the network method on the CPU takes long; --device cuda:N, --set pixel_share=0.25 or --set mlp_width=48 shorten it");
        return train with { Network = WithFullPath(network), Parity = parity, Set = set };
    }

    /// <summary>Options are stored with the clip, so a relative path must not depend on where the next command is typed.</summary>
    private static string? WithFullPath(string? network)
    {
        var kind = PathKinds.FirstOrDefault(k => network?.StartsWith(k, StringComparison.Ordinal) == true);
        return kind is not null && File.Exists(network![kind.Length..]) ? kind + Path.GetFullPath(network[kind.Length..]) : network;
    }
}
