#!/usr/bin/env dotnet
// A convolutional variational autoencoder on MNIST, trained by SVI (Kingma and Welling 2014), with its pictures.
// Run it: dotnet run samples/06-vae-mnist.cs        (PYRITE_SHORT=1 makes it a quick check)
#:project ../src/Pyrite
#:project ../src/Pyrite.Plotting
#:project ../src/Pyrite.Data.Mnist
#:property PublishAot=false
using Pyrite;
using Pyrite.Plotting;
using static Pyrite.Primitives;

bool isShort = Environment.GetEnvironmentVariable("PYRITE_SHORT") == "1";
Mnist mnist = Mnist.Load();
LabelledImages training = isShort ? mnist.Train.Slice(0, 6_400) : mnist.Train;
var loader = new DataLoader(training, batchSize: 128, shuffle: true);
var vae = new Vae();
var svi = new Svi<Tensor>(vae.Model, vae.Guide, new Adam(learningRate: 1e-3), new TraceElbo());
var losses = new List<double>();
for (int epoch = 0; epoch < (isShort ? 2 : 10); epoch++)
{
    double loss = 0;
    foreach ((Tensor images, _) in loader)
    {
        loss += svi.Step(images);           // [128, 1, 28, 28], the last one [96, 1, 28, 28]
    }
    losses.Add(loss / training.Count);
    Console.WriteLine($"epoch: {epoch}\tELBO_loss: {losses[^1]:F2}");
}

Directory.CreateDirectory("runs/06-vae-mnist");
vae.Grid(30).SavePng("runs/06-vae-mnist/latent-grid.png");
vae.Comparison(mnist.Test, 10).SavePng("runs/06-vae-mnist/reconstructions.png");
Console.WriteLine("Pictures: runs/06-vae-mnist/latent-grid.png, reconstructions.png");

// The check: the loss falls, to about 157 nats per image after ten epochs.
bool passed = losses[^1] < losses[0] && losses[^1] < (isShort ? 260 : 159.5);
Console.WriteLine(passed ? "check passed" : "check FAILED");
return passed ? 0 : 1;

sealed class Vae : Module
{
    public Encoder Encoder { get; } = new();

    public Decoder Decoder { get; } = new();

    public void Model(Tensor x)
    {
        Register("decoder", Decoder);
        using (Plate("data", x.Shape[0]))
        {
            Tensor z = Sample("latent", new Normal(Tensor.Zeros(x.Shape[0], 2), Tensor.Ones(x.Shape[0], 2)).ToEvent(1));
            Sample("obs", new Bernoulli(Decoder.Forward(z), validate: false).ToEvent(3), observed: x);  // grayscale on purpose
        }
    }

    public void Guide(Tensor x)
    {
        Register("encoder", Encoder);
        using (Plate("data", x.Shape[0]))
        {
            (Tensor loc, Tensor scale) = Encoder.Forward(x);
            Sample("latent", new Normal(loc, scale).ToEvent(1));
        }
    }

    /// <summary>Images [N, 1, 28, 28] through the encoder's mean and back.</summary>
    public Tensor Reconstruct(Tensor x)
    {
        using NoGradient.Scope untracked = NoGradient.Begin();
        return Decoder.Forward(Encoder.Forward(x).Loc);
    }

    /// <summary>Decoded images over the latent square: the first coordinate along columns, the second along rows.</summary>
    public ImageGrid Grid(int size)
    {
        using NoGradient.Scope untracked = NoGradient.Begin();
        double[] g = [.. Enumerable.Range(0, size).Select(i => Quantile(0.01 + (0.98 * i / (size - 1))))];
        float[,] z = new float[size * size, 2];
        for (int i = 0; i < size * size; i++)
        {
            (z[i, 0], z[i, 1]) = ((float)g[i % size], (float)g[i / size]);
        }
        return new ImageGrid(Bytes(Decoder.Forward(Tensor.From(z))), size, size, 28, 28);
    }

    /// <summary>Test digits over their reconstructions.</summary>
    public ImageGrid Comparison(LabelledImages test, int count)
    {
        (Tensor images, _) = new DataLoader(test.Slice(0, count), count).First();
        return new ImageGrid([.. Bytes(images), .. Bytes(Reconstruct(images))], 2, count, 28, 28);
    }

    private static byte[] Bytes(Tensor images) => Array.ConvertAll(images.ToArray<double>(), p => (byte)Math.Round(255 * p));

    private static double Quantile(double p) => new Normal(0.0, 1.0).InverseCdf(p).Item();
}

sealed class Encoder : Module
{
    private readonly Conv2d conv1 = new(1, 16, kernelSize: 3, padding: 1);
    private readonly Conv2d conv2 = new(16, 32, kernelSize: 3, stride: 2, padding: 1);
    private readonly Conv2d conv3 = new(32, 32, kernelSize: 3, padding: 1);
    private readonly Linear fc1 = new(6272, 32);
    private readonly Linear fc21 = new(32, 2);
    private readonly Linear fc22 = new(32, 2);

    public (Tensor Loc, Tensor Scale) Forward(Tensor x)
    {
        Tensor features = conv3.Forward(conv2.Forward(conv1.Forward(x).Relu()).Relu()).Relu();
        Tensor hidden = fc1.Forward(features.Reshape(-1, 6272)).Relu();
        return (fc21.Forward(hidden), fc22.Forward(hidden).Exp());
    }
}

sealed class Decoder : Module
{
    private readonly Linear fc1 = new(2, 6272);
    private readonly ConvTranspose2d conv1 = new(32, 32, kernelSize: 3, stride: 2, padding: 1, outputPadding: 1);
    private readonly Conv2d conv2 = new(32, 1, kernelSize: 3, padding: 1);

    public Tensor Forward(Tensor z) => conv2.Forward(conv1.Forward(fc1.Forward(z).Reshape(-1, 32, 14, 14)).Relu()).Sigmoid();
}
