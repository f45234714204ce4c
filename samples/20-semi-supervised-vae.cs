#!/usr/bin/env dotnet
// A semi-supervised variational autoencoder on MNIST: 100 images of each digit have their label; the digit of the others is a discrete latent, summed
// over in every step (the model M2 of Kingma, Rezende, Mohamed and Welling 2014).
// Run it: dotnet run samples/20-semi-supervised-vae.cs        (PYRITE_SHORT=1 makes it a quick check)
#:project ../src/Pyrite
#:project ../src/Pyrite.Plotting
#:project ../src/Pyrite.Data.Mnist
#:property PublishAot=false
using Pyrite;
using Pyrite.Plotting;
using static Pyrite.Primitives;

const int PerDigit = 100, BatchSize = 128;
bool isShort = Environment.GetEnvironmentVariable("PYRITE_SHORT") == "1";
int epochs = isShort ? 1 : 8, labelledSteps = isShort ? 100 : 300;
Mnist mnist = Mnist.Load();
LabelledImages training = isShort ? mnist.Train.Slice(0, 6_400) : mnist.Train;

// The first hundred of each digit keep their labels; those of the others are not looked at.
List<int> known = [], others = [];
int[] seen = new int[10];
for (int i = 0; i < training.Count; i++)
{
    (seen[training.Labels.Span[i]]++ < PerDigit ? known : others).Add(i);
}
Dataset labelled = training.Subset([.. known]).Transform(seed: 3, ImageTransform.Shift(2));
var withLabels = new DataLoader(labelled, BatchSize, shuffle: true, seed: 1, dropLast: true);
var withoutLabels = new DataLoader(training.Subset([.. others]), BatchSize, shuffle: true, seed: 2, dropLast: true);

var vae = new SemiSupervisedVae(known.Count, others.Count);
var schedule = new CosineSchedule(labelledSteps + (epochs * withoutLabels.BatchCount));
var svi = new Svi<Images>(vae.Model, vae.Guide, new Adam(learningRate: 1e-3) { Schedule = schedule }, new EnumerationElbo(), seed: 1);
using IEnumerator<(Tensor, Tensor)> marked = Endless(withLabels).GetEnumerator();

// What a digit looks like is learnt from the labels first, so that the sums over digits begin with a good guess.
for (int step = 0; step < labelledSteps; step++)
{
    svi.Step(Next(null));
}
Console.WriteLine($"from {known.Count} labelled images alone: {Accuracy():P1} of the test images");
for (int epoch = 0; epoch < epochs; epoch++)
{
    foreach ((Tensor images, _) in withoutLabels)
    {
        svi.Step(Next(images));
    }
    Console.WriteLine($"epoch: {epoch}\tELBO: {Bound():F2}\taccuracy: {Accuracy():P2}");
}

// One style per row, one digit per column.
Tensor styles = RandomKey.FromSeed(2).Normal([6, 1, SemiSupervisedVae.Code]).BroadcastTo([6, 10, SemiSupervisedVae.Code])
    .Reshape(60, SemiSupervisedVae.Code);
Tensor digits = Tensor.Range(10).OneHot(10).To(DType.Float32).Tile(6, 1);
Directory.CreateDirectory("runs/20-semi-supervised-vae");
byte[] pixels = Array.ConvertAll(vae.Decode(styles, digits).Sigmoid().ToArray<double>(), p => (byte)Math.Round(255 * p));
new ImageGrid(pixels, 6, 10, 28, 28).SavePng("runs/20-semi-supervised-vae/styles.png");
Console.WriteLine("Picture: runs/20-semi-supervised-vae/styles.png");

// The check: digits are told apart, and the bound is that of a model that has learnt to write them.
(double right, double bound) = (Accuracy(), Bound());
Console.WriteLine($"{right:P2} of 10,000 test images are told, their evidence is at least {bound:F1} nats each");
bool passed = right >= (isShort ? 0.75 : 0.95) && bound > (isShort ? -250 : -125);
Console.WriteLine(passed ? "check passed" : "check FAILED");
return passed ? 0 : 1;

Images Next(Tensor? images)
{
    marked.MoveNext();
    (Tensor x, Tensor labels) = marked.Current;
    return new Images(images, x, labels.OneHot(10).To(DType.Float32));
}

