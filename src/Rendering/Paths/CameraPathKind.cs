namespace Depth3D.Rendering.Paths;

/// <summary>How the view moves against the source camera. All but <see cref="Source"/> return to their start after the clip.</summary>
public enum CameraPathKind
{
    /// <summary>Left and right around what lies in the middle at median depth.</summary>
    Swing,

    /// <summary>On an oval from the source camera upwards, looking at the same middle.</summary>
    Orbit,

    /// <summary>Forward and back along the view.</summary>
    Dolly,

    /// <summary>With the source camera.</summary>
    Source,
}
