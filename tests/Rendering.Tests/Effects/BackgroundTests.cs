using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Rendering.Effects.Background;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Rendering.Tests.Effects;

public sealed class BackgroundTests : IDisposable
{
    private const int Width = 320, Height = 180;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_moves_is_cut_out_with_soft_edges()
    {
        var clip = new TruthSceneClip(TruthScene.Named("boxes", 9), Width, Height);
        var picture = EffectRun.Render(new BackgroundSettings { Moving = true }, clip, 8)[0];
        var mask = clip.Moving(8);
        Assert.Equal(4, picture.Channels);
        var (both, either, soft) = (0, 0, 0);
        for (var i = 0; i < mask.Samples.Length; i++)
        {
            var alpha = picture.Samples[(4 * i) + 3];
            if (alpha is > 10 and < 245) soft++;
            if (alpha >= 128 && mask.Samples[i] != 0) both++;
            if (alpha >= 128 || mask.Samples[i] != 0) either++;
        }

        Assert.True(both > 0.97 * either, $"IoU {(double)both / either:F3}");
        Assert.True(soft > 50, $"{soft} soft pixels");
    }

    [Fact]
    public void What_is_nearer_stays_as_it_is_and_the_rest_becomes_the_colour()
    {
        var clip = new TruthSceneClip(TruthScene.Named("boxes", 9), Width, Height);
        var source = clip.Rgb(8);
        var picture = EffectRun.Render(new BackgroundSettings { NearerThan = 6, Colour = "#204060" }, clip, 8)[0];
        var depth = clip.Depth(8);
        Assert.Equal(3, picture.Channels);
        int kept = 0, near = 0, replaced = 0, far = 0;
        for (var i = 0; i < depth.Samples.Length; i++)
        {
            var pixel = picture.Samples.AsSpan(3 * i, 3);
            if (depth.Samples[i] < 5.8)
            {
                near++;
                if (pixel.SequenceEqual(source.Samples.AsSpan(3 * i, 3))) kept++;
            }
            else if (depth.Samples[i] > 6.2)
            {
                far++;
                if (pixel.SequenceEqual((ReadOnlySpan<byte>)[0x20, 0x40, 0x60])) replaced++;
            }
        }

        Assert.True(kept > 0.95 * near && replaced > 0.97 * far, $"{kept} of {near} kept, {replaced} of {far} replaced");
    }

    [Fact]
    public void A_folder_of_pictures_is_shown_frame_by_frame_and_fills_the_picture()
    {
        Directory.CreateDirectory(_folder["plate"]);
        for (var k = 0; k < 2; k++)
        {
            var plate = new Raster<byte>(50, 100, 3);
            plate.Samples.AsSpan().Fill((byte)(50 + (100 * k)));
            ImageFile.WritePng(_folder[$"plate/{k}.png"], plate);
        }

        var clip = new PlaneClip(Width, Height, (x, _) => x < 100 ? 2 : 9, (_, _) => 250, frames: 5);
        var pictures = EffectRun.Render(new BackgroundSettings { NearerThan = 4, Plate = _folder["plate"] }, clip, 4, 1, 0);
        Assert.Equal([50, 150, 50], pictures.Select(p => (int)p[310, 5]));
        Assert.All(pictures, p => Assert.Equal(250, p[40, 90]));
    }

    [Fact]
    public async Task A_film_plays_at_its_own_speed_and_starts_again()
    {
        await using (var writer = VideoWriter.Open(_folder["plate.mp4"], 64, 48, 12))
        {
            for (var k = 0; k < 4; k++)
            {
                var frame = new Raster<byte>(64, 48, 3);
                frame.Samples.AsSpan().Fill((byte)(40 + (50 * k)));
                writer.Write(frame);
            }

            await writer.FinishAsync();
        }

        var clip = new PlaneClip(Width, Height, (x, _) => x < 100 ? 2 : 9, (_, _) => 250, frames: 12);
        var settings = new BackgroundSettings { NearerThan = 4, Plate = _folder["plate.mp4"] };
        int[] order = [5, 0, 9, 2];
        var pictures = EffectRun.Render(settings, clip, order);
        for (var i = 0; i < order.Length; i++) Assert.Equal(40 + (50 * (order[i] / 2 % 4)), pictures[i][300, 90], 6.0);
    }

    [Fact]
    public void Nothing_to_keep_and_plates_that_are_none_are_refused()
    {
        File.WriteAllText(_folder["text.mp4"], "no film");
        Directory.CreateDirectory(_folder["empty"]);
        foreach (var bad in (BackgroundSettings[])[new(), new() { NearerThan = double.NaN }, new() { Moving = true, Colour = "blue" },
            new() { Moving = true, Plate = _folder["missing"] }, new() { Moving = true, Plate = _folder["empty"] }, new() { Moving = true, Plate = _folder["text.mp4"] },
            new() { Moving = true, Plate = "x", Colour = "#000000" }])
        {
            Assert.Throws<Depth3DException>(() => bad.Open());
        }
    }
}
