using Depth3D.Messages;

namespace Depth3D.Imaging;

/// <summary>
/// A look at a TorchScript archive before LibTorch loads it. TorchScript is a program by design: running the network runs it. This check
/// makes sure that loading it is no more than that: its pickles name nothing outside its own classes, and its tensors lie within the
/// storages the archive holds.
/// </summary>
public static class TorchProgram
{
    /// <exception cref="Depth3DException">No TorchScript archive, damaged, or its pickles name something of Python's.</exception>
    public static void Require(string path) => TorchArchive.Use(path, archive =>
    {
        if (!archive.IsProgram)
        {
            throw new Depth3DException("holds weights without a program, a TorchScript archive was expected", path,
                "export the network: torch.jit.save(torch.jit.trace(model, example), FILE)");
        }

        foreach (var pickle in archive.Entries.Where(e => e.EndsWith(".pkl", StringComparison.Ordinal) && !e.Contains('/', StringComparison.Ordinal)))
            archive.Unpickle(pickle);
        return true;
    });
}
