using System.Buffers;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Depth3D.Browser.Fixtures;

/// <summary>One page of a headless Chromium, driven over its own debugging socket. Everything it started ends with it.</summary>
public sealed class ChromiumPage : IAsyncDisposable
{
    /// <summary>How the browser answers where the page that was asked has left meanwhile.</summary>
    private const string LeftPage = "\"code\":-32000";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _profile = Directory.CreateTempSubdirectory("depth3d-chromium-").FullName;
    private readonly ClientWebSocket _socket = new();
    private Process _process = null!;
    private int _calls;

    public static string? Program { get; } =
        ((string[])["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]).FirstOrDefault(File.Exists);

    /// <param name="webGl">Draws WebGL in software; without it pages have none.</param>
    public static async Task<ChromiumPage> OpenAsync(Uri address, bool webGl = false)
    {
        var page = new ChromiumPage();
        var start = new ProcessStartInfo(Program!) { RedirectStandardError = true, RedirectStandardOutput = true };
        string[] drawing = webGl ? ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"] : ["--disable-gpu"];
        foreach (var argument in (string[])["--headless", "--no-sandbox", .. drawing, "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
            "--remote-debugging-port=0", $"--user-data-dir={page._profile}", "--window-size=1280,960", "about:blank"]) start.ArgumentList.Add(argument);
        page._process = Process.Start(start)!;
        _ = page._process.StandardError.ReadToEndAsync();
        _ = page._process.StandardOutput.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Patience);
        await page._socket.ConnectAsync(await page.SocketAsync(limit.Token), limit.Token);
        await page.CallAsync("Page.enable", []);
        await page.CallAsync("Page.navigate", new() { ["url"] = address.ToString() });
        return page;
    }

    public Task GoAsync(Uri address) => CallAsync("Page.navigate", new() { ["url"] = address.ToString() });

    /// <summary>Gives the page this size, as a telephone with a touch screen or as a window.</summary>
    public async Task ResizeAsync(int width, int height, bool phone)
    {
        await CallAsync("Emulation.setDeviceMetricsOverride", new() { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = phone });
        await CallAsync("Emulation.setTouchEmulationEnabled", new() { ["enabled"] = phone });
    }

    /// <summary>Presses and releases a key.</summary>
    /// <param name="key">As pages see it, such as <c>ArrowRight</c>, <c>c</c> or a space.</param>
    public async Task KeyAsync(string key)
    {
        var text = key.Length == 1 ? key : "";
        await CallAsync("Input.dispatchKeyEvent", new() { ["type"] = text.Length > 0 ? "keyDown" : "rawKeyDown", ["key"] = key, ["text"] = text });
        await CallAsync("Input.dispatchKeyEvent", new() { ["type"] = "keyUp", ["key"] = key });
    }

    /// <summary>Moves fingers over the page; each entry holds where every finger is, the first where they land.</summary>
    public async Task TouchAsync(params (int X, int Y)[][] moments)
    {
        var type = "touchStart";
        foreach (var fingers in moments)
        {
            await CallAsync("Input.dispatchTouchEvent", new() { ["type"] = type, ["touchPoints"] = Points(fingers) });
            type = "touchMove";
        }

        await CallAsync("Input.dispatchTouchEvent", new() { ["type"] = "touchEnd", ["touchPoints"] = new JsonArray() });
    }

    private static JsonArray Points((int X, int Y)[] fingers) =>
        [.. fingers.Select((f, i) => (JsonNode)new JsonObject { ["x"] = f.X, ["y"] = f.Y, ["id"] = i })];

    /// <summary>The value of an expression in the page.</summary>
    public async Task<string> EvaluateAsync(string expression)
    {
        var result = await CallAsync("Runtime.evaluate", new() { ["expression"] = $"(async () => String(await ({expression})))()", ["awaitPromise"] = true });
        return result["result"]?["value"]?.GetValue<string>() ?? throw new InvalidOperationException($"{expression}: {result.ToJsonString()}");
    }

    /// <summary>Waits until an expression in the page is true, also over a reload of the page.</summary>
    public async Task UntilAsync(string expression)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var turns = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!await HoldsAsync(expression))
        {
            if (limit.IsCancellationRequested) throw new TimeoutException($"never true: {expression}; the page: {await EvaluateAsync("document.body.innerText")}");
            await turns.WaitForNextTickAsync();
        }
    }

    private async Task<bool> HoldsAsync(string expression)
    {
        try
        {
            return await EvaluateAsync(expression) == "true";
        }
        catch (InvalidOperationException e) when (e.Message.Contains(LeftPage, StringComparison.Ordinal))
        {
            // The next turn asks the page that comes.
            return false;
        }
    }

    /// <param name="captureAll">The whole page, not only what is in the window.</param>
    public async Task<byte[]> ScreenshotAsync(bool captureAll = true) =>
        Convert.FromBase64String((await CallAsync("Page.captureScreenshot", new() { ["format"] = "png", ["captureBeyondViewport"] = captureAll }))["data"]!.GetValue<string>());

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        try
        {
            Directory.Delete(_profile, recursive: true);
        }
        catch (IOException)
        {
            // A child of the browser still writes; the folder lies in the temporary one.
        }
    }

    private async Task<Uri> SocketAsync(CancellationToken cancellation)
    {
        var file = Path.Combine(_profile, "DevToolsActivePort");
        using var turns = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        string[] lines;
        while (!File.Exists(file) || (lines = await File.ReadAllLinesAsync(file, cancellation)).Length < 2) await turns.WaitForNextTickAsync(cancellation);
        using var http = new HttpClient();
        while (true)
        {
            var pages = JsonNode.Parse(await http.GetStringAsync(new Uri($"http://127.0.0.1:{lines[0]}/json/list"), cancellation))!.AsArray();
            if (pages.FirstOrDefault(p => p!["type"]!.GetValue<string>() == "page") is { } page) return new Uri(page["webSocketDebuggerUrl"]!.GetValue<string>());
            await turns.WaitForNextTickAsync(cancellation);
        }
    }

    private async Task<JsonObject> CallAsync(string method, JsonObject parameters)
    {
        using var limit = new CancellationTokenSource(Patience);
        var id = ++_calls;
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, endOfMessage: true, limit.Token);
        while (true)
        {
            var answer = await ReceiveAsync(limit.Token);
            if (answer["id"]?.GetValue<int>() != id) continue;
            return answer["result"] as JsonObject ?? throw new InvalidOperationException($"{method}: {answer.ToJsonString()}");
        }
    }

    private async Task<JsonObject> ReceiveAsync(CancellationToken cancellation)
    {
        var whole = new ArrayBufferWriter<byte>();
        ValueWebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(whole.GetMemory(1 << 16), cancellation);
            whole.Advance(part.Count);
        }
        while (!part.EndOfMessage);
        return JsonNode.Parse(whole.WrittenSpan)!.AsObject();
    }
}
