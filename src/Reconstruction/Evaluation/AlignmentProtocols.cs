namespace Depth3D.Reconstruction.Evaluation;

/// <summary>The names by which protocols appear in tables and files.</summary>
public static class AlignmentProtocols
{
    public static IReadOnlyList<AlignmentProtocol> Every { get; } =
        [AlignmentProtocol.Scale, AlignmentProtocol.ScaleShift, AlignmentProtocol.PerFrame];

    public static string Name(this AlignmentProtocol protocol) => protocol switch
    {
        AlignmentProtocol.Scale => "scale",
        AlignmentProtocol.ScaleShift => "scale-shift",
        AlignmentProtocol.PerFrame => "per-frame",
        _ => throw new ArgumentOutOfRangeException(nameof(protocol)),
    };
}
