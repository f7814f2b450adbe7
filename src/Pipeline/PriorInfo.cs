namespace Depth3D.Pipeline;

/// <summary>How the prior depth was made.</summary>
/// <param name="Method"><c>geometric</c>, <c>layout</c> or <c>onnx:NAME</c>.</param>
/// <param name="Reason">Why this method, for people.</param>
/// <param name="Warnings">What a user should know, with the command that improves it.</param>
public sealed record PriorInfo(string Method, string Reason, IReadOnlyList<string> Warnings);
