namespace Depth3D.Cluster.Operations;

/// <summary>What a seed says to an <see cref="InputOffer"/>.</summary>
/// <param name="Reference">How options name the input.</param>
/// <param name="Missing">SHA-256 of each content to be sent first; empty when the input is complete.</param>
public sealed record InputAnswer(string Reference, IReadOnlyList<string> Missing);
