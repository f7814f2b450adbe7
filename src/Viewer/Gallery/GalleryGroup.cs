namespace Depth3D.Viewer.Gallery;

/// <summary>What the gallery shows under one heading.</summary>
internal sealed record GalleryGroup(string Title, IReadOnlyList<FileSet> Files);
