using Depth3D.Messages;

namespace Depth3D.Inference.Registry;

/// <summary>What a card's values must satisfy before a model is fed by it.</summary>
internal static class ModelCardRules
{
    private const int MaxSide = 4096;
    private const int MaxMultiple = 512;

    /// <exception cref="Depth3DException">The first rule that is broken.</exception>
    public static void Check(ModelCard card, string where)
    {
        void Require(bool holds, string rule)
        {
            if (!holds) throw new Depth3DException($"the model card does not hold: {rule}", where, "correct the card and add the model again");
        }

        var input = card.Input;
        Require(input is { Name.Length: > 0 }, "input.name is given");
        Require(card.Output is { Name.Length: > 0 }, "output.name is given");
        Require(input.Width is null == input.Height is null, "input.width and input.height are given together");
        foreach (var side in new[] { input.Width, input.Height, input.ShortSide })
            Require(side is null or (> 0 and <= MaxSide), $"input sides are 1 to {MaxSide}, got {side}");
        Require(input.MultipleOf is null or (> 0 and <= MaxMultiple), $"input.multipleOf is 1 to {MaxMultiple}, got {input.MultipleOf}");
        Require(double.IsFinite(input.Scale) && input.Scale != 0, $"input.scale is a number other than 0, got {input.Scale}");
        Require(input.Mean.Count is 0 or 3 && input.Mean.All(double.IsFinite), "input.mean has 3 numbers or none");
        Require(input.Std.Count is 0 or 3 && input.Std.All(v => double.IsFinite(v) && v != 0), "input.std has 3 numbers other than 0, or none");
        Require(Fits(card.Task, card.Output.Kind), $"output.kind {card.Output.Kind} belongs to task {card.Task}");
        if (card.Task is not (ModelTask.Segmentation or ModelTask.Detection)) return;
        var classes = ClassNames.Of(card.Output, where);
        Require(classes.Count > 0, "output.classSet or output.classes is given");
        foreach (var name in card.Output.Movable) Require(classes.Contains(name), $"movable class '{name}' is one of the classes");
    }

    private static bool Fits(ModelTask task, OutputKind kind) => task switch
    {
        ModelTask.Depth => kind is OutputKind.Disparity or OutputKind.Depth,
        ModelTask.Segmentation => kind is OutputKind.Logits,
        ModelTask.Detection => kind is OutputKind.FastestDetCells,
        ModelTask.Flow => kind is OutputKind.Flow,
        _ => false,
    };
}
