namespace Depth3D.Messages;

/// <summary>One published file of a task.</summary>
/// <param name="Name">Path relative to the task's published folder, with forward slashes.</param>
/// <param name="Bytes">Length of the file.</param>
/// <param name="Sha256">Lower-case hexadecimal SHA-256 of its content.</param>
public sealed record ArtifactFile(string Name, long Bytes, string Sha256);
