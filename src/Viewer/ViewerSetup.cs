using Depth3D.Rendering.Effects;

namespace Depth3D.Viewer;

/// <summary>What a <see cref="ViewerServer"/> shows and where.</summary>
public sealed record ViewerSetup
{
    /// <summary>Name of the clip, for people.</summary>
    public required string Name { get; init; }

    /// <summary>The point cloud's clip, read by two threads at once; null where there is none.</summary>
    public ISceneClip? Clip { get; init; }

    /// <summary>Folder of a loop's package, format mtv/1; null where there is none.</summary>
    public string? LoopFolder { get; init; }

    /// <summary>The run's folder, for the gallery and the files it links to; null where there is none.</summary>
    public string? RunFolder { get; init; }

    /// <summary>Port on loopback; 0 for a free one.</summary>
    public int Port { get; init; }

    /// <summary>Most points of a frame; frames of more pixels are thinned evenly.</summary>
    public int MostPoints { get; init; } = 262_144;
}
