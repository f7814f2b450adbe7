namespace Depth3D.Messages;

/// <summary>Exit codes of the <c>depth3d</c> command. They are part of its interface and never change meaning.</summary>
public enum ExitCode
{
    Success = 0,
    Failed = 1,
    Usage = 2,
    BadInput = 3,
    MissingTool = 4,
    Storage = 5,
    Cancelled = 130,
}
