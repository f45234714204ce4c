using Pyrite;
using static Pyrite.Primitives;

/// <summary>A variational autoencoder (Kingma and Welling 2014): a latent plane, and networks from images to it and back.</summary>
sealed class Vae : Module
{
    public Encoder Encoder { get; } = new();

    public Decoder Decoder { get; } = new();

    public void Model(Tensor images)                                    // [N, 1, 28, 28]
    {
        Register("decoder", Decoder);
        using PlateScope data = Plate("data", images.Shape[0]);
        Tensor latent = Sample("latent", new Normal(Tensor.Zeros(images.Shape[0], 2), Tensor.Ones(images.Shape[0], 2)).ToEvent(1));
        Sample("images", new Bernoulli(Decoder.Forward(latent), validate: false).ToEvent(3), observed: images);
    }

    public void Guide(Tensor images)
    {
        Register("encoder", Encoder);
        using PlateScope data = Plate("data", images.Shape[0]);
        (Tensor loc, Tensor scale) = Encoder.Forward(images);
        Sample("latent", new Normal(loc, scale).ToEvent(1));
    }
}

sealed class Encoder : Module
{
    private readonly Conv2d conv1 = new(1, 16, kernelSize: 3, padding: 1);
    private readonly Conv2d conv2 = new(16, 32, kernelSize: 3, stride: 2, padding: 1);
    private readonly Linear hidden = new(6272, 32);
    private readonly Linear loc = new(32, 2);
    private readonly Linear logScale = new(32, 2);

    public (Tensor Loc, Tensor Scale) Forward(Tensor images)
    {
        Tensor features = conv2.Forward(conv1.Forward(images).Relu()).Relu().Reshape(-1, 6272);
        Tensor summary = hidden.Forward(features).Relu();
        return (loc.Forward(summary), logScale.Forward(summary).Exp());
    }
}

sealed class Decoder : Module
{
    private readonly Linear hidden = new(2, 6272);
    private readonly ConvTranspose2d conv1 = new(32, 32, kernelSize: 3, stride: 2, padding: 1, outputPadding: 1);
    private readonly Conv2d conv2 = new(32, 1, kernelSize: 3, padding: 1);

    public Tensor Forward(Tensor latent) =>
        conv2.Forward(conv1.Forward(hidden.Forward(latent).Reshape(-1, 32, 14, 14)).Relu()).Sigmoid();
}
