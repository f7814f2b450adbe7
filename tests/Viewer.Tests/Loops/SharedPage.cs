using Depth3D.Browser.Fixtures;

namespace Depth3D.Viewer.Tests.Loops;

/// <summary>One browser for the tests of a class; null where there is none.</summary>
public sealed class SharedPage : IAsyncLifetime
{
    internal ChromiumPage? Page { get; private set; }

    public async Task InitializeAsync()
    {
        if (ChromiumPage.Program is not null) Page = await ChromiumPage.OpenAsync(new Uri("about:blank"), webGl: true);
    }

    public async Task DisposeAsync()
    {
        if (Page is not null) await Page.DisposeAsync();
    }
}
