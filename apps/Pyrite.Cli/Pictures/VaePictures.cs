using Pyrite.Cli.Training;
using Pyrite.Plotting;

namespace Pyrite.Cli.Pictures;

/// <summary>What a trained autoencoder looks like: the images its latent plane decodes to, test digits decoded again, and where test digits
/// lie.</summary>
internal sealed class VaePictures(Vae vae, LabelledImages test)
{
    public const string LatentGridFile = "latent-grid.png";
    public const string ReconstructionsFile = "reconstructions.png";
    public const string LatentMeansFile = "latent-means.png";

    private const int GridSide = 30;
    private const int ImageSide = 28;
    private const int ReconstructedDigits = 10;
    private const int BatchSize = 500;

    /// <summary>Draws all pictures into a folder.</summary>
    public void Save(OutputFolder folder)
    {
        using NoGradient.Scope scope = NoGradient.Begin();
        folder.Save(LatentGridFile, path => LatentGrid().SavePng(path));
        folder.Save(ReconstructionsFile, path => Reconstructions().SavePng(path));
        folder.Save(LatentMeansFile, path => LatentMeans().SavePng(path));
    }

    /// <summary>30 x 30 decoded images: the first latent number grows along columns, the second along rows.</summary>
    /// <remarks>The numbers are quantiles of the prior, from 1 % to 99 %, so that every cell stands for as many digits.</remarks>
    private ImageGrid LatentGrid()
    {
        double[] quantiles = new Normal(0.0, 1.0).InverseCdf(Tensor.LinearSpace(0.01, 0.99, GridSide, DType.Float64)).ToArray<double>();
        byte[] pixels = new byte[GridSide * GridSide * ImageSide * ImageSide];
        for (int row = 0; row < GridSide; row++)
        {
            float[,] latents = new float[GridSide, Vae.LatentSize];
            for (int column = 0; column < GridSide; column++)
            {
                (latents[column, 0], latents[column, 1]) = ((float)quantiles[column], (float)quantiles[row]);
            }

            byte[] images = ImageGrid.ToBytes(vae.Decoder.Forward(Tensor.From(latents)).ToArray<float>());
            images.CopyTo(pixels, row * images.Length);
        }

        return new(pixels, GridSide, GridSide, ImageSide, ImageSide);
    }

    /// <summary>The first test digits, and below each its reconstruction.</summary>
    private ImageGrid Reconstructions()
    {
        LabelledImages digits = test.Slice(0, Math.Min(ReconstructedDigits, test.Count));
        foreach ((Tensor x, _) in new DataLoader(digits, digits.Count))
        {
            byte[] decoded = ImageGrid.ToBytes(vae.Reconstruct(x).ToArray<float>());
            return new([.. digits.Pixels.Span, .. decoded], 2, digits.Count, ImageSide, ImageSide)
            {
                Padding = 2,
                Magnification = 2,
                Background = 255,
                RowLabels = ["digit", "decoded"],
            };
        }

        throw new InvalidOperationException("Drawing reconstructions needs at least one test image; the test set is empty.");
    }

    /// <summary>The mean of q(z | x) of every test digit, coloured by its label.</summary>
    private Chart LatentMeans()
    {
        double[] first = new double[test.Count], second = new double[test.Count];
        int done = 0;
        foreach ((Tensor x, _) in new DataLoader(test, BatchSize))
        {
            float[] means = vae.Encoder.Forward(x).Loc.ToArray<float>();
            for (int i = 0; i < means.Length; i += Vae.LatentSize)
            {
                (first[done], second[done]) = (means[i], means[i + 1]);
                done++;
            }
        }

        Chart chart = new("Where test digits lie", "first latent", "second latent") { LegendPlacement = LegendPlacement.Right };
        chart.AddClasses(first, second, Array.ConvertAll(test.Labels.ToArray(), label => (int)label));
        chart.Axes.SquareUnits();
        return chart;
    }
}
