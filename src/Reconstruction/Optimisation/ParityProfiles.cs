using Depth3D.Messages;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>
/// The settings of published runs, the ledger's switches included (end of spec 11): one pair a step, the last pair left out, lengths in the
/// prior's unit, no alignment of the network. They assume that the network also made the prior. What the ledger fixes stays fixed.
/// </summary>
public static class ParityProfiles
{
    public static IReadOnlyList<string> Names { get; } = ["g-davis", "f-custom"];

    /// <exception cref="Depth3DException">There is no such profile.</exception>
    public static NetworkSettings Apply(string name, NetworkSettings settings) => name switch
    {
        "g-davis" => Published(settings),
        "f-custom" => Published(settings) with { Epochs = 10, Field = new SceneFlowShape { Width = 48, Layers = 6 } },
        _ => throw new Depth3DException($"'{name}' is not known; expected {string.Join(", ", Names)}", "--parity", null, FailureKind.Usage),
    };

    private static NetworkSettings Published(NetworkSettings settings) => settings with
    {
        Batching = PairBatching.Pair,
        SkipLastPair = true,
        AbsoluteLengths = true,
        Alignment = NetworkAlignment.None,
        UseMotionMask = false,
        MovingAnchor = 0,
        LearningRate = 1e-6,
        FieldRateFactor = 1000,
    };
}
