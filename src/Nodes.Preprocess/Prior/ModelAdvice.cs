namespace Depth3D.Nodes.Preprocess.Prior;

/// <summary>The commands that add a depth model, as warnings and errors name them.</summary>
internal static class ModelAdvice
{
    public const string Command = "depth3d model add NAME FILE.onnx, then --prior onnx:NAME";
}
