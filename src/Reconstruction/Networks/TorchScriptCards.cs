using Depth3D.Inference.Registry;
using Depth3D.Messages;
using TorchSharp;

namespace Depth3D.Reconstruction.Networks;

/// <summary>Cards for TorchScript networks that come without one; a guess by what the file shows, and the card says so.</summary>
internal static class TorchScriptCards
{
    /// <summary>Parameters of TCMonoDepth-small, whose usual export was traced for one size.</summary>
    private const long TcMonoDepthParameters = 186_063;

    /// <exception cref="Depth3DException">Nothing known fits: says what a card looks like.</exception>
    public static ModelCard Guess(torch.jit.ScriptModule module, string path)
    {
        if (module.named_parameters().Sum(p => p.parameter.numel()) != TcMonoDepthParameters) throw NoCard(path);
        return new ModelCard
        {
            Name = "tcmonodepth",
            Task = ModelTask.Depth,
            Licence = "MIT",
            Commercial = true,
            Origin = "template tcmonodepth",
            Input = new ModelInput { Name = "image", Scale = 1, Width = 448, Height = 256 },
            Output = new ModelOutput { Name = "disparity", Kind = OutputKind.Disparity },
        };
    }

    private static Depth3DException NoCard(string path) => new("a TorchScript file does not say how it wants its pictures, and no template fits", path,
        $"write {Path.ChangeExtension(path, ".json")} (or give --card): {{\"task\": \"depth\", \"input\": {{\"name\": \"image\", \"shortSide\": 384, \"multipleOf\": 32, "
        + "\"scale\": 0.00392156862745098, \"mean\": [0.485, 0.456, 0.406], \"std\": [0.229, 0.224, 0.225]}, \"output\": {\"name\": \"disparity\", \"kind\": \"disparity\"}}");
}
