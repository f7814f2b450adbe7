namespace Depth3D.Messages;

/// <summary>Why something failed, as far as it decides what happens next. Only <see cref="Transient"/> is retried.</summary>
public enum FailureKind
{
    /// <summary>The command line or the options make no sense.</summary>
    Usage,

    /// <summary>The clip, model or folder given cannot be used; the same input would fail again.</summary>
    BadInput,

    /// <summary>A program or library is not installed.</summary>
    MissingTool,

    /// <summary>The output folder or the disk refuses to store something.</summary>
    Storage,

    /// <summary>A child process, a native library or a node failed; another attempt may succeed.</summary>
    Transient,

    /// <summary>Main or device memory did not suffice: the same configuration would fail again, a smaller one or a bigger node may not.</summary>
    OutOfMemory,

    /// <summary>An unexpected exception: a defect of the program, which another attempt would meet again.</summary>
    Defect,

    /// <summary>The state of what it concerns, or a right that is missing, does not allow it.</summary>
    Refused,

    /// <summary>No seed answers, or no coordinator is active.</summary>
    Unreachable,
}
