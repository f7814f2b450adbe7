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

    /// <summary>The cluster understood and will not do it: the state of the clip or node, or the right of the token, does not allow it.</summary>
    Refused = 6,

    /// <summary>No seed answers, or no coordinator is active; whether the command was carried out is not known.</summary>
    Unreachable = 7,
    Cancelled = 130,
}
