using System.Text.Json;
using System.Text.Json.Nodes;
using Depth3D.Messages;
using MassTransit.Serialization;

namespace Depth3D.Faults.Tests;

/// <summary>
/// Fault 12, a rolling upgrade: messages of this version are as <c>Golden/messages.json</c> has them, so nothing was renamed or removed;
/// those of the version before lack the fields that were added since, and those of the next one have fields that nobody here knows. All are read.
/// Run with <c>DEPTH3D_WRITE_GOLDEN=1</c> to write the file anew after a field was added.
/// </summary>
public sealed class MessageVersionTests
{
    private static readonly JsonSerializerOptions Wire = SystemTextJsonMessageSerializer.Options;
    private static readonly JsonSerializerOptions Readable = new(Wire) { WriteIndented = true };

    public static TheoryData<string> Names => new(SampleMessages.All.Select(m => SampleMessages.NameOf(m.GetType())));

    private static string GoldenFile => Path.Combine(AppContext.BaseDirectory, "Golden", "messages.json");

    [Fact]
    public void Every_message_of_the_protocols_has_a_sample()
    {
        var protocols = typeof(TaskProtocol).Assembly.GetTypes().Where(t => t.IsAbstract && t.IsSealed && t.Name.EndsWith("Protocol", StringComparison.Ordinal));
        var parts = new[] { typeof(TaskProtocol.Grant), typeof(TaskProtocol.NextClaims), typeof(InputProtocol.StageInputs) };
        Assert.Equal(protocols.SelectMany(p => p.GetNestedTypes()).Except(parts).Select(SampleMessages.NameOf).Order(StringComparer.Ordinal),
            SampleMessages.All.Select(m => SampleMessages.NameOf(m.GetType())).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Messages_are_written_as_they_always_were()
    {
        var now = new JsonObject(SampleMessages.All.Select(m => KeyValuePair.Create(SampleMessages.NameOf(m.GetType()), Write(m))));
        if (Environment.GetEnvironmentVariable("DEPTH3D_WRITE_GOLDEN") is { Length: > 0 } folder) File.WriteAllText(folder, now.ToJsonString(Readable) + "\n");
        foreach (var (name, golden) in Golden()) Assert.True(Contains(now[name], golden), $"{name} was\n{golden}\nand is\n{now[name]}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_message_of_this_version_is_read_as_it_was_meant(string name)
    {
        var sample = Sample(name);
        Assert.Equal(Write(sample)!.ToJsonString(), Write(Read(Golden()[name]!, sample.GetType()))!.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_message_of_the_version_before_is_read_with_the_defaults_of_what_it_lacks(string name)
    {
        var type = Sample(name).GetType();
        var old = (JsonObject)Golden()[name]!.DeepClone();
        var added = type.GetConstructors().MaxBy(c => c.GetParameters().Length)!.GetParameters().Where(p => p.HasDefaultValue).ToArray();
        foreach (var parameter in added) old.Remove(JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!));
        var read = Read(old, type);
        foreach (var parameter in added) Assert.Equal(parameter.DefaultValue, type.GetProperty(parameter.Name!)!.GetValue(read));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_message_of_the_next_version_is_read_without_what_is_new_in_it(string name)
    {
        var sample = Sample(name);
        var next = (JsonObject)Golden()[name]!.DeepClone();
        AddToAll(next);
        if (sample is OperatorProtocol.Request) ((JsonObject)next["arguments"]!).Remove("addedLater");
        if (sample is NodeProtocol.Heartbeat) ((JsonObject)next["capacity"]!["slots"]!).Remove("addedLater");
        Assert.Equal(Write(sample)!.ToJsonString(), Write(Read(next, sample.GetType()))!.ToJsonString());
    }

    private static object Sample(string name) => SampleMessages.All.Single(m => SampleMessages.NameOf(m.GetType()) == name);

    private static JsonNode? Write(object message) => JsonSerializer.SerializeToNode(message, message.GetType(), Wire);

    private static object Read(JsonNode json, Type type) => json.Deserialize(type, Wire)!;

    private static JsonObject Golden() => (JsonObject)JsonNode.Parse(File.ReadAllText(GoldenFile))!;

    private static void AddToAll(JsonNode? node)
    {
        if (node is JsonArray list) foreach (var item in list) AddToAll(item);
        if (node is not JsonObject map) return;
        foreach (var (_, value) in map.ToArray()) AddToAll(value);
        map["addedLater"] = new JsonObject { ["x"] = 1 };
    }

    /// <summary>All that the golden has is there and the same; more may be.</summary>
    private static bool Contains(JsonNode? now, JsonNode? golden) => (now, golden) switch
    {
        (JsonObject a, JsonObject b) => b.All(p => a.ContainsKey(p.Key) && Contains(a[p.Key], p.Value)),
        (JsonArray a, JsonArray b) => a.Count == b.Count && a.Zip(b).All(p => Contains(p.First, p.Second)),
        _ => now?.ToJsonString() == golden?.ToJsonString(),
    };
}
