namespace Depth3D.Inference.Registry;

/// <summary>What a model's output means.</summary>
public sealed record ModelOutput
{
    public required string Name { get; init; }

    public required OutputKind Kind { get; init; }

    /// <summary><c>voc</c> or <c>coco</c> for the usual class lists; null when <see cref="Classes"/> holds the names.</summary>
    public string? ClassSet { get; init; }

    /// <summary>Class names by class id, where <see cref="ClassSet"/> is null.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>Names of the classes that can move; empty means those of the class set.</summary>
    public IReadOnlyList<string> Movable { get; init; } = [];
}
