namespace Pyrite.Cli;

/// <summary>From latents [n, 2] to the probability of ink in each pixel, [n, 1, 28, 28].</summary>
internal sealed class Decoder : Module
{
    private readonly Linear fc1 = new(Vae.LatentSize, 6272);
    private readonly ConvTranspose2d conv1 = new(32, 32, kernelSize: 3, stride: 2, padding: 1, outputPadding: 1);
    private readonly Conv2d conv2 = new(32, 1, kernelSize: 3, padding: 1);

    public Tensor Forward(Tensor z) => conv2.Forward(conv1.Forward(fc1.Forward(z).Reshape(-1, 32, 14, 14)).Relu()).Sigmoid();
}
