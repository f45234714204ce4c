#!/usr/bin/env dotnet
// The autoencoder of 06-vae-mnist.cs trained twice: in the language, and by a loss written out by hand. Both are the same computation.
// Run it: dotnet run samples/08-vae-without-language.cs        (PYRITE_SHORT=1 makes it a quick check)
#:project ../src/Pyrite
#:project ../src/Pyrite.Data.Mnist
#:property PublishAot=false
using Pyrite;
using static Pyrite.Primitives;

bool isShort = Environment.GetEnvironmentVariable("PYRITE_SHORT") == "1";
int batches = isShort ? 20 : 400;
var loader = new DataLoader(Mnist.Load().Train, batchSize: 128, shuffle: true);

Vae vae = new(), plain = new();
var svi = new Svi<Tensor>(vae.Model, vae.Guide, new Adam(learningRate: 1e-3), new TraceElbo());
var optimizer = new Adam(plain.Parameters, learningRate: 1e-3);
double largest = 0, first = 0, last = 0;
int step = 0;
foreach ((Tensor images, _) in loader)
{
    double inLanguage = svi.Step(images);
    double byHand;
    using (StepScope.Begin())
    {
        // The key of the draw is that of step, particle, guide and site, so that both trainings see the same noise.
        RandomKey key = RandomKey.FromSeed(0).Child("svi step").Child(step).Child(0).Child("guide").Child("latent");
        Tensor loss = plain.Loss(images, key.Normal([images.Shape[0], 2]));
        optimizer.Step(loss);
        byHand = loss.Item();
    }
    largest = Math.Max(largest, Math.Abs((inLanguage / byHand) - 1));
    (first, last) = (step == 0 ? byHand : first, byHand);
    if (step % 20 == 0)
    {
        Console.WriteLine($"step {step}: {inLanguage / 128:F4} in the language, {byHand / 128:F4} by hand");
    }
    if (++step == batches)
    {
        break;
    }
}
Console.WriteLine($"largest relative difference of the losses: {largest:E1}");

// The check: the losses fall, and agree but for rounding, which training makes grow.
bool passed = last < 0.9 * first && largest < 1e-3;
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
            Sample("obs", new Bernoulli(Decoder.Forward(z), validate: false).ToEvent(3), observed: x);
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

    /// <summary>The same without the language: log q(z) - log p(z) - log p(x | z), constants of the two normal densities cancelling.</summary>
    public Tensor Loss(Tensor x, Tensor noise)
    {
        (Tensor loc, Tensor scale) = Encoder.Forward(x);
        Tensor z = loc + (scale * noise);
        Tensor divergence = ((-0.5 * noise.Square()) - scale.Log() + (0.5 * z.Square())).Sum();
        return divergence + Decoder.Forward(z).BinaryCrossEntropy(x, LossReduction.Sum);
    }
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
