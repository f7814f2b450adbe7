namespace Depth3D.Pipeline;

/// <summary>How the masks of moving objects were made; <see cref="Artifacts.MasksIndex"/>.</summary>
/// <param name="Method"><c>motion</c>, <c>onnx:NAME</c>, <c>dir:PATH</c> or <c>none</c>.</param>
/// <param name="Rule">For people: what counts as moving.</param>
/// <param name="Thresholds">The numbers of the rule, by name.</param>
/// <param name="MovingShare">Share of each frame that is marked as moving.</param>
/// <param name="Warnings">What a user should know, with the command that improves it.</param>
public sealed record MasksInfo(
    string Method, string Rule, IReadOnlyDictionary<string, double> Thresholds, IReadOnlyList<double> MovingShare,
    IReadOnlyList<string> Warnings);
