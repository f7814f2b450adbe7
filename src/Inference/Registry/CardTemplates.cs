using Depth3D.Messages;

namespace Depth3D.Inference.Registry;

/// <summary>
/// Cards for model files people commonly have, chosen by the names and shapes of their inputs and outputs. A template is a documented
/// guess: the card says which one was taken, and a card given by hand always wins.
/// </summary>
internal static class CardTemplates
{
    /// <summary>ImageNet statistics of RGB values in 0..1.</summary>
    private static readonly double[] ImageNetMean = [0.485, 0.456, 0.406];
    private static readonly double[] ImageNetStd = [0.229, 0.224, 0.225];

    private static readonly Template[] All =
    [
        new("tcmonodepth", m => m.Input is { Name: "image", IsRgb: true } && m.Output is { Name: "disparity", Rank: 4 }, m => Depth(m) with
        {
            Licence = "MIT", Commercial = true,
            Input = m.Sized(new() { Name = m.Input.Name, Scale = 1, ShortSide = 256, MultipleOf = 32 }),
        }) { TracedSize = (448, 256) },
        new("depth-anything", m => m.Input is { Name: "image" or "pixel_values" or "input" or "l_x_", IsRgb: true }
            && m.Output is { Name: "depth" or "predicted_depth" or "output" or "select_36", Rank: 3 or 4 } && m.Input.FitsMultiple(14), m => Depth(m) with
        {
            Input = m.Sized(ImageNet(m.Input.Name) with { ShortSide = 518, MultipleOf = 14 }),
        }),

        // MiDaS 2.1 was exported with its normalisation inside the graph, DPT (MiDaS 3) without it.
        new("midas-2.1", m => m.Input is { Name: "0", IsRgb: true, IsSquare: true } && m.Output.Rank is 3 or 4, m => Depth(m) with
        {
            Licence = "MIT", Commercial = true,
            Input = m.Sized(new() { Name = m.Input.Name, ShortSide = 384, MultipleOf = 32 }),
        }),
        new("midas-dpt", m => m.Input is { IsRgb: true, IsSquare: true, Width: 256 or 384 or 512 } && m.Output.Rank == 3 && m.OutputIsInputSized, m => Depth(m) with
        {
            Licence = "MIT", Commercial = true,
            Input = m.Sized(new() { Name = m.Input.Name, Mean = [0.5, 0.5, 0.5], Std = [0.5, 0.5, 0.5] }),
        }),
        new("espnetv2-voc", m => m.Input is { Name: "image", IsRgb: true } && m.Output is { Name: "logits", Rank: 4, Channels: 21 }, m => new()
        {
            Task = ModelTask.Segmentation, Licence = "MIT", Commercial = true,
            Input = m.Sized(ImageNet(m.Input.Name) with { ShortSide = 320, MultipleOf = 32 }),
            Output = new() { Name = m.Output.Name, Kind = OutputKind.Logits, ClassSet = "voc" },
        }),
        new("fastestdet-coco", m => m.Input is { IsRgb: true, IsSquare: true } && m.Output is { Rank: 4, Channels: 85 } && m.OutputIsSixteenth, m => new()
        {
            Task = ModelTask.Detection, Licence = "BSD-3-Clause", Commercial = true,
            Input = m.Sized(new() { Name = m.Input.Name, Channels = ChannelOrder.Bgr }),
            Output = new() { Name = m.Output.Name, Kind = OutputKind.FastestDetCells, ClassSet = "coco" },
        }),
    ];

    /// <summary>Names of the templates, for help texts.</summary>
    public static IReadOnlyList<string> Names => [.. All.Select(t => t.Name)];

    /// <summary>The card of the first template that fits, or null.</summary>
    public static ModelCard? Match(OnnxSession session)
    {
        if (session.Inputs.Count != 1 || session.Outputs.Count == 0) return null;
        var shape = new ModelShape(session.Inputs[0], session.Outputs[0]);
        if (All.FirstOrDefault(t => t.Fits(shape)) is not { } template) return null;
        var card = template.Card(shape) with { Name = template.Name, Origin = $"template {template.Name}" };
        return template.TracedSize is { } size && card.Input.Width is null && !RunsAtOpenSizes(card, session)
            ? card with
            {
                Origin = $"{card.Origin}, fixed at {size.Width}x{size.Height}: the file declares open sizes but runs at that one only",
                Input = card.Input with { Width = size.Width, Height = size.Height, ShortSide = null, MultipleOf = null },
            }
            : card;
    }

    /// <summary>Some exports declare open sizes while constants inside hold the size they were traced at.</summary>
    private static bool RunsAtOpenSizes(ModelCard card, OnnxSession session)
    {
        try
        {
            new OnnxModel(card, session).DryRun();
            return true;
        }
        catch (Depth3DException)
        {
            return false; // the answer to the question; the registry runs the finished card again and reports what is wrong then
        }
    }

    /// <summary>A card for a task when no template fits: RGB in 0..1 with ImageNet statistics, the model's own size where it has one.</summary>
    /// <exception cref="Depth3DException">The model has no image input of that kind.</exception>
    public static ModelCard Generic(OnnxSession session, ModelTask task)
    {
        if (session.Inputs.Count < 1 || session.Outputs.Count < 1 || !new ShapeOf(session.Inputs[0]).IsRgb)
            throw new Depth3DException($"no image input [N, 3, H, W] was found; it takes {string.Join("; ", session.Inputs)}", session.ModelName,
                "give a model that takes pictures, or --card card.json");
        var shape = new ModelShape(session.Inputs[0], session.Outputs[0]);
        var kind = task switch
        {
            ModelTask.Depth => OutputKind.Disparity,
            ModelTask.Segmentation => OutputKind.Logits,
            ModelTask.Detection => OutputKind.FastestDetCells,
            _ => OutputKind.Flow,
        };
        return new()
        {
            Task = task,
            Origin = "options",
            Input = shape.Sized(ImageNet(shape.Input.Name) with { ShortSide = 384, MultipleOf = 32 }),
            Output = new() { Name = shape.Output.Name, Kind = kind },
        };
    }

    private static ModelCard Depth(ModelShape m) => new()
    {
        Task = ModelTask.Depth,
        Input = ImageNet(m.Input.Name),
        Output = new() { Name = m.Output.Name, Kind = OutputKind.Disparity },
    };

    private static ModelInput ImageNet(string name) => new() { Name = name, Mean = ImageNetMean, Std = ImageNetStd };

    private sealed record Template(string Name, Func<ModelShape, bool> Fits, Func<ModelShape, ModelCard> Card)
    {
        /// <summary>Size the usual export was traced at, for files that run at no other.</summary>
        public (int Width, int Height)? TracedSize { get; init; }
    }
}
