using Depth3D.Browser.Fixtures;
using Depth3D.Cluster.Fixtures;
using Depth3D.Messages;

namespace Depth3D.Seed.Tests;

/// <summary>The dashboard as a person sees it, in a real browser without a screen.</summary>
public sealed class DashboardTests
{
    /// <summary>Names a file that the test leaves its last picture in.</summary>
    private const string PictureVariable = "DEPTH3D_DASHBOARD_PICTURE";

    [SkippableFact]
    public async Task Shows_clips_nodes_pictures_losses_and_logs_and_steers()
    {
        Skip.IfNot(PrivateBroker.IsInstalled && ChromiumPage.Program is not null, "RabbitMQ and Chromium are needed");
        await using var cluster = await LiveCluster.StartAsync(new TaskId("depth", 1));
        await cluster.SubmitAsync("seaside-012");
        await cluster.UntilAsync("/api/v1/task/show?clip=seaside-012&task=depth/001", t => t.GetProperty("state").GetString() == "running");
        await using var page = await ChromiumPage.OpenAsync(new Uri($"{cluster.Address}/#token={ApiBench.Operator}"));

        await page.UntilAsync("document.querySelector('#clips a')?.textContent === 'seaside-012'");
        Assert.Equal("false", await page.EvaluateAsync("location.href.includes('token')"));
        Assert.Contains("node-1", await page.EvaluateAsync("document.querySelector('#nodes').innerText"), StringComparison.Ordinal);
        await page.UntilAsync("document.querySelector('#link').textContent === 'live'");
        await page.UntilAsync("document.querySelectorAll('#events li').length > 5");

        await page.EvaluateAsync("document.querySelector('#clips a').click()");
        await page.UntilAsync("document.body.dataset.shown === 'seaside-012'");
        await page.UntilAsync("document.querySelectorAll('#stages tr').length === 4");
        await page.UntilAsync("[...document.querySelectorAll('#pictures img')].some(i => i.naturalWidth > 0)");
        await page.UntilAsync("document.querySelectorAll('#losses polyline').length === 2");
        await page.UntilAsync("document.querySelector('#log').textContent.includes('drawing')");
        await KeepAsync(page, "clip");

        await page.EvaluateAsync("(window.prompt = () => 'a look', [...document.querySelectorAll('#actions button')].find(b => b.textContent === 'pause').click())");
        await cluster.UntilAsync("/api/v1/clip/show?clip=seaside-012", c => c.GetProperty("state").GetString() == "paused");
        await page.UntilAsync("document.querySelector('#clip-head').innerText.includes('paused')");
        Assert.Equal("", await page.EvaluateAsync("document.querySelector('#problem').textContent"));
        await page.EvaluateAsync("location.hash = '#/'");
        await page.UntilAsync("document.body.dataset.shown === 'overview'");
        await KeepAsync(page, "overview");
    }

    [SkippableFact]
    public async Task Asks_for_a_token_and_says_why_it_is_refused()
    {
        Skip.IfNot(ChromiumPage.Program is not null, "Chromium is needed");
        await using var bench = await ApiBench.StartAsync();
        await using var page = await ChromiumPage.OpenAsync(new Uri($"{bench.Api.Address}/#token=nobody-has-this-token"));
        await page.UntilAsync("document.querySelector('#denied')?.textContent.includes('nobody has it')");
        Assert.Equal("false", await page.EvaluateAsync("document.querySelector('#login').hidden"));
        Assert.Equal("true", await page.EvaluateAsync("document.querySelector('#overview').hidden"));
        Assert.Equal("null", await page.EvaluateAsync("sessionStorage.getItem('token')"));
    }

    private static async Task KeepAsync(ChromiumPage page, string name)
    {
        if (Environment.GetEnvironmentVariable(PictureVariable) is { Length: > 0 } prefix) await File.WriteAllBytesAsync($"{prefix}-{name}.png", await page.ScreenshotAsync());
    }
}
