using System.Text.Json;
using Depth3D.Cluster.Fixtures;
using Depth3D.Cluster.Hosting;

namespace Depth3D.Bench.Messaging;

/// <summary>Where the processes of one measurement find broker, database and store. Written to a file that each of them is given.</summary>
internal sealed record Site(BrokerOptions Broker, string Database, string Store, string State)
{
    /// <summary>A virtual host, a database and folders of its own.</summary>
    public static async Task<Site> NewAsync(PrivateBroker broker, string folder)
    {
        var database = await (await PrivatePostgres.SharedAsync()).CreateDatabaseAsync();
        Directory.CreateDirectory(folder);
        return new Site(broker.NewSpace(), database, Path.Combine(folder, "store"), Path.Combine(folder, "state"));
    }

    public static Site Read(string path) => JsonSerializer.Deserialize<Site>(File.ReadAllText(path))!;

    /// <returns>The file.</returns>
    public string Write(string name)
    {
        Directory.CreateDirectory(State);
        var path = Path.Combine(State, name + ".json");
        File.WriteAllText(path, JsonSerializer.Serialize(this));
        return path;
    }
}
