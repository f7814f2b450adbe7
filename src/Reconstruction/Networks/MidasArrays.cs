namespace Depth3D.Reconstruction.Networks;

/// <summary>The arrays of a MiDaS state dictionary: names, shapes, and what they are, in the order of the network (spec 2.1).</summary>
internal static class MidasArrays
{
    public const string BatchCount = ".num_batches_tracked";

    /// <summary>Where the blocks of a stage are in the state dictionary: the first stage shares its number with the stem.</summary>
    public static string StageName(int stage) => stage == 0 ? "pretrained.layer1.4" : $"pretrained.layer{stage + 1}";

    /// <summary>All arrays. Those that are not trained are the running statistics of batch normalisation.</summary>
    public static IEnumerable<(string Name, long[] Shape, bool Trained)> Of(MidasShape shape)
    {
        var encoder = Conv("pretrained.layer1.0", shape.Planes, 3, 7, bias: false).Concat(Norm("pretrained.layer1.1", shape.Planes));
        for (var stage = 0; stage < shape.Blocks.Count; stage++)
            for (var block = 0; block < shape.Blocks[stage]; block++) encoder = encoder.Concat(Bottleneck(shape, stage, block));
        var adapters = Enumerable.Range(0, 4).SelectMany(k => Conv($"scratch.layer{k + 1}_rn", shape.Features, shape.StageOutput(k), 3, bias: false));
        var fusion = Enumerable.Range(1, 4).SelectMany(k => Fusion($"scratch.refinenet{k}", shape.Features));
        return [.. encoder, .. adapters, .. fusion,
            .. Conv("scratch.output_conv.0", shape.Features / 2, shape.Features, 3), .. Conv("scratch.output_conv.2", shape.HeadFeatures, shape.Features / 2, 3),
            .. Conv("scratch.output_conv.4", 1, shape.HeadFeatures, 1)];
    }

    private static IEnumerable<(string, long[], bool)> Bottleneck(MidasShape shape, int stage, int block)
    {
        var name = $"{StageName(stage)}.{block}";
        var width = (shape.Planes << stage) * shape.Width;
        var output = shape.StageOutput(stage);
        var input = block > 0 ? output : stage > 0 ? shape.StageOutput(stage - 1) : shape.Planes;
        IEnumerable<(string, long[], bool)> shortcut = block > 0 ? []
            : [.. Conv($"{name}.downsample.0", output, input, 1, bias: false), .. Norm($"{name}.downsample.1", output)];
        return [.. Conv($"{name}.conv1", width, input, 1, bias: false), .. Norm($"{name}.bn1", width),
            .. Conv($"{name}.conv2", width, width / shape.Groups, 3, bias: false), .. Norm($"{name}.bn2", width),
            .. Conv($"{name}.conv3", output, width, 1, bias: false), .. Norm($"{name}.bn3", output), .. shortcut];
    }

    private static IEnumerable<(string, long[], bool)> Fusion(string name, int features) =>
        from unit in new[] { 1, 2 }
        from conv in new[] { 1, 2 }
        from array in Conv($"{name}.resConfUnit{unit}.conv{conv}", features, features, 3)
        select array;

    private static IEnumerable<(string, long[], bool)> Conv(string name, long outputs, long inputs, long kernel, bool bias = true) =>
        bias ? [($"{name}.weight", [outputs, inputs, kernel, kernel], true), ($"{name}.bias", [outputs], true)]
        : [($"{name}.weight", [outputs, inputs, kernel, kernel], true)];

    private static IEnumerable<(string, long[], bool)> Norm(string name, long channels) =>
    [
        ($"{name}.weight", [channels], true), ($"{name}.bias", [channels], true), ($"{name}.running_mean", [channels], false),
        ($"{name}.running_var", [channels], false), (name + BatchCount, [], false),
    ];
}
