using Depth3D.Messages;

namespace Depth3D.Inference.Registry;

/// <summary>What an output must look like to be what its card says.</summary>
internal static class ModelOutputRules
{
    /// <param name="width">Width of the image that was fed.</param>
    /// <param name="height">Height of the image that was fed.</param>
    /// <exception cref="Depth3DException">The output has another shape, or holds NaN or infinity.</exception>
    public static void Check(ModelCard card, OnnxTensor output, int width, int height)
    {
        var shape = output.Shape;
        var expected = Expected(card);
        var fits = card.Output.Kind switch
        {
            OutputKind.Disparity or OutputKind.Depth => output.Rank is 2 or 3 or 4 && output.Values.Length == shape[^1] * shape[^2],
            OutputKind.Logits => output.Rank == 4 && shape[0] == 1 && shape[1] == Classes(card),
            OutputKind.FastestDetCells => output.Rank == 4 && shape[0] == 1 && shape[1] == 5 + Classes(card),
            _ => output.Rank == 4 && shape[0] == 1 && shape[1] == 2,
        };
        if (!fits || output.Values.Length == 0)
        {
            throw new Depth3DException($"for an image of {width}x{height} output '{card.Output.Name}' is {output}, expected {expected}",
                card.Name, "check the card: task, output kind and classes");
        }

        foreach (var value in output.Values)
        {
            if (!float.IsFinite(value))
                throw new Depth3DException($"output '{card.Output.Name}' holds {value}", card.Name, "check the card: scale, mean and std");
        }
    }

    private static int Classes(ModelCard card) => ClassNames.Of(card.Output, card.Name).Count;

    private static string Expected(ModelCard card) => card.Output.Kind switch
    {
        OutputKind.Disparity or OutputKind.Depth => "one map [1, H, W] or [1, 1, H, W]",
        OutputKind.Logits => $"[1, {Classes(card)}, H, W]",
        OutputKind.FastestDetCells => $"[1, {5 + Classes(card)}, H, W]",
        _ => "[1, 2, H, W]",
    };
}
