using Depth3D.Messages;
using Depth3D.Pipeline.Windows;

namespace Depth3D.Pipeline.Tests.Windows;

public sealed class WindowReaderTests : IDisposable
{
    private static readonly ClipWindow Window = new(2, 20, 12);

    private readonly MemoryArtifacts _clip = new();

    public void Dispose() => _clip.Dispose();

    [Fact]
    public void AWindowCountsItsFramesFromZero()
    {
        _clip.Put(Stages.Frames, "frame_00023.png", "23");
        _clip.Put(Stages.Flow, "flow_00023_00029.npz", "23-29");
        var window = new WindowReader(_clip, Window);
        Assert.Equal("23", File.ReadAllText(window.PathOf(Stages.Frames, Artifacts.Frame(3))));
        Assert.Equal("23-29", File.ReadAllText(window.PathOf(Stages.Flow, Artifacts.Flow(3, 9))));
        Assert.False(window.Exists(Stages.Frames, Artifacts.Frame(4)));
    }

    [Fact]
    public void WhatIsTheWindowsOwnComesBeforeWhatIsTheClips()
    {
        _clip.Put(Stages.Masks, "mask_00020.png", "clip");
        _clip.Put(Stages.Masks, "masks.json", "clip");
        var window = new WindowReader(_clip, Window);
        Assert.Equal("clip", File.ReadAllText(window.PathOf(Stages.Masks, Artifacts.MasksIndex)));
        _clip.Put(Stages.Masks, "w002_mask_00000.png", "own");
        _clip.Put(Stages.Masks, "w001_masks.json", "another's");
        _clip.Put(Stages.Masks, "w002_masks.json", "own");
        Assert.Equal("own", File.ReadAllText(window.PathOf(Stages.Masks, Artifacts.Mask(0))));
        Assert.Equal("own", File.ReadAllText(window.PathOf(Stages.Masks, Artifacts.MasksIndex)));
    }

    [Fact]
    public void TheListHoldsWhatCanBeReadAndNothingElse()
    {
        foreach (var name in (string[])["frame_00019.png", "frame_00020.png", "frame_00031.png", "frame_00032.png", "frames.json", "windows.json", "w001_frames.json", "w002_frames.json"])
            _clip.Put(Stages.Frames, name, name);
        foreach (var name in (string[])["flow_00019_00020.npz", "flow_00020_00021.npz", "flow_00031_00032.npz"]) _clip.Put(Stages.Flow, name, name);
        var window = new WindowReader(_clip, Window);
        Assert.Equal(["frame_00000.png", "frame_00011.png", "frames.json"], window.List(Stages.Frames).Select(f => f.Name));
        Assert.Equal("w002_frames.json", File.ReadAllText(window.PathOf(Stages.Frames, Artifacts.FramesIndex)));
        Assert.Equal(["flow_00000_00001.npz"], window.List(Stages.Flow).Select(f => f.Name));
        Assert.Null(ClipWindows.Read(window));
    }
}
