using Depth3D.Messages;
using Depth3D.Pipeline.Storage;

namespace Depth3D.Pipeline.Tests.Storage;

public sealed class ArtifactReaderTests : StoreBench
{
    [Fact]
    public void Only_what_an_accepted_manifest_names_exists()
    {
        Publish(1, ("a", "old"));
        var accepted = Publish(2, ("b", "new"), ("sub/c", "c"));
        var reader = new ArtifactReader(Store, Clip, [accepted]);

        Assert.Equal(["b", "sub/c"], reader.List("flow").Select(f => f.Name));
        Assert.Empty(reader.List("masks"));
        Assert.True(reader.Exists("flow", "b"));
        Assert.False(reader.Exists("flow", "a"));
        Assert.Equal("new", File.ReadAllText(reader.PathOf("flow", "b")));
        Assert.Equal("c", File.ReadAllText(reader.PathOf("flow", "sub/c")));
        Assert.Contains("published no 'a'", Assert.Throws<Depth3DException>(() => reader.PathOf("flow", "a")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_vanished_or_was_cut_is_an_error_that_names_it()
    {
        var reader = new ArtifactReader(Store, Clip, [Publish(1, ("a", "abc"), ("b", "abc"))]);
        File.WriteAllText(reader.PathOf("flow", "a"), "ab");
        File.Delete(reader.PathOf("flow", "b"));
        Assert.Contains("2 bytes, 3 were recorded", Assert.Throws<Depth3DException>(() => reader.PathOf("flow", "a")).Message, StringComparison.Ordinal);
        var gone = Assert.Throws<Depth3DException>(() => reader.PathOf("flow", "b"));
        Assert.Equal(FailureKind.Storage, gone.Kind);
        Assert.Contains("--fresh", gone.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_a_shared_file_system_shows_late_is_waited_for_with_its_folder_opened_anew()
    {
        var accepted = Publish(1, ("a", "abc"));
        var files = new LateFiles(missing: 3);
        var store = ArtifactStore.Attach(Store.Paths.Root, new Visibility(TimeSpan.FromSeconds(60)) { Files = files });
        Assert.Equal("abc", File.ReadAllText(new ArtifactReader(store, Clip, [accepted]).PathOf("flow", "a")));
        Assert.Equal((4, 3), (files.Looks, files.Reopened));
    }

    [Fact]
    public void A_file_that_stays_away_fails_softly_so_that_another_node_may_try()
    {
        var accepted = Publish(1, ("a", "abc"));
        var store = ArtifactStore.Attach(Store.Paths.Root, new Visibility(TimeSpan.FromMilliseconds(120)) { Files = new LateFiles(int.MaxValue) });
        var error = Assert.Throws<Depth3DException>(() => new ArtifactReader(store, Clip, [accepted]).PathOf("flow", "a"));
        Assert.Equal(FailureKind.Transient, error.Kind);
        Assert.Contains("missing on this node", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_too_long_is_not_waited_for()
    {
        var accepted = Publish(1, ("a", "abc"));
        File.AppendAllText(new ArtifactReader(Store, Clip, [accepted]).PathOf("flow", "a"), "more");
        var store = ArtifactStore.Attach(Store.Paths.Root, new Visibility(TimeSpan.FromDays(1)));
        Assert.Equal(FailureKind.Storage, Assert.Throws<Depth3DException>(() => new ArtifactReader(store, Clip, [accepted]).PathOf("flow", "a")).Kind);
    }

    [Fact]
    public void Two_tasks_with_one_name_are_refused()
    {
        var one = Publish(1, ("a", "a"));
        var other = one with { Task = Id with { TaskIndex = 4 } };
        Assert.Contains("both published 'a'", Assert.Throws<Depth3DException>(() => new ArtifactReader(Store, Clip, [one, other])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_manifest_that_points_outside_opens_nothing()
    {
        Publish(1, ("a", "a"));
        var forged = new ArtifactManifest(Clip, Id, 1, [new ArtifactFile("../../../../x", 1, "00")]);
        var reader = new ArtifactReader(Store, Clip, [forged]);
        Assert.Throws<Depth3DException>(() => reader.PathOf("flow", "../../../../x"));
    }

    /// <summary>Says "no such file", as after a stale handle, for the first looks.</summary>
    private sealed class LateFiles(int missing) : IFileView
    {
        public int Looks { get; private set; }

        public int Reopened { get; private set; }

        public long? LengthOf(string path) => ++Looks <= missing ? null : new FileInfo(path).Length;

        public void Reopen(string folder) => Reopened++;
    }
}
