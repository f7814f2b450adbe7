namespace Depth3D.Native;

/// <summary>How a child process ended.</summary>
/// <param name="OutputTail">The last lines of its standard output and error together.</param>
public sealed record ProcessResult(int ExitCode, string OutputTail);
