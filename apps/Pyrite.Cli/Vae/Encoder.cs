namespace Pyrite.Cli;

/// <summary>From images [n, 1, 28, 28] to the mean and standard deviation of their latents, [n, 2] each.</summary>
internal sealed class Encoder : Module
{
    private readonly Conv2d conv1 = new(1, 16, kernelSize: 3, padding: 1);
    private readonly Conv2d conv2 = new(16, 32, kernelSize: 3, stride: 2, padding: 1);
    private readonly Conv2d conv3 = new(32, 32, kernelSize: 3, padding: 1);
    private readonly Linear fc1 = new(6272, 32);
    private readonly Linear fc21 = new(32, Vae.LatentSize);
    private readonly Linear fc22 = new(32, Vae.LatentSize);

    public (Tensor Loc, Tensor Scale) Forward(Tensor x)
    {
        Tensor features = conv3.Forward(conv2.Forward(conv1.Forward(x).Relu()).Relu()).Relu();
        Tensor hidden = fc1.Forward(features.Reshape(-1, 6272)).Relu();
        return (fc21.Forward(hidden), fc22.Forward(hidden).Exp());
    }
}
