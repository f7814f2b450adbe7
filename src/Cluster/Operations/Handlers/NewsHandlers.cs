namespace Depth3D.Cluster.Operations.Handlers;

/// <summary><c>cluster tail</c>.</summary>
internal static class NewsHandlers
{
    public static Task<object> TailAsync(SeedFiles files, CommandArguments arguments, CancellationToken cancellation) =>
        Task.FromResult<object>(files.News.Last(arguments.Integer("lines") ?? 0, arguments.Text("clip")));

    public static Task<IAsyncEnumerable<object>> FollowAsync(SeedFiles files, CommandArguments arguments, CancellationToken cancellation) =>
        Task.FromResult<IAsyncEnumerable<object>>(files.News.FollowAsync(arguments.Integer("lines") ?? 0, arguments.Text("clip"), cancellation));
}
