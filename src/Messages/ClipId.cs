using System.Text.Json.Serialization;

namespace Depth3D.Messages;

/// <summary>Names one submitted clip. Valid by construction; safe as a folder name.</summary>
[JsonConverter(typeof(ClipIdJsonConverter))]
public readonly record struct ClipId
{
    public ClipId(string value) => Value = IdRule.Check(value, "clip id");

    public string Value { get; }

    public override string ToString() => Value;
}
