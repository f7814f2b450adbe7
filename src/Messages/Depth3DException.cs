namespace Depth3D.Messages;

/// <summary>
/// An error a person can act on: what is wrong, where, and what to do next. The CLI prints it without a stack trace and
/// exits with <see cref="ExitCode"/>; a node reports it as the reason a task failed.
/// </summary>
public class Depth3DException : Exception
{
    /// <param name="what">What is wrong, with what was expected and what was got.</param>
    /// <param name="where">The clip, file, frame or node it concerns.</param>
    /// <param name="remedy">The next command or action that mends it.</param>
    /// <param name="kind">Decides the exit code and whether a retry makes sense.</param>
    public Depth3DException(string what, string? where = null, string? remedy = null,
        FailureKind kind = FailureKind.BadInput, Exception? inner = null)
        : base(Compose(what, where, remedy), inner)
    {
        What = what;
        Where = where;
        Remedy = remedy;
        Kind = kind;
    }

    public string What { get; }
    public string? Where { get; }
    public string? Remedy { get; }
    public FailureKind Kind { get; }

    public ExitCode ExitCode => Kind switch
    {
        FailureKind.Usage => ExitCode.Usage,
        FailureKind.BadInput => ExitCode.BadInput,
        FailureKind.MissingTool => ExitCode.MissingTool,
        FailureKind.Storage => ExitCode.Storage,
        FailureKind.Refused => ExitCode.Refused,
        FailureKind.Unreachable => ExitCode.Unreachable,
        _ => ExitCode.Failed,
    };

    private static string Compose(string what, string? where, string? remedy) =>
        (where is null ? what : $"{where}: {what}") + (remedy is null ? "" : $"\n  {remedy}");
}
