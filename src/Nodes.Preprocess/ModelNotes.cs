using Depth3D.Inference.Registry;

namespace Depth3D.Nodes.Preprocess;

/// <summary>What the files of a run say about the model that made them.</summary>
internal static class ModelNotes
{
    /// <summary>Identity and licence: <c>sha256 0123456789ab, licence MIT</c>.</summary>
    public static string Describe(ModelCard card) => $"sha256 {card.Sha256[..12]}, licence {card.Licence}, card: {card.Origin}";

    /// <summary>A licence that may forbid the use of the result.</summary>
    public static IReadOnlyList<string> Warnings(ModelCard card) => card.Commercial switch
    {
        false => [$"the licence of model {card.Name} ({card.Licence}) does not allow commercial use"],
        null => [$"nobody has said whether the licence of model {card.Name} ({card.Licence}) allows commercial use"],
        true => [],
    };
}
