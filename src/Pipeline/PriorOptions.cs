namespace Depth3D.Pipeline;

/// <summary>How the first depth of each frame is made.</summary>
public sealed record PriorOptions
{
    /// <summary><c>auto</c>, <c>geometric</c>, <c>layout</c>, <c>onnx:NAME</c>, <c>torchscript:NAME</c>, or <c>dir:PATH</c> of NPY depth maps named as <see cref="Artifacts.Prior"/>.</summary>
    public string Method { get; init; } = "auto";
}
