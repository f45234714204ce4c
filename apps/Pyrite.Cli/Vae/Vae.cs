using static Pyrite.Primitives;

namespace Pyrite.Cli;

/// <summary>A convolutional variational autoencoder of 28 x 28 images with two latent numbers, 243,269 parameters.</summary>
/// <remarks>
/// D. P. Kingma, M. Welling, "Auto-Encoding Variational Bayes", 2014. Parameters carry PyTorch's names, so weights travel both ways.
/// </remarks>
internal sealed class Vae : Module
{
    public const int LatentSize = 2;

    public Encoder Encoder { get; } = new();

    public Decoder Decoder { get; } = new();

    /// <summary>p(z) p(x | z) for images of shape [n, 1, 28, 28].</summary>
    public void Model(Tensor x)
    {
        Register("decoder", Decoder);
        using (Plate("data", x.Shape[0]))
        {
            Tensor z = Sample("latent", new Normal(Tensor.Zeros(x.Shape[0], LatentSize), Tensor.Ones(x.Shape[0], LatentSize)).ToEvent(1));

            // Gray levels are scored as they are, x log p + (1 - x) log(1 - p), hence no check of the support.
            Sample("obs", new Bernoulli(Decoder.Forward(z), validate: false).ToEvent(3), observed: x);
        }
    }

    /// <summary>q(z | x).</summary>
    public void Guide(Tensor x)
    {
        Register("encoder", Encoder);
        using (Plate("data", x.Shape[0]))
        {
            (Tensor loc, Tensor scale) = Encoder.Forward(x);
            Sample("latent", new Normal(loc, scale).ToEvent(1));
        }
    }

    /// <summary>The image decoded from the mean of q(z | x); same shape as <paramref name="x"/>.</summary>
    public Tensor Reconstruct(Tensor x) => Decoder.Forward(Encoder.Forward(x).Loc);
}
