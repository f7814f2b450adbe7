using System.Globalization;
using System.Text.Json;
using Depth3D.Cluster.Operations;

namespace Depth3D.Cli.Remote;

/// <summary>One value of a result as people read it.</summary>
internal static class ValueText
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB"];

    /// <param name="value">Undefined where the result lacks it, as one from an older seed may.</param>
    public static string Of(JsonElement value, ColumnFormat format) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        JsonValueKind.Number => OfNumber(value.GetDouble(), format),
        JsonValueKind.String when format == ColumnFormat.Time && value.TryGetDateTimeOffset(out var time) =>
            time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        JsonValueKind.String when format == ColumnFormat.Block => value.GetString()!,
        JsonValueKind.String => OneLine(value.GetString()!),
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(v => Of(v, ColumnFormat.Text))),
        _ => value.GetRawText(),
    };

    private static string OfNumber(double value, ColumnFormat format) => format switch
    {
        ColumnFormat.Percent => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(value * 1000) / 10:0.#} %"),
        ColumnFormat.Bytes => Bytes(value),
        ColumnFormat.Duration => Duration(value),
        ColumnFormat.Integer => value.ToString("0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.###", CultureInfo.InvariantCulture),
    };

    private static string Bytes(double value)
    {
        var unit = 0;
        for (; value >= 1024 && unit < Units.Length - 1; unit++) value /= 1024;
        return string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {Units[unit]}");
    }

    private static string Duration(double seconds)
    {
        if (seconds is < 0 or > 3e9) return "?";
        if (seconds < 10) return string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s");
        var time = TimeSpan.FromSeconds(Math.Round(seconds));
        return time.TotalSeconds < 60 ? $"{time.Seconds} s"
            : time.TotalHours < 1 ? $"{time.Minutes}:{time.Seconds:00}"
            : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}");
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
