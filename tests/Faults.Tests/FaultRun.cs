using Depth3D.Cluster;
using Depth3D.Cluster.Hosting;
using Depth3D.Cluster.TestHost;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Microsoft.Extensions.Logging.Abstractions;

namespace Depth3D.Faults.Tests;

/// <summary>
/// What all fault tests of a run share: one broker and one database server (a virtual host and a database for each test), the files of an
/// undisturbed run, and the table. At the end it prints the table and writes it to <see cref="TableFile"/>.
/// </summary>
public sealed class FaultRun : IAsyncLifetime
{
    /// <summary>Name of the collection: its tests run one after the other.</summary>
    public const string Name = "faults";

    private readonly Dictionary<string, Task<IReadOnlyDictionary<string, string>>> _undisturbed = [];

    public FaultTable Table { get; } = new();

    /// <summary>Where the table is written: <c>DEPTH3D_FAULT_TABLE</c>, or beside the tests.</summary>
    public static string TableFile =>
        Environment.GetEnvironmentVariable("DEPTH3D_FAULT_TABLE") is { Length: > 0 } named ? named : Path.Combine(AppContext.BaseDirectory, "faults.md");

    /// <summary>An empty cluster of a test's own.</summary>
    internal async Task<FaultCluster> StartAsync()
    {
        Skip.IfNot(PrivateBroker.IsInstalled && PrivatePostgres.Programs is not null, "RabbitMQ and PostgreSQL are needed");
        return await StartAsync((await PrivateBroker.SharedAsync()).NewSpace(), await (await PrivatePostgres.SharedAsync()).CreateDatabaseAsync());
    }

    /// <summary>The same on a broker and a database of the test's choice.</summary>
    internal Task<FaultCluster> StartAsync(BrokerOptions broker, string database) => FaultCluster.StartAsync(this, broker, database);

    /// <summary>The toy recipe's files for a clip of this name, by stage and file name, as an embedded engine makes them.</summary>
    public Task<IReadOnlyDictionary<string, string>> UndisturbedAsync(ClipId clip)
    {
        lock (_undisturbed)
        {
            if (!_undisturbed.TryGetValue(clip.Value, out var files)) files = _undisturbed[clip.Value] = RunUndisturbedAsync(clip);
            return files;
        }
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        var table = Table.ToString();
        Console.WriteLine(table);
        await File.WriteAllTextAsync(TableFile, table);
    }

    private static async Task<IReadOnlyDictionary<string, string>> RunUndisturbedAsync(ClipId clip)
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.At("source.mp4"), "frames");
        var options = new EmbeddedEngineOptions { StoreRoot = folder.At("store") };
        await using var engine = await EmbeddedEngine.StartAsync(options, ToyRecipe.Stages(), NullLoggerFactory.Instance, CancellationToken.None);
        await engine.SubmitAsync(clip, RecipeNames.Depth, new DepthOptions { SourcePath = folder.At("source.mp4") }, CancellationToken.None);
        var result = await engine.WaitAsync(clip, CancellationToken.None).Within("the undisturbed run");
        Assert.True(result.IsCompleted, result.Failure?.Text);
        return Directory.EnumerateDirectories(engine.Store.Paths.Clip(clip), "e1", SearchOption.AllDirectories)
            .SelectMany(attempt => Directory.EnumerateFiles(attempt, "*", SearchOption.AllDirectories).Select(file => (attempt, file)))
            .ToDictionary(f => $"{Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(f.attempt)))}/{Path.GetRelativePath(f.attempt, f.file)}",
                f => File.ReadAllText(f.file));
    }
}
