using System.Globalization;
using Depth3D.Bench.Messaging;
using Depth3D.Cluster.Fixtures;

// Messages and failures of a cluster of processes, over a private RabbitMQ and PostgreSQL on this machine.
// Arguments: any of exchange, worker, seed, link, broker, efficiency (all without), numbers of workers to measure efficiency with, and --quick for
// a fifth of the tasks.
if (args is [_, var file, var name] && file.EndsWith(".json", StringComparison.Ordinal))
{
    await Parts.RunAsync(args[0], Site.Read(file), name);
    return;
}

var isQuick = args.Contains("--quick");
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int[] workers = [.. args.Where(a => int.TryParse(a, out _)).Select(int.Parse)];
var wanted = args.Where(a => a != "--quick" && !int.TryParse(a, out _)).ToHashSet();
await using var broker = await PrivateBroker.StartAsync();
if (IsWanted("exchange")) await ExchangesAsync();
if (IsWanted("worker")) Told("kill -9 of a worker", await Failover.WorkerKilledAsync(broker));
if (IsWanted("seed")) Told("kill -9 of the active seed", await Failover.SeedKilledAsync(broker));
if (IsWanted("link")) Told("a worker's link cut", await Failover.LinkCutAsync(broker));
if (IsWanted("broker")) await BrokerAsync();
if (IsWanted("efficiency")) await EfficiencyAsync();

bool IsWanted(string part) => wanted.Count == 0 || wanted.Contains(part);

async Task ExchangesAsync()
{
    var tasks = isQuick ? 2_000 : 10_000;
    Console.WriteLine($"hint to a worker's queue, its answer to a shard's queue; 2 workers, quorum queues, confirms; {tasks} tasks");
    Console.WriteLine("exchange        | tasks/s | p50 ms | p99 ms | longest ms");
    var bare = await ExchangeAsync("bare-worker", BareExchange.StartAsync, tasks);
    Console.WriteLine($"RabbitMQ.Client | {bare.PerSecond,7:F0} | {bare.P50,6:F2} | {bare.P99,6:F2} | {bare.Longest,6:F1}");
    var bus = await ExchangeAsync("bus-worker", BusExchange.StartAsync, tasks);
    Console.WriteLine($"cluster bus     | {bus.PerSecond,7:F0} | {bus.P50,6:F2} | {bus.P99,6:F2} | {bus.Longest,6:F1}");
    Console.WriteLine($"bus over bare   | {bus.PerSecond / bare.PerSecond,7:F2} | {bus.P50 / bare.P50,6:F2} | {bus.P99 / bare.P99,6:F2} |");
}

async Task<ExchangeFigures> ExchangeAsync(string part, Func<Depth3D.Cluster.Hosting.BrokerOptions, Task<IExchange>> start, int tasks)
{
    var folder = Directory.CreateTempSubdirectory("depth3d-bench-").FullName;
    try
    {
        var site = new Site(broker.NewSpace(), "", "", folder);
        await using var exchange = await start(site.Broker);
        await using var first = await BenchProcess.StartAsync(part, site.Write("worker-1"), "worker-1");
        await using var second = await BenchProcess.StartAsync(part, site.Write("worker-2"), "worker-2");
        return await new ExchangeMeter(exchange, ["worker-1", "worker-2"]).MeasureAsync(tasks);
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}

void Told(string failure, double seconds) => Console.WriteLine($"{failure,-30} | {seconds,6:F2} s to the next claim");

async Task BrokerAsync()
{
    var (down, after, lost, doubled) = await Failover.BrokerKilledAsync();
    Told("kill -9 of the broker", after);
    Console.WriteLine($"  counted from when it takes connections, {down:F1} s after the kill; tasks lost {lost}, done twice {doubled}");
}

async Task EfficiencyAsync()
{
    var tasks = isQuick ? 400 : 2_000;
    Console.WriteLine($"{tasks} tasks of 50 ms through seed, journal and broker");
    Console.WriteLine("workers | seconds | efficiency | a worker's lost ms: beginning, between tasks (longest of 100), end | processor ms a task");
    await Efficiency.MeasureAsync(broker, tasks, warmTasks: isQuick ? 100 : 500, workers.Length > 0 ? workers : [1, 2, 4, 8, 16], f => Console.WriteLine(
        $"{f.Workers,7} | {f.Seconds,7:F2} | {f.Efficiency,10:P1} | {f.Lost.Begin:F0}, {f.Lost.Between:F0} ({f.Lost.LongestOf100:F1}), {f.Lost.End:F0} | {string.Join(", ", f.ProcessorMilliseconds.Select(p => $"{p.Key} {p.Value:F2}"))}"));
}
