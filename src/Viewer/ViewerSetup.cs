using Depth3D.Rendering.Effects;

namespace Depth3D.Viewer;

/// <summary>What a <see cref="ViewerServer"/> shows and where.</summary>
public sealed record ViewerSetup
{
    /// <summary>Read by two threads at once.</summary>
    public required ISceneClip Clip { get; init; }

    /// <summary>The run's folder, for the gallery and the files it links to; null where there is none.</summary>
    public string? RunFolder { get; init; }

    /// <summary>Port on loopback; 0 for a free one.</summary>
    public int Port { get; init; }

    /// <summary>Most points of a frame; frames of more pixels are thinned evenly.</summary>
    public int MostPoints { get; init; } = 262_144;
}
