using System.Net;
using System.Text;
using Depth3D.Cluster.Observability;
using Depth3D.Messages;
using Microsoft.Extensions.Logging;

namespace Depth3D.Cluster.Tests.Observability;

public sealed class HealthServerTests
{
    [Fact]
    public async Task A_node_says_whether_it_lives_and_whether_it_can_work()
    {
        var health = new Health();
        await using var server = await HealthServer.StartAsync("http://127.0.0.1:0", health, default);
        using var http = new HttpClient { BaseAddress = new Uri(server.Address) };
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri(HealthEndpoints.Live, UriKind.Relative))).StatusCode);
        health.WhyNotReady = "the broker does not answer";
        var ready = await http.GetAsync(new Uri(HealthEndpoints.Ready, UriKind.Relative));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "the broker does not answer\n"), (ready.StatusCode, await ready.Content.ReadAsStringAsync()));
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri(HealthEndpoints.Metrics, UriKind.Relative))).StatusCode);
    }

    [Fact]
    public void A_log_line_carries_node_clip_task_and_epoch_as_fields()
    {
        var provider = new Kept();
        using var logs = LoggerFactory.Create(logging => logging.AddProvider(provider));
        var log = logs.CreateLogger("test");
        using (log.OfNode(new NodeId("node-1")))
        using (log.OfAttempt(new ClipId("c"), new TaskId("flow", 3), 2))
            log.LogInformation("working");
        Assert.Equal("node=node-1 clip=c task=flow/003 epoch=2 ", provider.Fields.ToString());
    }

    private sealed class Health : IProcessHealth
    {
        public string? WhyNotAlive { get; set; }

        public string? WhyNotReady { get; set; }
    }

    private sealed class Kept : ILoggerProvider, ISupportExternalScope, ILogger
    {
        private IExternalScopeProvider _scopes = null!;

        public StringBuilder Fields { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => _scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _scopes.ForEachScope((scope, text) =>
            {
                foreach (var (name, value) in (IEnumerable<KeyValuePair<string, object>>)scope!) text.Append(name).Append('=').Append(value).Append(' ');
            }, Fields);

        public void Dispose()
        {
        }
    }
}
