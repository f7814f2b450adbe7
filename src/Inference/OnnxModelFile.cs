using System.Security.Cryptography;
using Depth3D.Inference.Onnx;
using Depth3D.Messages;

namespace Depth3D.Inference;

/// <summary>
/// The content of an .onnx file that was looked at before ONNX Runtime sees it: it parses as an ONNX model, and it holds all of its
/// weights. Weights in other files are refused, because their paths come from the model and may lead anywhere.
/// </summary>
public sealed class OnnxModelFile
{
    private const long MaxBytes = 2L << 30; // a protobuf message cannot be larger

    private OnnxModelFile(byte[] bytes) => (Bytes, Sha256) = (bytes, Convert.ToHexStringLower(SHA256.HashData(bytes)));

    public byte[] Bytes { get; }

    /// <summary>Lower-case hexadecimal SHA-256 of the content.</summary>
    public string Sha256 { get; }

    /// <param name="expectedSha256">Hash the content must have, or null.</param>
    /// <exception cref="Depth3DException">
    /// The file is missing, empty, too large, changed, no ONNX model, or needs files beside it.
    /// </exception>
    public static OnnxModelFile Read(string path, string? expectedSha256 = null)
    {
        if (Directory.Exists(path)) throw new Depth3DException("an ONNX file was expected, this is a folder", path, "give the .onnx file in it");
        if (!File.Exists(path)) throw new Depth3DException("there is no such ONNX file", path, "run: depth3d model list");
        try
        {
            var length = new FileInfo(path).Length;
            if (length >= MaxBytes)
                throw new Depth3DException($"{length} bytes are more than an ONNX file can have ({MaxBytes})", path, "give the model itself");
            return Inspect(File.ReadAllBytes(path), path, expectedSha256);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Depth3DException($"the ONNX file cannot be read: {e.Message}", path, "check its permissions", inner: e);
        }
    }

    /// <summary>The same for a model in memory.</summary>
    /// <param name="where">For messages.</param>
    internal static OnnxModelFile Inspect(byte[] bytes, string where, string? expectedSha256)
    {
        if (bytes.Length == 0) throw new Depth3DException("the ONNX file is empty", where, "download or export it again");
        var file = new OnnxModelFile(bytes);
        if (expectedSha256 is not null && file.Sha256 != expectedSha256)
        {
            throw new Depth3DException($"the model's file changed since it was added: sha256 is {file.Sha256}, expected {expectedSha256}",
                where, "add it again: depth3d model add NAME FILE.onnx --replace");
        }

        OnnxInspection.Check(bytes, where);
        return file;
    }
}
