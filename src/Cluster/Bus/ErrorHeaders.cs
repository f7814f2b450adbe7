using System.Globalization;
using System.Text;
using System.Text.Json;
using RabbitMQ.Client;

namespace Depth3D.Cluster.Bus;

/// <summary>What the bus writes onto a message that it moves to the error queue.</summary>
internal static class ErrorHeaders
{
    private const string Prefix = "MT-Fault-";
    private const string Reason = "MT-Reason";

    public static QueueError Read(BasicGetResult message)
    {
        var headers = message.BasicProperties.Headers;
        var at = DateTimeOffset.TryParse(Text(headers, Prefix + "Timestamp"), CultureInfo.InvariantCulture, out var time) ? time : (DateTimeOffset?)null;
        var id = OneLine(message.BasicProperties.MessageId ?? "");
        return new(QueueOf(Text(headers, Prefix + "InputAddress")), id, at, TypeOf(message.Body), OneLine(Text(headers, Prefix + "Message")), message.Body.Length);
    }

    /// <summary>The message's properties as they were before it failed.</summary>
    public static BasicProperties Without(BasicGetResult message)
    {
        var properties = new BasicProperties(message.BasicProperties);
        properties.Headers = properties.Headers?
            .Where(h => !h.Key.StartsWith(Prefix, StringComparison.Ordinal) && h.Key != Reason)
            .ToDictionary(h => h.Key, h => h.Value);
        // Its life began when it was sent first.
        properties.Expiration = null;
        return properties;
    }

    private static string QueueOf(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) ? Uri.UnescapeDataString(uri.AbsolutePath.Split('/')[^1]) : "";

    /// <summary>The message's name as its envelope gives it. The body is foreign: anything may be in it.</summary>
    private static string TypeOf(ReadOnlyMemory<byte> body)
    {
        if (body.Length > EndpointPolicy.DefaultMaxBytes) return "";
        try
        {
            using var json = JsonDocument.Parse(body);
            var urn = json.RootElement.GetProperty("messageType")[0].GetString() ?? "";
            return OneLine(urn[(urn.LastIndexOf(':') + 1)..]);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            return "";
        }
    }

    private static string Text(IDictionary<string, object?>? headers, string key) =>
        headers is null || !headers.TryGetValue(key, out var value) ? ""
        : value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    /// <summary>No line ends and control characters: it goes to terminals and logs.</summary>
    private static string OneLine(string text)
    {
        const int longest = 300;
        var line = string.Concat(text.Take(longest).Select(c => char.IsControl(c) ? ' ' : c));
        return text.Length > longest ? line + "..." : line;
    }
}
