namespace Depth3D.Nodes.Render.Exports.Movies;

/// <summary>How review movies are encoded.</summary>
internal enum ReviewMovieKind
{
    Mp4,
    ProRes,
}
