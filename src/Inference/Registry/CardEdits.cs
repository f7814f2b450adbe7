namespace Depth3D.Inference.Registry;

/// <summary>Parts of a card given as options; null keeps what the template or the card file says.</summary>
public sealed record CardEdits
{
    public ModelTask? Task { get; init; }
    public OutputKind? Kind { get; init; }
    public string? Licence { get; init; }
    public bool? Commercial { get; init; }
    public int? Width { get; init; }
    public int? Height { get; init; }
    public int? ShortSide { get; init; }
    public int? MultipleOf { get; init; }
    public ChannelOrder? Channels { get; init; }
    public double? Scale { get; init; }
    public IReadOnlyList<double>? Mean { get; init; }
    public IReadOnlyList<double>? Std { get; init; }

    /// <summary><c>voc</c>, <c>coco</c>, or null.</summary>
    public string? ClassSet { get; init; }

    public IReadOnlyList<string>? Movable { get; init; }

    public ModelCard ApplyTo(ModelCard card) => card with
    {
        Task = Task ?? card.Task,
        Licence = Licence ?? card.Licence,
        Commercial = Commercial ?? card.Commercial,
        Input = card.Input with
        {
            Width = ShortSide is null ? Width ?? card.Input.Width : Width,
            Height = ShortSide is null ? Height ?? card.Input.Height : Height,
            ShortSide = ShortSide ?? card.Input.ShortSide,
            MultipleOf = MultipleOf ?? card.Input.MultipleOf,
            Channels = Channels ?? card.Input.Channels,
            Scale = Scale ?? card.Input.Scale,
            Mean = Mean ?? card.Input.Mean,
            Std = Std ?? card.Input.Std,
        },
        Output = card.Output with
        {
            Kind = Kind ?? card.Output.Kind,
            ClassSet = ClassSet ?? card.Output.ClassSet,
            Movable = Movable ?? card.Output.Movable,
        },
    };
}
