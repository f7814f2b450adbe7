namespace TorchSharp.Modules;

/// <summary>The name under which a field is registered, where it is not the field's own.</summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class ComponentNameAttribute : Attribute
{
    public string? Name { get; set; }
}
