namespace Depth3D.Pipeline.Storage;

/// <summary>A folder that nothing needs any more.</summary>
/// <param name="Why">In words, for a dry run.</param>
public sealed record Garbage(string Path, string Why, long Bytes);
