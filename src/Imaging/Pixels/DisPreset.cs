namespace Depth3D.Imaging;

/// <summary>Speed of <see cref="DisFlow"/>; at 640x360 on one core about 4, 8 and 30 ms.</summary>
public enum DisPreset
{
    UltraFast = 0,
    Fast = 1,
    Medium = 2,
}
