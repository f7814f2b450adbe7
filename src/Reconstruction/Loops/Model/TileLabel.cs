namespace Depth3D.Reconstruction.Loops.Model;

/// <summary>What is kept of a tile.</summary>
public enum TileLabel : byte
{
    /// <summary>Nothing.</summary>
    Empty,

    /// <summary>One picture for the whole loop.</summary>
    Static,

    /// <summary>One picture per frame.</summary>
    Dynamic,
}
