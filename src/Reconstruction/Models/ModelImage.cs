using Depth3D.Imaging;
using Depth3D.Inference;
using Depth3D.Inference.Images;
using Depth3D.Inference.Registry;

namespace Depth3D.Reconstruction.Models;

/// <summary>Feeds pictures to a model, and brings its maps back to the picture's size.</summary>
internal static class ModelImage
{
    /// <summary>Resizes as the card says (averaging when shrinking, bilinear otherwise) and runs the model.</summary>
    /// <param name="rgb">Three channels, any size.</param>
    public static OnnxTensor Run(OnnxModel model, Raster<byte> rgb, CancellationToken cancellation)
    {
        if (rgb.Channels != 3) throw new ArgumentException($"an RGB picture has 3 channels, this one has {rgb.Channels}", nameof(rgb));
        var (width, height) = model.Card.Input.SizeFor(rgb.Width, rgb.Height);
        var fitted = Fit(rgb, width, height);
        return model.Run(ImagePacker.Pack(fitted.Samples, width, height, model.Card.Input), cancellation);
    }

    /// <summary>Resamples without overshoot: values stay between those of the input.</summary>
    public static Raster<T> Fit<T>(Raster<T> image, int width, int height) where T : unmanaged
    {
        if (image.Width == width && image.Height == height) return image;
        return width <= image.Width && height <= image.Height ? Resize.Area(image, width, height) : Resize.Linear(image, width, height);
    }

    /// <summary>The last two axes of a tensor as a one-channel picture.</summary>
    public static Raster<float> Map(OnnxTensor tensor, float[] values) =>
        new((int)tensor.Shape[^1], (int)tensor.Shape[^2], 1, values);
}
