namespace Depth3D.Rendering.Effects.Insert;

/// <summary>Which way the front of an inserted object looks.</summary>
public enum InsertFacing
{
    /// <summary>Upright, towards the camera of its frame, and fixed from there.</summary>
    Upright,

    /// <summary>Square to the view of its frame, fixed from there: a card parallel to the picture.</summary>
    Picture,

    /// <summary>Upright, and turned to the camera in every frame.</summary>
    Turning,
}
