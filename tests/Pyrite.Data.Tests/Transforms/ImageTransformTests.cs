namespace Pyrite;

public sealed class ImageTransformTests
{
    private const int Count = 200;

    /// <summary>Two channels of 3 x 4; no pixel is 0, and no two are alike.</summary>
    private static readonly float[] Image = [.. Enumerable.Range(1, 24).Select(value => value / 32f)];

    private static readonly Dataset Images = new TensorDataset(
        Tensor.From([.. Enumerable.Repeat(Image, Count).SelectMany(each => each)], [Count, 2, 3, 4]), Tensor.Zeros(Count));

    [Fact]
    public void A_flip_mirrors_rows_or_columns_of_each_channel()
    {
        float[] columns = One(ImageTransform.FlipHorizontally(1)), rows = One(ImageTransform.FlipVertically(1));
        for (int channel = 0; channel < 2; channel++)
        {
            for (int row = 0; row < 3; row++)
            {
                for (int column = 0; column < 4; column++)
                {
                    float value = Image[(channel * 12) + (row * 4) + column];
                    Assert.Equal(value, columns[(channel * 12) + (row * 4) + 3 - column]);
                    Assert.Equal(value, rows[(channel * 12) + ((2 - row) * 4) + column]);
                }
            }
        }
    }

    /// <summary>Binomial with 200 draws of probability 0.3: within six standard deviations, exceeded once in 10⁹ runs; the seed is
    /// fixed besides.</summary>
    [Fact]
    public void A_flip_comes_as_often_as_it_should() =>
        Assert.InRange(All(0, ImageTransform.FlipHorizontally(0.3)).Count(image => image[0] != Image[0]), 60 - 39, 60 + 39);

    [Fact]
    public void A_shift_moves_whole_images_by_every_distance_and_fills_with_zeros()
    {
        HashSet<(int, int)> distances = [];
        foreach (float[] image in All(0, ImageTransform.Shift(1)))
        {
            (int down, int right) = Enumerable.Range(-1, 3).SelectMany(down => Enumerable.Range(-1, 3).Select(right => (down, right)))
                .Single(move => Enumerable.Range(0, 24).All(i => image[i] == Moved(i, move.down, move.right)));
            distances.Add((down, right));
        }
        Assert.Equal(9, distances.Count);
    }

    [Fact]
    public void A_crop_in_the_middle_is_exact() =>
        Assert.Equal(new[] { 6, 7, 18, 19 }.Select(value => value / 32f), One(ImageTransform.CenterCrop(1, 2)));

    [Fact]
    public void A_random_crop_is_a_window_of_the_padded_image()
    {
        List<float[]> crops = All(0, ImageTransform.RandomCrop(2, 2, padding: 1));
        Assert.All(crops, crop => Assert.Equal(8, crop.Length));
        Assert.Contains(crops, crop => crop[0] == 0 && crop[3] == Image[0]);
        Assert.Contains(crops, crop => crop[0] == Image[11] && crop[1] == 0 && crop[2] == 0);
    }

    [Fact]
    public void A_crop_larger_than_the_image_is_refused() =>
        Assert.Contains("Cannot cut 4 x 4 pixels out of images of 3 x 4",
            Assert.Throws<ArgumentException>(() => One(ImageTransform.CenterCrop(4, 4))).Message);

    [Fact]
    public void Normalizing_takes_one_number_or_one_per_channel()
    {
        Assert.Equal(Image.Select(value => (value - 0.5f) / 0.25f), One(ImageTransform.Normalize([0.5], [0.25])));
        Assert.Equal(Image.Select((value, i) => i < 12 ? value - 1 : value / 2), One(ImageTransform.Normalize([1, 0], [1, 2])));
        Assert.Throws<ArgumentException>(() => One(ImageTransform.Normalize([1, 0, 1], [1, 2, 1])));
        Assert.Throws<ArgumentException>(() => ImageTransform.Normalize([1], [0]));
    }

    [Fact]
    public void Binarizing_compares_with_a_threshold() =>
        Assert.Equal(Image.Select(value => value >= 0.5f ? 1f : 0), One(ImageTransform.Binarize()));

    /// <summary>4,800 draws: mean within six standard deviations of the pixels' mean.</summary>
    [Fact]
    public void Binarizing_at_random_has_the_pixels_as_probabilities()
    {
        List<float[]> images = All(0, ImageTransform.BinarizeAtRandom());
        Assert.All(images.SelectMany(image => image), pixel => Assert.True(pixel is 0 or 1));
        double error = 6 * Math.Sqrt(Image.Sum(p => p * (1 - p)) / (24 * 24 * Count));
        Assert.InRange(images.SelectMany(image => image).Average(), Image.Average() - error, Image.Average() + error);
    }

    [Fact]
    public void Images_differ_by_row_and_by_epoch_and_repeat_in_any_batch()
    {
        Dataset shifted = Images.Transform(5, ImageTransform.Shift(1), ImageTransform.BinarizeAtRandom());
        DataLoader small = new(shifted, batchSize: 7), large = new(shifted, batchSize: 64, prefetch: false);
        List<float> first = Pixels(small), second = Pixels(small);
        Assert.NotEqual(first, second);
        Assert.NotEqual(first[..24], first[24..48]);
        Assert.Equal(first, Pixels(large));
        Assert.Equal(second, Pixels(large));
        Assert.NotEqual(first, Pixels(new DataLoader(Images.Transform(6, ImageTransform.Shift(1), ImageTransform.BinarizeAtRandom()), batchSize: 7)));
    }

    [Fact]
    public void Labels_pass_and_a_set_without_images_is_refused()
    {
        Assert.Equal(2, Images.Transform(0, ImageTransform.Binarize()).Fields.Count);
        Assert.Contains("expected a first field of type Float32 and shape [channels, rows, columns]",
            Assert.Throws<ArgumentException>(() => new TensorDataset(Tensor.Zeros(3, 2)).Transform(0, ImageTransform.Binarize())).Message);
    }

    private static float Moved(int i, int down, int right)
    {
        int row = (i % 12 / 4) - down, column = (i % 4) - right;
        return row is >= 0 and < 3 && column is >= 0 and < 4 ? Image[(i / 12 * 12) + (row * 4) + column] : 0;
    }

    private static float[] One(ImageTransform transform) => All(0, transform)[0];

    private static List<float[]> All(ulong seed, params ImageTransform[] transforms)
    {
        Dataset images = Images.Transform(seed, transforms);
        return [.. Pixels(new DataLoader(images, batchSize: Count)).Chunk((int)images.Fields[0].RowShape.Count)];
    }

    private static List<float> Pixels(DataLoader loader)
    {
        List<float> pixels = [];
        foreach ((Tensor images, Tensor _) in loader)
        {
            pixels.AddRange(images.ToArray<float>());
        }
        return pixels;
    }
}
