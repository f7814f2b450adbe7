namespace Depth3D.Imaging;

/// <summary>How <see cref="VideoWriter"/> encodes, and the container that goes with it.</summary>
public enum VideoCodec
{
    /// <summary>H.264 in MP4, 4:2:0, plays anywhere.</summary>
    H264,

    /// <summary>ProRes 4444 in QuickTime, 10 bit, for editing programs.</summary>
    ProRes4444,

    /// <summary>FFV1 in Matroska, lossless RGB.</summary>
    Ffv1,
}
