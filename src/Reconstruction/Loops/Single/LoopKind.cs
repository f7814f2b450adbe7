namespace Depth3D.Reconstruction.Loops.Single;

/// <summary>How a clip goes on for ever.</summary>
public enum LoopKind
{
    /// <summary>From its end it goes on at its start.</summary>
    Forward,

    /// <summary>Forth and back, where the clip does not repeat.</summary>
    PingPong,

    /// <summary>A single picture.</summary>
    Still,
}
