using Depth3D.Inference;
using Depth3D.Inference.Registry;
using Depth3D.Messages;

namespace Depth3D.Reconstruction.Models;

/// <summary>Opens a model that can find objects, whichever way it does.</summary>
public static class ObjectFinder
{
    /// <param name="method"><c>onnx:NAME</c> or <c>onnx:PATH.onnx</c>, for segmentation or detection.</param>
    /// <exception cref="Depth3DException">No such model, a bad one, or one for another task.</exception>
    public static IObjectFinder Open(string method, OnnxSessionOptions? options = null, ModelRegistry? registry = null)
    {
        var model = ModelReference.Open(method, [ModelTask.Segmentation, ModelTask.Detection], options, registry);
        return model.Card.Task == ModelTask.Segmentation ? new Segmenter(model) : new Detector(model);
    }
}
