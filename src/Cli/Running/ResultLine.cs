namespace Depth3D.Cli.Running;

/// <summary>One kind of result: a file, or a pattern over several.</summary>
internal sealed record ResultLine(string Path, int Files, long Bytes);
