using Depth3D.Inference.Registry;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Networks;

namespace Depth3D.Cli.Running;

/// <summary>Looks whether what the options name is there, before anything is written or computed.</summary>
internal static class InputChecks
{
    /// <exception cref="Depth3DException">A folder, file or model is missing or cannot be loaded.</exception>
    public static void Check(DepthOptions options)
    {
        Exists("--masks", options.Masks.Method);
        Exists("--cameras", options.Cameras.Method);
        Exists("--prior", options.Prior.Method);
        if (ModelReference.IsModel(options.Masks.Method)) Loads(options.Masks.Method, ModelTask.Segmentation, ModelTask.Detection);
        if (ModelReference.IsModel(options.Prior.Method)) Loads(options.Prior.Method, ModelTask.Depth);
        if (TorchScriptReference.IsModel(options.Prior.Method)) LoadsNetwork(options.Prior.Method);
        if (ModelReference.IsModel(options.Flow.Method)) Loads(options.Flow.Method, ModelTask.Flow);
    }

    private static void Exists(string option, string method)
    {
        var colon = method.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || method[..colon] is not ("dir" or "file")) return;
        var path = method[(colon + 1)..];
        if (method.StartsWith("dir:", StringComparison.Ordinal) ? !Directory.Exists(path) : !File.Exists(path) && !Directory.Exists(path))
            throw new Depth3DException($"{option} names '{path}', which does not exist", remedy: "check the path");
    }

    private static void LoadsNetwork(string method)
    {
        using var network = TorchScriptNetwork.Open(method, TorchSharp.torch.CPU);
    }

    private static void Loads(string method, params ModelTask[] tasks)
    {
        using var model = ModelReference.Open(method, tasks);
    }
}
