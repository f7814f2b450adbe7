using System.Security.Cryptography;
using System.Text;
using Depth3D.Messages;
using Depth3D.Pipeline.Storage;

namespace Depth3D.Pipeline.Tests.Storage;

public sealed class InputStoreTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("depth3d-inputs-").FullName;
    private readonly InputStore _inputs;

    public InputStoreTests() => _inputs = new InputStore(ArtifactStore.Open(_root));

    [Fact]
    public async Task A_content_is_stored_once_and_appears_under_its_name()
    {
        var hash = Hash("picture");
        Assert.Equal([hash], _inputs.Missing([hash, hash]));
        await _inputs.TakeAsync(hash, Stream("picture"), default);
        await _inputs.TakeAsync(hash, Stream("picture"), default);
        Assert.Empty(_inputs.Missing([hash]));
        _inputs.Assemble(hash, "clip.mp4", [("", hash)]);
        _inputs.Assemble(hash, "clip.mp4", [("", hash)]);
        Assert.True(_inputs.Contains(hash, "clip.mp4"));
        Assert.Equal("picture", await File.ReadAllTextAsync(StoreReference.Resolve($"store:inputs/{hash}/clip.mp4", _root)));
    }

    [Fact]
    public async Task A_folder_is_put_together_of_its_files()
    {
        var (one, two) = (Hash("1"), Hash("2"));
        await _inputs.TakeAsync(one, Stream("1"), default);
        await _inputs.TakeAsync(two, Stream("2"), default);
        _inputs.Assemble(Hash("listing"), "frames", [("a.png", one), ("sub/b.png", two)]);
        var folder = StoreReference.Resolve($"store:inputs/{Hash("listing")}/frames", _root);
        Assert.Equal("2", await File.ReadAllTextAsync(Path.Combine(folder, "sub", "b.png")));
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(Path.Combine(_root, "inputs", ".blobs")), e => e.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_content_that_is_not_what_its_hash_says_is_refused_and_gone()
    {
        var error = await Assert.ThrowsAsync<Depth3DException>(() => _inputs.TakeAsync(Hash("right"), Stream("wrong"), default));
        Assert.Contains(Hash("wrong"), error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_root, "inputs", ".blobs")));
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("")]
    [InlineData("ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef0123456789")]
    public async Task A_hash_is_a_hash(string hash) => await Assert.ThrowsAsync<Depth3DException>(() => _inputs.TakeAsync(hash, Stream("x"), default));

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
