using Depth3D.Messages;

namespace Depth3D.Cli.Remote;

/// <summary>What a seed answered instead of a result, or that none answered; the exit code is the cluster's own.</summary>
internal sealed class RemoteFailure(string what, ExitCode code, string? where = null, string? remedy = null, Exception? inner = null)
    : Depth3DException(what, where, remedy, FailureKind.Transient, inner)
{
    public ExitCode Code => code;
}
