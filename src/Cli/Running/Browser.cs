using System.ComponentModel;
using System.Diagnostics;
using System.Net;

namespace Depth3D.Cli.Running;

/// <summary>
/// Opens an address in the desktop's browser by way of a page that only this user can read, because arguments of processes are seen by everybody on
/// the machine. The page is gone when this is disposed.
/// </summary>
internal sealed class Browser : IDisposable
{
    private static readonly string[] Displays = ["DISPLAY", "WAYLAND_DISPLAY"];

    private readonly string _page;

    private Browser(string page) => _page = page;

    /// <returns>Null where there is no desktop, or nothing that opens pages.</returns>
    public static Browser? TryOpen(string address)
    {
        if (!Array.Exists(Displays, name => Environment.GetEnvironmentVariable(name) is { Length: > 0 })) return null;
        var browser = new Browser(Path.Combine(Path.GetTempPath(), $"depth3d-view-{Guid.NewGuid():N}.html"));
        try
        {
            browser.WritePage(address);
            var start = new ProcessStartInfo("xdg-open") { RedirectStandardOutput = true, RedirectStandardError = true };
            start.ArgumentList.Add(browser._page);
            using var process = Process.Start(start);
            return browser;
        }
        catch (Exception e) when (e is Win32Exception or IOException or UnauthorizedAccessException)
        {
            browser.Dispose();
            return null;
        }
    }

    public void Dispose() => File.Delete(_page);

    private void WritePage(string address)
    {
        using var file = new FileStream(_page, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        using var writer = new StreamWriter(file);
        writer.Write($"<!doctype html><meta charset=\"utf-8\"><meta name=\"referrer\" content=\"no-referrer\"><meta http-equiv=\"refresh\" content=\"0; url={WebUtility.HtmlEncode(address)}\">");
    }
}
