using Depth3D.Cluster.Bus;
using Depth3D.Cluster.Hosting;
using Depth3D.Cluster.Journal;
using Depth3D.Cluster.Observability;
using Depth3D.Cluster.Operations;
using Depth3D.Cluster.Operations.Handlers;
using Depth3D.Cluster.Scheduling;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Storage;
using Depth3D.Seed.Http;
using Microsoft.Extensions.Logging;

namespace Depth3D.Seed;

/// <summary>Starts the role seed: election and coordination, and the HTTP side.</summary>
public static class SeedRole
{
    public const string Name = "seed";

    /// <param name="options">Who it is and what it reaches.</param>
    /// <param name="recipes">Recipes that clips may name; <see cref="RecipeGraphs.All"/> where the stages' code is not at hand.</param>
    /// <param name="logs">Where it speaks.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <exception cref="Depth3DException">Journal, store, broker, token file or address cannot be used; the text says which.</exception>
    public static async Task<ProcessPart> StartAsync(
        ClusterOptions options, IReadOnlyList<Recipe> recipes, ILoggerFactory logs, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        var parts = new SeedParts();
        try
        {
            parts.Keep(Telemetry.Start(options.Otlp, "depth3d-seed", options.Node.Value));
            var journal = await OpenAsync(options, cancellation).ConfigureAwait(false);
            var host = await SeedHost.StartAsync(new SeedSetup
            {
                Options = options,
                Recipes = recipes,
                Operators = new OperatorHandler(new BrokerQueueDesk(options.Broker)),
                Transport = new RabbitMqTransport(options.Broker, options.Node.Value),
                Journal = journal,
                Scheduling = new SchedulerOptions { ProjectWeights = options.ProjectWeights },
                Logs = logs,
            }, cancellation).ConfigureAwait(false);
            parts.Keep(host);
            await ServeAsync(parts, options, host, journal, logs, cancellation).ConfigureAwait(false);
            return new ProcessPart(parts);
        }
        catch
        {
            await parts.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task ServeAsync(
        SeedParts parts, ClusterOptions options, SeedHost host, IJournal journal, ILoggerFactory logs, CancellationToken cancellation)
    {
        var news = new NewsBook(host);
        parts.Keep(news);
        var files = new SeedFiles(host, journal, ArtifactStore.Open(options.StoreRoot), news, TimeProvider.System);
        parts.Keep(new ClusterMeters(host));
        if (options.Http.Length == 0) return;
        parts.Keep(await SeedApi.StartAsync(new SeedApiSetup { Files = files, Url = options.Http, TokenFile = options.TokenFile, Logs = logs }, cancellation)
            .ConfigureAwait(false));
    }

    private static async Task<IJournal> OpenAsync(ClusterOptions options, CancellationToken cancellation)
    {
        var journal = options.Journal ?? throw new Depth3DException("a seed needs a journal", "--journal",
            "give a PostgreSQL connection string, or the path of a SQLite file when there is one seed", FailureKind.Usage);
        return journal.Contains('=', StringComparison.Ordinal)
            ? await PostgresJournal.OpenAsync(journal, cancellation).ConfigureAwait(false)
            : SqliteJournal.Open(Path.GetFullPath(journal));
    }
}
