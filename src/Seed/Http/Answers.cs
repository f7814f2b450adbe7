using Depth3D.Cluster.Operations;
using Depth3D.Messages;
using Microsoft.AspNetCore.Http;

namespace Depth3D.Seed.Http;

/// <summary>Replies as HTTP: the result as it is, or what is wrong with a status that follows from its exit code.</summary>
internal static class Answers
{
    public static IResult Of(OperatorProtocol.Reply reply) => reply.ExitCode == ExitCode.Success
        ? Results.Text(reply.Json ?? "null", "application/json")
        : Problem(StatusOf(reply.ExitCode), reply.ExitCode, reply.Error ?? "it failed", reply.Where, reply.Remedy);

    public static IResult Of(Depth3DException e) => Problem(StatusOf(e.ExitCode), e.ExitCode, e.What, e.Where, e.Remedy);

    public static IResult Problem(int status, ExitCode code, string error, string? where, string? remedy) =>
        Results.Json(new Problem(error, where, remedy, (int)code), OperationJson.Options, statusCode: status);

    public static IResult NotFound(string what) => Problem(StatusCodes.Status404NotFound, ExitCode.BadInput, what, null, null);

    public static IResult Forbidden(string what) => Problem(StatusCodes.Status403Forbidden, ExitCode.Refused, what, null, "use the token of an operator");

    private static int StatusOf(ExitCode code) => code switch
    {
        ExitCode.Usage => StatusCodes.Status400BadRequest,
        ExitCode.BadInput => StatusCodes.Status422UnprocessableEntity,
        ExitCode.Refused => StatusCodes.Status409Conflict,
        ExitCode.Unreachable => StatusCodes.Status503ServiceUnavailable,
        ExitCode.Storage => StatusCodes.Status507InsufficientStorage,
        _ => StatusCodes.Status500InternalServerError,
    };
}