// Test images whose label is guessed by q(digit | image).
double Accuracy()
{
    vae.Eval();
    double count = 0;
    foreach ((Tensor images, Tensor labels) in new DataLoader(mnist.Test, batchSize: 500))
    {
        count += vae.Classify(images).ArgMax(-1).EqualTo(labels).To(DType.Float32).Sum().Item();
    }
    vae.Train();
    return count / mnist.Test.Count;
}

// The evidence lower bound of test images without their labels, per image.
double Bound()
{
    vae.Eval();
    double total = 0;
    int batches = 0;
    foreach ((Tensor images, _) in new DataLoader(mnist.Test.Slice(0, isShort ? 1_000 : 10_000), batchSize: 500))
    {
        total -= svi.Evaluate(new Images(images, null, null)) / others.Count;
        batches++;
    }
    vae.Train();
    return total / batches;
}

static IEnumerable<(Tensor, Tensor)> Endless(DataLoader loader)
{
    while (true)
    {
        foreach ((Tensor images, Tensor labels) in loader)
        {
            yield return (images, labels);
        }
    }
}

sealed record Images(Tensor? Unknown, Tensor? Known, Tensor? Digits);

sealed class SemiSupervisedVae(int knownCount, int unknownCount) : Module
{
    public const int Code = 8;
    private const int Width = 256;

    // How much a labelled image counts for q(digit | image), beside its place in the bound: their alpha.
    private const double AnswerWeight = 3_000;

    // Which digit it is.
    private readonly Conv2d conv1 = new(1, 16, kernelSize: 5, stride: 2, padding: 2), conv2 = new(16, 32, kernelSize: 5, stride: 2, padding: 2);
    private readonly Linear digitHidden = new(1568, 128), digitOut = new(128, 10);
    private readonly Dropout dropout = new(0.5);

    // How it is written, and what that looks like.
    private readonly Linear imageIn = new(784, Width), digitIn = new(10, Width), codeOut = new(Width, 2 * Code);
    private readonly Linear codeIn = new(Code, Width), shapeIn = new(10, Width), imageOut = new(Width, 784);

    public void Model(Images data)
    {
        Register("vae", this);
        if (data.Unknown is { } unknown)
        {
            Write("unknown", unknownCount, unknown, digits: null);
        }
        if (data.Known is { } known)
        {
            Write("known", knownCount, known, data.Digits);
            using (new ScaleHandler(AnswerWeight).Enter())
            using (Plate("answers", knownCount, subsampleSize: known.Shape[0]))
            {
                Sample("answer", new OneHotCategorical(logits: Classify(known)), observed: data.Digits);
            }
        }
    }

    public void Guide(Images data)
    {
        Register("vae", this);
        if (data.Unknown is { } unknown)
        {
            using (Plate("unknown", unknownCount, subsampleSize: unknown.Shape[0]))
            {
                Tensor digit = Sample("digit of unknown", new OneHotCategorical(logits: Classify(unknown)));
                Sample("style of unknown", Style(unknown, digit));
            }
        }
        if (data.Known is { } known)
        {
            using (Plate("known", knownCount, subsampleSize: known.Shape[0]))
            {
                Sample("style of known", Style(known, data.Digits!));
            }
        }
    }

    public Tensor Classify(Tensor images)
    {
        Tensor features = conv2.Forward(conv1.Forward(images).Relu()).Relu().Reshape(-1, 1568);
        return digitOut.Forward(dropout.Forward(digitHidden.Forward(features).Relu()));
    }

    public Tensor Decode(Tensor style, Tensor digit) => imageOut.Forward((codeIn.Forward(style) + shapeIn.Forward(digit)).Relu());

    private void Write(string name, int count, Tensor images, Tensor? digits)
    {
        int size = images.Shape[0];
        using (Plate(name, count, subsampleSize: size))
        {
            Tensor digit = Sample($"digit of {name}", new OneHotCategorical(Tensor.Full([10], 0.1)), observed: digits);
            Tensor style = Sample($"style of {name}", new Normal(Tensor.Zeros(size, Code), 1).ToEvent(1));
            Sample($"image of {name}", new Bernoulli(logits: Decode(style, digit), validate: false).ToEvent(1), observed: images.Reshape(-1, 784));
        }
    }

    private Distribution Style(Tensor images, Tensor digit)
    {
        Tensor numbers = codeOut.Forward((imageIn.Forward(images.Reshape(-1, 784)) + digitIn.Forward(digit)).Relu());
        return new Normal(numbers.Slice(-1, 0, Code), numbers.Slice(-1, Code, Code).Exp()).ToEvent(1);
    }
}
