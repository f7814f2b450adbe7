using System.Net;
using System.Text;

namespace Depth3D.Pipeline.Reporting;

/// <summary>Builds one self-contained page: inline style, pictures as data URIs, no script, nothing fetched.</summary>
public sealed class HtmlPage
{
    private const string Style = """
        :root { color-scheme: light dark; }
        body { font: 15px/1.5 system-ui, sans-serif; max-width: 1000px; margin: 2rem auto; padding: 0 1rem; color: #111827; background: #fff; }
        h1 { font-size: 1.5rem; margin-bottom: 0; } h2 { font-size: 1.15rem; margin-top: 2.2rem; border-bottom: 1px solid #e5e7eb; }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; } td, th { padding: .15rem .8rem .15rem 0; text-align: left; vertical-align: top; }
        th { color: #6b7280; font-weight: 500; } img { max-width: 100%; border-radius: 4px; display: block; margin: .5rem 0; }
        .warn { background: #fef3c7; color: #78350f; padding: .4rem .7rem; border-radius: 4px; margin: .3rem 0; white-space: pre-wrap; }
        .note { color: #6b7280; } svg { max-width: 640px; width: 100%; background: #fff; } svg text { font: 11px system-ui, sans-serif; paint-order: stroke; stroke: #fff; stroke-width: 3px; } svg .t { font-size: 13px; font-weight: 600; }
        """;

    private readonly StringBuilder _body = new();
    private readonly string _title;
    private readonly int? _refreshSeconds;

    /// <param name="refreshSeconds">The browser reads the page anew after this long; null for a page that is finished.</param>
    public HtmlPage(string title, int? refreshSeconds = null) => (_title, _refreshSeconds) = (title, refreshSeconds);

    public HtmlPage Heading(string text) => Add($"<h2>{Escape(text)}</h2>");

    public HtmlPage Note(string text) => Add($"<p class=\"note\">{Escape(text)}</p>");

    public HtmlPage Warning(string text) => Add($"<p class=\"warn\">{Escape(text)}</p>");

    /// <param name="href">A file beside the page.</param>
    public HtmlPage Link(string text, string href) => Add($"<p><a href=\"{Escape(href)}\">{Escape(text)}</a></p>");

    public HtmlPage Svg(string svg) => Add(svg);

    public HtmlPage Jpeg(byte[] jpeg, string alt) =>
        Add($"<img alt=\"{Escape(alt)}\" src=\"data:image/jpeg;base64,{Convert.ToBase64String(jpeg)}\">");

    public HtmlPage Facts(IEnumerable<(string Name, string Value)> facts)
    {
        Add("<table>");
        foreach (var (name, value) in facts) Add($"<tr><th>{Escape(name)}</th><td>{Escape(value)}</td></tr>");
        return Add("</table>");
    }

    public HtmlPage Table(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        Add($"<table><tr>{string.Concat(header.Select(h => $"<th>{Escape(h)}</th>"))}</tr>");
        foreach (var row in rows) Add($"<tr>{string.Concat(row.Select(c => $"<td>{Escape(c)}</td>"))}</tr>");
        return Add("</table>");
    }

    public override string ToString() => $"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        {(_refreshSeconds is { } s ? $"<meta http-equiv=\"refresh\" content=\"{s}\">\n" : "")}<title>{Escape(_title)}</title><style>{Style}</style></head>
        <body><h1>{Escape(_title)}</h1>
        {_body}
        </body></html>
        """;

    private HtmlPage Add(string html)
    {
        _body.Append(html).Append('\n');
        return this;
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
