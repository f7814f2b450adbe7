namespace Depth3D.Rendering.TruthScenes;

/// <summary>How the camera of a truth scene moves.</summary>
public enum TruthCameraMotion
{
    /// <summary>On an arc around the middle of the scene, always looking at it: real parallax.</summary>
    Arc,

    /// <summary>Panning about its own centre: no parallax.</summary>
    RotationOnly,

    /// <summary>Standing still.</summary>
    Static,

    /// <summary>Held in the hand on one spot: it sways by a few centimetres, so there is hardly any parallax.</summary>
    Handheld,

    /// <summary>The arc back and forth without end, rising and sinking: clips of any length that stay in the scene.</summary>
    Sweep,
}
