using System.Text.Json.Serialization;

namespace Depth3D.Messages;

/// <summary>Names one stage of a recipe, such as <c>frames</c> or <c>train</c>.</summary>
[JsonConverter(typeof(StageNameJsonConverter))]
public readonly record struct StageName
{
    public StageName(string value) => Value = IdRule.Check(value, "stage name");

    public string Value { get; }

    public override string ToString() => Value;

    public static implicit operator StageName(string value) => new(value);
}
