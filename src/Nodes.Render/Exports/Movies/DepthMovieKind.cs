namespace Depth3D.Nodes.Render.Exports.Movies;

/// <summary>How depth itself becomes a movie.</summary>
internal enum DepthMovieKind
{
    /// <summary>10 bit, lossless, played by what plays HEVC.</summary>
    Hevc10,

    /// <summary>16 bit, lossless.</summary>
    Ffv1,
}
