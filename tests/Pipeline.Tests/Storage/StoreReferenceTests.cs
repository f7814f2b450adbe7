using Depth3D.Messages;
using Depth3D.Pipeline.Storage;

namespace Depth3D.Pipeline.Tests.Storage;

public sealed class StoreReferenceTests
{
    private const string Id = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Fact]
    public void Names_the_same_file_under_every_mount()
    {
        var options = new DepthOptions { SourcePath = $"store:inputs/{Id}/clip.mp4", Masks = new MasksOptions { Method = $"dir:store:inputs/{Id}/masks" } };
        var here = StoreReference.Resolve(options, "/mnt/a");
        Assert.Equal($"/mnt/a/inputs/{Id}/clip.mp4", here.SourcePath);
        Assert.Equal($"dir:/mnt/a/inputs/{Id}/masks", here.Masks.Method);
        Assert.Equal(options.Flow.Method, here.Flow.Method);
        Assert.Equal("/else/where.mp4", StoreReference.Resolve("/else/where.mp4", "/mnt/a"));
    }

    [Theory]
    [InlineData("store:")]
    [InlineData("store:/etc/passwd")]
    [InlineData("store:inputs/../../etc/passwd")]
    [InlineData("store:inputs/" + Id + "/..")]
    [InlineData("store:inputs/" + Id + "/a/b")]
    [InlineData("store:inputs/" + Id + "/-vf")]
    [InlineData("store:inputs/" + Id + "/%05d.png")]
    [InlineData("store:inputs/" + Id + "/concat:a|b")]
    [InlineData("store:inputs/0123/clip.mp4")]
    public void Refuses_what_is_no_input(string text) => Assert.Throws<Depth3DException>(() => StoreReference.Resolve(text, "/mnt/a"));
}
