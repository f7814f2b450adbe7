using Depth3D.Reconstruction.Loops.Model;
using Depth3D.Rendering.Loops;
using Depth3D.Rendering.Loops.Packages;
using Depth3D.Viewer.Loops;

namespace Depth3D.Viewer.Tests.Loops;

/// <summary>What the page shows, against what every ray must show and against the offline renderer.</summary>
public sealed class LoopPictureTests(SharedPage shared) : LoopPageTest(shared)
{
    [SkippableTheory]
    [InlineData("")]
    [InlineData("&limits=40,4")] // atlases split over pages, frames over arrays
    public async Task Shows_what_every_ray_must_show_from_three_places_at_three_times(string limits)
    {
        await OpenAsync("index.html?embed&paused" + limits);
        foreach (var view in (string[])["{}", "{ x: 0.15, y: -0.08, z: 0.05 }", "{ x: -0.1, y: 0.1, z: -0.08 }"])
            foreach (var frame in (int[])[0, 2, 5])
            {
                await Page.EvaluateAsync($"(loop.setView({{ x: 0, y: 0, z: 0 }}), loop.setView({view}), loop.setTime({frame}), 1)");
                await CompareAsync(frame, leastDecibels: 45, $"{view}-{frame}{limits}");
            }
    }

    [SkippableFact]
    public async Task Shows_a_written_package_as_the_offline_renderer_shows_the_loop()
    {
        Skip.If(!HasBrowser, "Chromium is needed");
        var video = Loop.ToVideo();
        await MtvPackageWriter.WriteAsync(Folder, video, new MtvPackageOptions());
        await OpenAsync("index.html?embed&paused");
        var renderer = new LoopRenderer(video);
        foreach (var view in (string[])["{}", "{ x: 0.12, y: 0.1, z: 0.08 }", "{ x: -0.16, y: -0.05, z: -0.06 }"])
            foreach (var frame in (int[])[1, 3, HandMadeLoop.Frames + 4])
            {
                await Page.EvaluateAsync($"(loop.setView({{ x: 0, y: 0, z: 0 }}), loop.setView({view}), loop.setTime({frame}), 1)");
                var seen = await ShotAsync($"written-{view}-{frame}");
                var lens = await NumbersAsync("lens");
                var expected = renderer.Render(new(lens[0], lens[1], lens[2] - 0.5, lens[3] - 0.5, Width, Height), await EyeAsync(), frame).ToRgb();
                Assert.True(Decibels(expected, seen) >= 45, $"{view} {frame}: {Decibels(expected, seen):0.0} dB");
            }
    }

    [SkippableFact]
    public async Task A_loop_of_one_frame_is_a_picture_to_look_around_in()
    {
        Skip.If(!HasBrowser, "Chromium is needed");
        var video = Loop.ToVideo();
        var labels = video.Tiles.Entries.ToArray().Select(e => e == TileTable.Empty ? TileLabel.Empty : TileLabel.Static).ToArray();
        var still = new MultiTileVideoBuilder(video.Geometry, labels, 1);
        for (var at = 0; at < labels.Length; at++)
            if (labels[at] == TileLabel.Static)
                video.Tile(video.Tiles.Entries[at], 0).CopyTo(still.Tile(at / (HandMadeLoop.TilesX * HandMadeLoop.TilesY), at / HandMadeLoop.TilesX % HandMadeLoop.TilesY, at % HandMadeLoop.TilesX, 0));
        await MtvPackageWriter.WriteAsync(Folder, still.Build(25, video.View), new MtvPackageOptions());
        await OpenAsync("index.html?embed&t=7&x=0.1");
        await CompareAsync(0, leastDecibels: 45, "one");
        Assert.Equal("paused true", await Page.EvaluateAsync("`${document.body.dataset.state} ${document.querySelector('#play').disabled}`"));
    }

    [SkippableFact]
    public async Task Straight_alpha_shows_the_same()
    {
        Loop.WritePackage(Folder, "straight");
        await OpenAsync("index.html?embed&paused&x=0.1");
        await CompareAsync(0, leastDecibels: 40, "straight");
    }

    [SkippableFact]
    public async Task Frame_T_is_frame_0_and_time_runs_both_ways()
    {
        await OpenAsync("index.html?embed&paused");
        var first = await ShotAsync("first");
        foreach (var same in (int[])[HandMadeLoop.Frames, -HandMadeLoop.Frames, 1000 * HandMadeLoop.Frames])
        {
            await Page.EvaluateAsync($"(loop.setTime(3), loop.setTime({same}), 1)");
            Assert.Equal(first.Samples, (await ShotAsync("same")).Samples);
        }

        await Page.EvaluateAsync("(loop.setTime(-1), 1)");
        await CompareAsync(HandMadeLoop.Frames - 1, leastDecibels: 45, "last");
        foreach (var (rate, next) in ((int, int)[])[(1, 1), (-1, HandMadeLoop.Frames - 1)])
        {
            await Page.EvaluateAsync("(loop.setTime(0), window.seen = [], new MutationObserver(() => { const f = Number(document.body.dataset.frame); if (f !== seen.at(-1)) seen.push(f); }).observe(document.body, { attributeFilter: ['data-frame'] }), 1)");
            await Page.EvaluateAsync($"(loop.play({rate}), 1)");

            // A busy machine leaves frames out, so it is watched for as long as it takes; time that runs the other way never gets there.
            await Page.UntilAsync($"(steps => steps.length >= {HandMadeLoop.Frames} && 2 * steps.filter(s => s === {next}).length > steps.length)"
                + $"(seen.slice(1).map((f, i) => (f - seen[i] + {HandMadeLoop.Frames}) % {HandMadeLoop.Frames}))");
            await Page.EvaluateAsync("(loop.pause(), 1)");
        }
    }

    [SkippableFact]
    public async Task One_file_opens_from_a_disk()
    {
        Skip.If(!HasBrowser, "Chromium is needed");
        var file = Path.Combine(Folder, EnclosedLoopPage.FileName);
        Assert.True(EnclosedLoopPage.Write(Folder, file));
        var alone = Path.Combine(Directory.CreateDirectory(Path.Combine(Folder, "elsewhere")).FullName, "a loop.html");
        File.Move(file, alone);
        await GoAsync(new Uri(new Uri(alone).AbsoluteUri + "?embed&paused&t=4&x=-0.1"));
        await Page.UntilAsync("window.loop?.ready === true");
        await CompareAsync(4, leastDecibels: 45, "file");

        await GoAsync(new Uri(Path.Combine(Folder, "index.html")));
        await Page.UntilAsync("document.querySelector('#message p')?.textContent.includes('loop.html')");
    }
}
