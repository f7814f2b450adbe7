using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Rendering.Layouts;

namespace Depth3D.Rendering.Effects.PointClouds;

/// <summary>Which pictures stand side by side.</summary>
internal sealed record PanelLayout(string[] Names, ColourMap Colours)
{
    private static readonly string[] Known = ["source", "depth", "view"];

    public bool IsViewAlone => Names is ["view"];

    /// <exception cref="Depth3DException">There is no such panel, or a transparent view beside others.</exception>
    public static PanelLayout Parse(string layout, string colourMap, string background)
    {
        var names = layout.Split(',', StringSplitOptions.TrimEntries);
        foreach (var name in names) Setting.OneOf("layout", name, Known);
        if (!names.Contains("view") || names.Distinct().Count() != names.Length) throw Setting.Fault("layout", $"'{layout}'", "view once, and source or depth beside it");
        Setting.OneOf("colour map", colourMap, "turbo", "inferno", "grey");
        var parsed = new PanelLayout(names, ColourMap.Named(colourMap));
        if (!parsed.IsViewAlone && background == Backdrop.Transparent)
            throw Setting.Fault("background", background, "a colour, where panels stand side by side");
        return parsed;
    }

    public Panels Canvas(int width, int height) =>
        new(width, height, [.. Names.Select(n => n switch { "source" => "SOURCE", "depth" => "DEPTH", _ => "POINT CLOUD" })]);

    public Raster<byte> Panel(string name, ISceneClip clip, int frame, Raster<byte> view) => name switch
    {
        "source" => Sized(clip.Rgb(frame), view),
        "depth" => Sized(Coloured(clip, frame), view),
        _ => view,
    };

    /// <summary>Inverse depth with one range for the clip.</summary>
    private Raster<byte> Coloured(ISceneClip clip, int frame)
    {
        var depth = clip.Depth(frame);
        for (var i = 0; i < depth.Samples.Length; i++) depth.Samples[i] = 1 / depth.Samples[i];
        return Colours.Apply(depth, (float)(1 / clip.DepthRange.Far), (float)(1 / clip.DepthRange.Near));
    }

    private static Raster<byte> Sized(Raster<byte> picture, Raster<byte> view) =>
        picture.Width == view.Width && picture.Height == view.Height ? picture
        : picture.Width > view.Width ? Resize.Area(picture, view.Width, view.Height) : Resize.Linear(picture, view.Width, view.Height);
}
