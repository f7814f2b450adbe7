namespace Depth3D.Imaging;

/// <summary>Speed of <see cref="DisFlow"/>: each step costs two to four times the one before and is more accurate.</summary>
public enum DisPreset
{
    UltraFast = 0,
    Fast = 1,
    Medium = 2,
}
