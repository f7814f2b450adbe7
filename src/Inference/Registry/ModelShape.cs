namespace Depth3D.Inference.Registry;

/// <summary>What a template looks at: one image input and the first output.</summary>
internal sealed class ModelShape(OnnxValueInfo input, OnnxValueInfo output)
{
    public ShapeOf Input { get; } = new(input);

    public ShapeOf Output { get; } = new(output);

    /// <summary>An output map of the input's own size (MiDaS and its relatives).</summary>
    public bool OutputIsInputSized => Output.Width == Input.Width && Output.Height == Input.Height;

    /// <summary>Cells of 16 pixels (FastestDet).</summary>
    public bool OutputIsSixteenth => Output.Width * 16 == Input.Width && Output.Height * 16 == Input.Height;

    /// <summary>The input with the model's own size where it fixes one.</summary>
    public ModelInput Sized(ModelInput open) => Input is { Width: { } w, Height: { } h }
        ? open with { Width = (int)w, Height = (int)h, ShortSide = null, MultipleOf = null }
        : open;
}
