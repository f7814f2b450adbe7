using Depth3D.Inference.Registry;
using Depth3D.Messages;
using TorchSharp;

namespace Depth3D.Reconstruction.Networks;

/// <summary>TorchScript networks in the registry of models: added and verified by being loaded and run once.</summary>
public static class TorchScriptModels
{
    /// <summary>Whether the registry's model of that name is a TorchScript network.</summary>
    /// <exception cref="Depth3DException">There is no such model.</exception>
    public static bool Has(ModelRegistry registry, string name) => TorchScriptReference.IsFile(registry.Card(name).File);

    /// <summary>Copies a network in, by a card or a template that fits.</summary>
    /// <returns>The card as stored.</returns>
    /// <exception cref="Depth3DException">The name, the file or the card is no good. Nothing was added.</exception>
    public static ModelCard Add(ModelRegistry registry, string name, string path, ModelCard? card, CardEdits? edits, bool replace) =>
        registry.AddTorchScript(name, path, card, edits, replace, given => Proved(path, given));

    /// <summary>Checks the hash, loads the network and runs it once.</summary>
    /// <exception cref="Depth3DException">What is wrong with it.</exception>
    public static ModelCard Verify(ModelRegistry registry, string name)
    {
        var (path, card) = registry.TorchScript(name);
        return Proved(path, card);
    }

    private static ModelCard Proved(string path, ModelCard? card)
    {
        using var network = TorchScriptNetwork.Load(path, card, torch.CPU);
        return network.Card;
    }
}
