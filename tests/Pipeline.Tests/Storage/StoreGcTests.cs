namespace Depth3D.Pipeline.Tests.Storage;

public sealed class StoreGcTests : StoreBench
{
    [Fact]
    public void Old_epochs_and_dead_attempts_are_found_first_and_collected_then()
    {
        Publish(1, ("a", "old one"));
        var accepted = Publish(2, ("a", "new"));
        Publish(3, ("a", "in flight"));
        using var live = Store.Prepare(Clip, Id, 5);
        File.WriteAllText(Path.Combine(live.OutputFolder, "x"), "live");
        Directory.CreateDirectory(live.ScratchFolder);

        // A zombie that begins late: a later attempt has cleared what lay there, and this one makes it anew.
        var dead = Store.Prepare(Clip, Id, 4);
        Directory.CreateDirectory(dead.ScratchFolder);
        File.WriteAllText(Path.Combine(dead.ScratchFolder, "x"), "12345");

        var gc = new Pipeline.Storage.StoreGc(Store);
        var found = gc.Find(Clip, [accepted], (task, epoch) => task == Id && epoch is 3 or 5);
        Assert.Equal([(Store.Paths.Published(Clip, Id, 1), 7L), (Store.Paths.Attempt(Clip, Id, 4), 0L), (Store.Paths.Scratch(Clip, Id, 4), 5L)], found.Select(g => (g.Path, g.Bytes)));
        Assert.All(found, g => Assert.True(Directory.Exists(g.Path)));

        gc.Collect(found);
        Assert.All(found, g => Assert.False(Directory.Exists(g.Path)));
        Assert.Empty(Store.Verify(accepted, default));
        Assert.True(File.Exists(Path.Combine(live.OutputFolder, "x")));
        Assert.Equal(3, gc.Find(Clip, [accepted], (_, _) => false).Count);
    }
}
