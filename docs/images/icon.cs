#!/usr/bin/env dotnet
// Draws the icon of the packages: a cube of pyrite whose faces carry the densities of three distributions.
// Run it: dotnet run docs/images/icon.cs -- docs/images/icon.png
#:project ../../src/Pyrite
#:project ../../src/Pyrite.Plotting
#:property PublishAot=false
using Pyrite;
using SkiaSharp;

const int Size = 128, Fine = 4;                                   // pixels, and samples across each
(double X, double Y) centre = (64, 64);
double edge = 58, slope = edge / 2, reach = edge * Math.Sqrt(3) / 2;

// Three faces meet at the centre; each is spanned by two edges from there. Colours are those of the mineral: light, middle, dark.
(double X, double Y)[] edges = [(0, edge), (-reach, -slope), (reach, -slope)];
(int A, int B, double[] Colour, Distribution Density)[] faces =
[
    (1, 2, [250, 226, 150],
        new MultivariateNormal(Tensor.From([0.5, 0.5]), covarianceMatrix: Tensor.From(new[,] { { 0.03, 0.018 }, { 0.018, 0.03 } }))),
    (0, 1, [214, 170, 72], new Beta(Tensor.From([2.0, 4]), Tensor.From([4.0, 2])).ToEvent(1)),
    (0, 2, [150, 108, 38], new Normal(Tensor.From([0.5, 0.5]), Tensor.From([0.13, 0.3])).ToEvent(1)),
];

double[,] sums = new double[Size * Size, 4];
foreach ((int a, int b, double[] colour, Distribution density) in faces)
{
    List<(int Pixel, double U, double V)> inside = [];
    for (int i = 0; i < Size * Fine; i++)
    {
        for (int j = 0; j < Size * Fine; j++)
        {
            (double u, double v) = Coordinates(edges[a], edges[b], ((j + 0.5) / Fine) - centre.X, ((i + 0.5) / Fine) - centre.Y);
            if (u is > 0 and < 1 && v is > 0 and < 1)
            {
                inside.Add((((i / Fine) * Size) + (j / Fine), u, v));
            }
        }
    }
    double[] points = [.. inside.SelectMany(point => new[] { point.U, point.V })];
    double[] height = density.LogProb(Tensor.From<double>(points, [inside.Count, 2])).Exp().ToArray<double>();
    double highest = height.Max();
    for (int k = 0; k < height.Length; k++)
    {
        double level = Math.Floor(5 * height[k] / highest) / 5;   // five contours
        for (int channel = 0; channel < 3; channel++)
        {
            sums[inside[k].Pixel, channel] += colour[channel] * (1 - (0.35 * level));
        }
        sums[inside[k].Pixel, 3]++;
    }
}

byte[] pixels = new byte[Size * Size * 4];
for (int pixel = 0; pixel < Size * Size; pixel++)
{
    double count = sums[pixel, 3];
    for (int channel = 0; channel < 3 && count > 0; channel++)
    {
        pixels[(4 * pixel) + channel] = (byte)Math.Round(sums[pixel, channel] / count);
    }
    pixels[(4 * pixel) + 3] = (byte)Math.Round(255 * count / (Fine * Fine));
}
using SKImage image = SKImage.FromPixelCopy(new SKImageInfo(Size, Size, SKColorType.Rgba8888, SKAlphaType.Unpremul), pixels);
using SKData png = image.Encode(SKEncodedImageFormat.Png, 100);
File.WriteAllBytes(args.Length > 0 ? args[0] : "icon.png", png.ToArray());

// A point as so much of one edge and so much of the other.
static (double U, double V) Coordinates((double X, double Y) p, (double X, double Y) q, double x, double y)
{
    double area = (p.X * q.Y) - (p.Y * q.X);
    return (((x * q.Y) - (y * q.X)) / area, ((p.X * y) - (p.Y * x)) / area);
}
