using Pyrite;
using Pyrite.Plotting;

// dotnet run -c Release -- [EPOCHS] [IMAGES]
int epochs = args.Length > 0 ? int.Parse(args[0]) : 10;
int count = args.Length > 1 ? int.Parse(args[1]) : 60_000;

Mnist mnist = Mnist.Load();
var loader = new DataLoader(mnist.Train.Slice(0, count), batchSize: 128, shuffle: true);
var vae = new Vae();
var svi = new Svi<Tensor>(vae.Model, vae.Guide, new Adam(learningRate: 1e-3), new TraceElbo(), seed: 1);
for (int epoch = 1; epoch <= epochs; epoch++)
{
    double loss = 0;
    foreach ((Tensor images, _) in loader)
    {
        loss += svi.Step(images);
    }
    Console.WriteLine($"epoch {epoch}: loss {loss / count:F2} per image");
}

vae.Save("vae.safetensors");

// Eight test digits, and what the networks make of them.
using (NoGradient.Begin())
{
    (Tensor digits, _) = new DataLoader(mnist.Test.Slice(0, 8), batchSize: 8).First();
    Tensor again = vae.Decoder.Forward(vae.Encoder.Forward(digits).Loc);
    byte[] pixels = Array.ConvertAll(Tensor.Concat([digits, again]).ToArray<double>(), ink => (byte)Math.Round(255 * ink));
    new ImageGrid(pixels, rows: 2, columns: 8, imageHeight: 28, imageWidth: 28).SavePng("digits.png");
}
Console.WriteLine("Weights: vae.safetensors. Digits and their reconstructions: digits.png");
