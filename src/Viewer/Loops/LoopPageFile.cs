namespace Depth3D.Viewer.Loops;

/// <summary>One file of the loop's page.</summary>
/// <param name="Name">As it must be called beside <c>scene.json</c>.</param>
public sealed record LoopPageFile(string Name, string Content);
