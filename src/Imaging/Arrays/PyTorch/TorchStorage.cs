namespace Depth3D.Imaging;

/// <summary>The elements of one or more tensors: an entry of the archive.</summary>
/// <param name="Entry">Path inside the archive.</param>
/// <param name="Count">Elements.</param>
internal sealed record TorchStorage(string Entry, TorchElement Element, long Count);
