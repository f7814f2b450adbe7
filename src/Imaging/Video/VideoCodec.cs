namespace Depth3D.Imaging;

/// <summary>How <see cref="VideoWriter"/> encodes, and the container that goes with it.</summary>
public enum VideoCodec
{
    /// <summary>H.264 in MP4, 4:2:0, plays anywhere.</summary>
    H264,

    /// <summary>ProRes 4444 in QuickTime, 10 bit, for editing programs.</summary>
    ProRes4444,

    /// <summary>As <see cref="ProRes4444"/> with 16 bits of straight alpha; its frames are RGBA.</summary>
    ProRes4444Alpha,

    /// <summary>FFV1 in Matroska, lossless RGB.</summary>
    Ffv1,

    /// <summary>FFV1 in Matroska, lossless; its frames are 16-bit grey.</summary>
    Ffv1Gray16,

    /// <summary>
    /// HEVC Main 10 in MP4, full range, neutral chroma; its frames are grey codes from 0 to 1023, which become luma as they are.
    /// </summary>
    Hevc10Gray,

    /// <summary>VP9 in WebM, 4:2:0, for web pages.</summary>
    Vp9,

    /// <summary>GIF with a palette of its own, repeating for ever; frames last whole hundredths of a second.</summary>
    Gif,

    /// <summary>Animated PNG, lossless, repeating for ever.</summary>
    Apng,
}
