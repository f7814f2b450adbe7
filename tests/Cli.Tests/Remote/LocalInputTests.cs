using Depth3D.Cli.Remote;
using Depth3D.Messages;

namespace Depth3D.Cli.Tests.Remote;

public sealed class LocalInputTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("depth3d-input-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task A_file_is_known_by_its_content()
    {
        var path = Write("clip.mp4", "abc");
        var input = await LocalInput.ReadAsync(path, CancellationToken.None);
        Assert.Equal("store:inputs/ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad/clip.mp4", input.Offer.Reference);
        Assert.Equal(path, input.PathOf(input.Offer.Id));
    }

    [Fact]
    public async Task A_folder_is_known_by_what_it_holds_in_any_order()
    {
        Write("a/frames/2.png", "two");
        Write("a/frames/1.png", "one");
        Write("b/frames/1.png", "one");
        Write("b/frames/2.png", "two");
        var (a, b) = (await Read("a/frames"), await Read("b/frames"));
        Assert.Equal(a.Offer.Reference, b.Offer.Reference);
        Assert.Equal(["1.png", "2.png"], a.Offer.Files.Select(f => f.Name));
        Write("b/frames/2.png", "other");
        Assert.NotEqual(a.Offer.Id, (await Read("b/frames")).Offer.Id);
    }

    [Theory]
    [InlineData("../outside.txt")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("/no/such/file")]
    public async Task A_link_out_of_the_folder_is_refused(string target)
    {
        Write("outside.txt", "secret");
        Write("frames/1.png", "one");
        File.CreateSymbolicLink(Path.Combine(_root, "frames", "2.png"), target);
        var error = await Assert.ThrowsAsync<Depth3DException>(() => Read("frames"));
        Assert.Contains("2.png", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_to_a_file_inside_is_taken()
    {
        Write("frames/1.png", "one");
        File.CreateSymbolicLink(Path.Combine(_root, "frames", "2.png"), "1.png");
        Assert.Equal(2, (await Read("frames")).Offer.Files.Count);
    }

    [Fact]
    public async Task An_empty_folder_and_a_missing_file_are_refused()
    {
        Directory.CreateDirectory(Path.Combine(_root, "empty"));
        await Assert.ThrowsAsync<Depth3DException>(() => Read("empty"));
        await Assert.ThrowsAsync<Depth3DException>(() => Read("missing.mp4"));
    }

    private Task<LocalInput> Read(string name) => LocalInput.ReadAsync(Path.Combine(_root, name), CancellationToken.None);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
