namespace Depth3D.Reconstruction.Cameras.Colmap;

/// <summary>How cameras are solved; the defaults fit a short clip of 640 pixels on two CPU cores.</summary>
public sealed record ColmapSettings
{
    /// <summary>SIFT key points per frame at most. 1500 give about 1400 observations per image on a textured scene.</summary>
    public int FeaturesPerFrame { get; init; } = 1500;

    /// <summary>Frames this far apart are matched: dense for tracks, sparse and wide for parallax.</summary>
    public IReadOnlyList<int> MatchGaps { get; init; } = [1, 2, 3, 4, 6, 8, 12, 16, 24];

    /// <summary>Known focal length in pixels of the images, or null.</summary>
    public double? FocalPixels { get; init; }

    /// <summary>First focal lengths tried, as shares of the long side, where none is known; each is refined. 1.2 is COLMAP's own guess.</summary>
    public IReadOnlyList<double> FocalGuesses { get; init; } = [1.2, 0.8, 1.8];

    /// <summary>Smallest angles of the first pair, degrees, tried in turn. COLMAP's default of 16 finds nothing on short baselines.</summary>
    public IReadOnlyList<double> InitialAnglesDegrees { get; init; } = [4, 2, 1.5];

    public double MinRegisteredShare { get; init; } = 0.5;

    public int Seed { get; init; } = 1;
}
