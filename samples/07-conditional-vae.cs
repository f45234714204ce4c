#!/usr/bin/env dotnet
// A conditional variational autoencoder on MNIST: the label is given, so that the latent code describes style alone (Sohn, Lee and Yan 2015).
// Run it: dotnet run samples/07-conditional-vae.cs        (PYRITE_SHORT=1 makes it a quick check)
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
var vae = new ConditionalVae();
var svi = new Svi<(Tensor X, Tensor Labels)>(vae.Model, vae.Guide, new Adam(learningRate: 1e-3), new TraceElbo(), seed: 1);
for (int epoch = 0; epoch < (isShort ? 4 : 10); epoch++)
{
    double loss = 0;
    foreach ((Tensor images, Tensor labels) in loader)
    {
        loss += svi.Step((images.Reshape(-1, 784), labels.OneHot(10).To(DType.Float32)));
    }
    Console.WriteLine($"epoch: {epoch}\tELBO_loss: {loss / training.Count:F2}");
}

// One style per row, one digit per column.
Tensor styles = RandomKey.FromSeed(2).Normal([6, 1, ConditionalVae.Code]).BroadcastTo([6, 10, ConditionalVae.Code]).Reshape(60, ConditionalVae.Code);
Tensor digits = Tensor.Range(10).OneHot(10).To(DType.Float32).Tile(6, 1);
Directory.CreateDirectory("runs/07-conditional-vae");
byte[] pixels = Array.ConvertAll(vae.Decode(styles, digits).Sigmoid().ToArray<double>(), p => (byte)Math.Round(255 * p));
new ImageGrid(pixels, 6, 10, 28, 28).SavePng("runs/07-conditional-vae/styles.png");
Console.WriteLine("Picture: runs/07-conditional-vae/styles.png");

// A classifier for nothing: the label under which an image has the smallest loss.
LabelledImages test = mnist.Test.Slice(0, 200);
int right = 0;
foreach ((Tensor images, Tensor labels) in new DataLoader(test, batchSize: 200))
{
    Tensor x = images.Reshape(-1, 784);
    Tensor losses =
        Tensor.Stack([.. Enumerable.Range(0, 10).Select(digit => vae.Loss(x, Tensor.Full([200], digit, DType.Int64).OneHot(10).To(DType.Float32)))],
            -1);
    right += (int)losses.ArgMin(-1).EqualTo(labels).To(DType.Float32).Sum().Item();
}
Console.WriteLine($"{right} of 200 test images have their smallest loss under their own label");

// The check: the code does not hold the label, the decoder listens to it.
bool passed = right > (isShort ? 120 : 170);
Console.WriteLine(passed ? "check passed" : "check FAILED");
return passed ? 0 : 1;

sealed class ConditionalVae : Module
{
    public const int Code = 8;

    private readonly Linear encoderHidden = new(784 + 10, 256), encoderOut = new(256, 2 * Code), decoderHidden = new(Code + 10, 256),
        decoderOut = new(256, 784);

    public void Model((Tensor X, Tensor Labels) data)
    {
        Register("vae", this);
        using (Plate("data", data.X.Shape[0]))
        {
            Tensor z = Sample("style", new Normal(Tensor.Zeros(data.X.Shape[0], Code), 1).ToEvent(1));
            Sample("image", new Bernoulli(logits: Decode(z, data.Labels), validate: false).ToEvent(1), observed: data.X);
        }
    }

    public void Guide((Tensor X, Tensor Labels) data)
    {
        Register("vae", this);
        using (Plate("data", data.X.Shape[0]))
        {
            (Tensor loc, Tensor scale) = Encode(data.X, data.Labels);
            Sample("style", new Normal(loc, scale).ToEvent(1));
        }
    }

    public Tensor Decode(Tensor z, Tensor labels) => decoderOut.Forward(decoderHidden.Forward(Tensor.Concat([z, labels], -1)).Relu());

    public Tensor Loss(Tensor x, Tensor labels)
    {
        (Tensor loc, Tensor scale) = Encode(x, labels);
        Tensor divergence = 0.5 * (loc.Square() + scale.Square() - 1 - (2 * scale.Log())).Sum(-1);
        return divergence - new Bernoulli(logits: Decode(loc, labels), validate: false).ToEvent(1).LogProb(x);
    }

    private (Tensor Loc, Tensor Scale) Encode(Tensor x, Tensor labels)
    {
        Tensor numbers = encoderOut.Forward(encoderHidden.Forward(Tensor.Concat([x, labels], -1)).Relu());
        return (numbers.Slice(-1, 0, Code), numbers.Slice(-1, Code, Code).Exp());
    }
}
