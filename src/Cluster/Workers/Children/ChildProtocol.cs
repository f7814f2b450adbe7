using System.Text.Json;
using System.Text.Json.Serialization;
using Depth3D.Messages;
using Microsoft.Extensions.Logging;

namespace Depth3D.Cluster.Workers.Children;

/// <summary>
/// What a node and the process that computes for it say to each other, one JSON document per line over pipes. Guarantee: in order, until
/// one of them ends; both are of the same version, because they are the same program.
/// </summary>
internal static class ChildProtocol
{
    private static readonly JsonSerializerOptions Options = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>Node to child.</summary>
    [JsonPolymorphic(TypeDiscriminatorPropertyName = "order")]
    [JsonDerivedType(typeof(Run), "run")]
    [JsonDerivedType(typeof(Stop), "stop")]
    public abstract record Order
    {
        /// <summary>Compute this; answered by exactly one of <see cref="Word.Done"/>, <see cref="Word.Failed"/>, <see cref="Word.Stopped"/>.</summary>
        public sealed record Run(TaskJob Job) : Order;

        /// <summary>Cancel what runs.</summary>
        public sealed record Stop : Order;
    }

    /// <summary>Child to node.</summary>
    [JsonPolymorphic(TypeDiscriminatorPropertyName = "word")]
    [JsonDerivedType(typeof(Ready), "ready")]
    [JsonDerivedType(typeof(Progressed), "progressed")]
    [JsonDerivedType(typeof(Logged), "logged")]
    [JsonDerivedType(typeof(Done), "done")]
    [JsonDerivedType(typeof(Failed), "failed")]
    [JsonDerivedType(typeof(Stopped), "stopped")]
    public abstract record Word
    {
        public sealed record Ready : Word;

        public sealed record Progressed(double Fraction, string? Message) : Word;

        public sealed record Logged(LogLevel Level, string Text) : Word;

        public sealed record Done : Word;

        public sealed record Failed(FailureKind Kind, string Text, string Detail, bool IsDiskFull, bool IsSmallest) : Word;

        /// <summary>It heeded <see cref="Order.Stop"/>.</summary>
        public sealed record Stopped : Word;
    }

    public static string Write<T>(T message) => JsonSerializer.Serialize(message, Options);

    /// <exception cref="JsonException">The line is no message of this protocol.</exception>
    public static T Read<T>(string line) => JsonSerializer.Deserialize<T>(line, Options) ?? throw new JsonException("null is not a message");
}
