namespace Depth3D.Rendering.Effects.Insert;

/// <summary>A file that the object's file names: a material library, a texture, a buffer.</summary>
/// <param name="Name">As it is written there.</param>
public sealed record InsertPart(string Name, string Path);
