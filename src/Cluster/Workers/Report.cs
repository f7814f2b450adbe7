using System.Text.Json.Serialization;
using Depth3D.Messages;

namespace Depth3D.Cluster.Workers;

/// <summary>How an attempt ended, until the coordinator has answered. Delivering it twice is the same as once.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Done), "done")]
[JsonDerivedType(typeof(Failed), "failed")]
[JsonDerivedType(typeof(Released), "released")]
internal abstract record Report
{
    [JsonIgnore]
    public abstract (ClipId Clip, TaskId Task, long Epoch) Attempt { get; }

    /// <summary>For the attempt's log.</summary>
    [JsonIgnore]
    public abstract string InWords { get; }

    public sealed record Done(TaskProtocol.Done Message) : Report
    {
        public override (ClipId Clip, TaskId Task, long Epoch) Attempt => (Message.Clip, Message.Task, Message.Epoch);

        public override string InWords => $"done: {Message.Files.Count} files";
    }

    public sealed record Failed(TaskProtocol.Failed Message) : Report
    {
        public override (ClipId Clip, TaskId Task, long Epoch) Attempt => (Message.Clip, Message.Task, Message.Epoch);

        public override string InWords => $"failed ({Message.Kind}): {Message.Text}";
    }

    public sealed record Released(TaskProtocol.Released Message) : Report
    {
        public override (ClipId Clip, TaskId Task, long Epoch) Attempt => (Message.Clip, Message.Task, Message.Epoch);

        public override string InWords => $"given back: {Message.Reason}";
    }
}
