namespace Depth3D.Rendering.Effects.Insert;

/// <summary>Which part of an inserted object lies at its place.</summary>
public enum InsertAnchor
{
    /// <summary>The middle of its lower side: it stands there.</summary>
    Bottom,

    /// <summary>Its middle.</summary>
    Centre,
}
