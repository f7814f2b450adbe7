using Depth3D.Messages;
using Depth3D.Pipeline.Storage;

namespace Depth3D.Pipeline.Tests.Storage;

public sealed class ArtifactStoreTests : StoreBench
{
    [Fact]
    public void Publishing_moves_the_folder_to_its_epoch_and_lists_every_file_with_its_hash()
    {
        var manifest = Publish(2, ("b.txt", "abc"), ("sub/a.txt", ""));

        Assert.Equal((Clip, Id, 2), (manifest.Clip, manifest.Task, manifest.Epoch));
        Assert.Equal(
        [
            new ArtifactFile("b.txt", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            new ArtifactFile("sub/a.txt", 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ], manifest.Files);
        Assert.Equal("abc", File.ReadAllText(Path.Combine(Store.Paths.Root, "clip", "flow", "003", "e2", "b.txt")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Store.Paths.Temporary(Clip)));
    }

    [Fact]
    public void What_is_not_published_is_gone_with_its_workspace()
    {
        Store.Adopt(Clip);
        using (var workspace = Store.Prepare(Clip, Id, 1))
        {
            File.WriteAllText(Path.Combine(workspace.OutputFolder, "half"), "half");
            Directory.CreateDirectory(workspace.ScratchFolder);
            File.WriteAllText(Path.Combine(workspace.ScratchFolder, "scratch"), "scratch");
        }

        Assert.False(Directory.Exists(Store.Paths.Task(Clip, Id)));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Store.Paths.Temporary(Clip)));
    }

    [Fact]
    public void An_attempt_removes_what_earlier_ones_of_its_task_left_unpublished()
    {
        Store.Adopt(Clip);
        var other = new TaskId(Id.Stage, 4);
        string[] left = [Store.Paths.Attempt(Clip, Id, 2), Store.Paths.Attempt(Clip, Id, 10), Store.Paths.Scratch(Clip, Id, 10), Store.Paths.Attempt(Clip, Id, 12),
            Store.Paths.Scratch(Clip, Id, 12), Store.Paths.Attempt(Clip, other, 2)];
        foreach (var folder in left) Directory.CreateDirectory(folder);
        using (Store.Prepare(Clip, Id, 11))
            Assert.Equal([false, false, false, true, true, true], left.Select(Directory.Exists));
    }

    [Fact]
    public void A_workspace_starts_empty_also_after_a_crash()
    {
        Store.Adopt(Clip);
        var crashed = Store.Prepare(Clip, Id, 1);
        File.WriteAllText(Path.Combine(crashed.OutputFolder, "half"), "half");
        Directory.CreateDirectory(crashed.ScratchFolder);
        using var again = Store.Prepare(Clip, Id, 1);
        Assert.Empty(Directory.EnumerateFileSystemEntries(again.OutputFolder));
        Assert.False(Directory.Exists(again.ScratchFolder));
    }

    [Fact]
    public void One_epoch_is_published_once()
    {
        Publish(1, ("a", "first"));
        var error = Assert.Throws<Depth3DException>(() => Publish(1, ("a", "second")));
        Assert.Equal(FailureKind.Storage, error.Kind);
        Assert.Equal("first", File.ReadAllText(Path.Combine(Store.Paths.Published(Clip, Id, 1), "a")));
    }

    [Theory]
    [InlineData("/etc/hostname")]
    [InlineData("b")]
    public void A_link_left_by_a_stage_is_refused_and_nothing_is_published(string target)
    {
        Store.Adopt(Clip);
        using var workspace = Store.Prepare(Clip, Id, 1);
        File.WriteAllText(Path.Combine(workspace.OutputFolder, "b"), "b");
        File.CreateSymbolicLink(Path.Combine(workspace.OutputFolder, "a"), target);
        Assert.Contains("not a plain file", Assert.Throws<Depth3DException>(() => Store.Publish(workspace, default)).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Store.Paths.Published(Clip, Id, 1)));
    }

    [Theory]
    [InlineData("../e2/a")]
    [InlineData("../../../../../a")]
    [InlineData("/etc/hostname")]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a\0b")]
    public void A_name_that_leaves_its_folder_is_refused(string name)
    {
        Publish(1, ("a", "a"));
        Assert.Equal(FailureKind.Storage, Assert.Throws<Depth3DException>(() => Store.Paths.File(Clip, Id, 1, name)).Kind);
    }

    [Fact]
    public void A_link_put_into_the_store_later_is_not_followed()
    {
        Publish(1, ("a", "a"));
        var secret = Path.Combine(Outside, "secret");
        Directory.CreateDirectory(secret);
        File.WriteAllText(Path.Combine(secret, "a"), "secret");
        Directory.Delete(Store.Paths.Published(Clip, Id, 1), recursive: true);
        Directory.CreateSymbolicLink(Store.Paths.Published(Clip, Id, 1), secret);
        Assert.Throws<Depth3DException>(() => Store.Paths.File(Clip, Id, 1, "a"));
    }

    [Fact]
    public void Verifying_finds_what_is_missing_changed_or_added()
    {
        var manifest = Publish(1, ("a", "a"), ("b", "b"), ("c", "c"));
        Assert.Empty(Store.Verify(manifest, default));
        var folder = Store.Paths.Published(Clip, Id, 1);
        File.Delete(Path.Combine(folder, "a"));
        File.WriteAllText(Path.Combine(folder, "b"), "B");
        File.WriteAllText(Path.Combine(folder, "d"), "d");
        Assert.Equal(["flow/003: 'a' is missing", "flow/003: 'b' differs from its recorded hash", "flow/003: 'd' is not in the manifest"],
            Store.Verify(manifest, default).Select(p => p.ToString()).Order(StringComparer.Ordinal));
        Directory.Delete(folder, recursive: true);
        Assert.Equal(3, Store.Verify(manifest, default).Count);
    }

    [Fact]
    public void A_folder_the_store_did_not_make_is_neither_taken_over_nor_deleted()
    {
        var folder = Path.Combine(Store.Paths.Root, "clip");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "thesis.txt"), "years of work");
        Assert.Throws<Depth3DException>(() => Store.Adopt(Clip));
        Assert.Throws<Depth3DException>(() => Store.Discard(Clip));
        Assert.Equal("years of work", File.ReadAllText(Path.Combine(folder, "thesis.txt")));
    }

    [Fact]
    public void Discarding_removes_the_clip_and_only_it()
    {
        Publish(1, ("a", "a"));
        var other = new ClipId("other");
        Store.Adopt(other);
        Store.Discard(Clip);
        Store.Discard(Clip);
        Assert.False(Directory.Exists(Store.Paths.Clip(Clip)));
        Assert.True(Directory.Exists(Store.Paths.Clip(other)));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Store.Paths.Trash));
    }

    [Fact]
    public void A_store_root_that_is_a_file_is_refused()
    {
        var file = Path.Combine(Outside, "file");
        File.WriteAllText(file, "mine");
        foreach (var root in new[] { file, Path.Combine(file, "below") })
            Assert.Equal(FailureKind.Storage, Assert.Throws<Depth3DException>(() => ArtifactStore.Open(root)).Kind);
        Assert.Equal("mine", File.ReadAllText(file));
    }

    [Fact]
    public void A_lock_is_exclusive_and_free_when_disposed()
    {
        var path = Path.Combine(Store.Paths.Engine, "lock");
        using (StoreLock.Take(path))
            Assert.Contains($"process {Environment.ProcessId}", Assert.Throws<Depth3DException>(() => StoreLock.Take(path)).Message, StringComparison.Ordinal);
        StoreLock.Take(path).Dispose();
    }
}
