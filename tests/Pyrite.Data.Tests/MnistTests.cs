using System.Security.Cryptography;

namespace Pyrite;

public sealed class MnistTests
{
    private static readonly Lazy<Mnist> Whole = new(Mnist.Load);

    [Theory]                                                                  // sums of the files as checked in; train-images was packed anew
    [InlineData("train-images-idx3-ubyte.gz", "0b367032e93c5d0cea0925647cfdb18614af8ee15f83e6f2fc2ad904a6835971")]
    [InlineData("train-labels-idx1-ubyte.gz", "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c")]
    [InlineData("t10k-images-idx3-ubyte.gz", "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6")]
    [InlineData("t10k-labels-idx1-ubyte.gz", "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6")]
    public void The_checked_in_files_have_their_sums(string name, string sha256)
    {
        using FileStream file = File.OpenRead(Path.Combine(Repository.MnistFolder, name));
        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(file)));
    }

    [Fact]
    public void Loads_both_sets_from_wherever_the_tests_run()
    {
        Mnist mnist = Whole.Value;
        Assert.Equal((60_000, 28, 28), (mnist.Train.Count, mnist.Train.Rows, mnist.Train.Columns));
        Assert.Equal((10_000, 28, 28), (mnist.Test.Count, mnist.Test.Rows, mnist.Test.Columns));
    }

    [Fact]
    public void The_digits_in_the_library_are_those_of_the_checkout()
    {
        Mnist files = Mnist.Load(Repository.MnistFolder);
        Assert.True(files.Train.Pixels.Span.SequenceEqual(Whole.Value.Train.Pixels.Span));
        Assert.True(files.Train.Labels.Span.SequenceEqual(Whole.Value.Train.Labels.Span));
        Assert.True(files.Test.Pixels.Span.SequenceEqual(Whole.Value.Test.Pixels.Span));
        Assert.True(files.Test.Labels.Span.SequenceEqual(Whole.Value.Test.Labels.Span));
    }

    [Fact]
    public void First_labels_are_the_known_ones()
    {
        Assert.Equal([5, 0, 4, 1, 9], Whole.Value.Train.Labels[..5].ToArray());
        Assert.Equal([7, 2, 1, 0, 4], Whole.Value.Test.Labels[..5].ToArray());
    }

    [Fact]
    public void The_first_training_image_is_the_known_five()
    {
        ReadOnlySpan<byte> five = Whole.Value.Train.Image(0);
        // the well-known first inked row
        Assert.Equal([3, 18, 18, 18, 126, 136, 175, 26, 166, 255, 247, 127], five.Slice((5 * 28) + 12, 12).ToArray());
        Assert.Equal(-1, five[..(5 * 28)].IndexOfAnyExcept((byte)0));
    }

    [Fact]
    public void Mean_and_deviation_are_the_published_ones()
    {
        long[] histogram = new long[256];
        foreach (byte pixel in Whole.Value.Train.Pixels.Span)
        {
            histogram[pixel]++;
        }
        double count = Whole.Value.Train.Pixels.Length;
        double mean = histogram.Select((times, value) => times * (value / 255.0)).Sum() / count;
        double square = histogram.Select((times, value) => times * (value / 255.0) * (value / 255.0)).Sum() / count;
        Assert.Equal(0.1307, mean, 4);                                        // the constants of every MNIST example
        Assert.Equal(0.3081, Math.Sqrt(square - (mean * mean)), 4);
    }

    [Fact]
    public void Loads_another_folder_with_raw_and_packed_files()
    {
        using TemporaryFolder folder = new();
        WriteSet(folder, "train", 2);
        WriteSet(folder, "t10k", 1);
        File.Move(folder.File("t10k-labels-idx1-ubyte"), folder.File("moved"));
        folder.Write("t10k-labels-idx1-ubyte.gz", IdxBytes.Gzip(IdxBytes.Build([1], [3])));
        Mnist mnist = Mnist.Load(folder.Path);
        Assert.Equal((2, 1), (mnist.Train.Count, mnist.Test.Count));
        Assert.Equal(3, mnist.Test.Labels.Span[0]);
    }

    [Fact]
    public void A_missing_file_is_named_with_a_remedy()
    {
        using TemporaryFolder folder = new();
        WriteSet(folder, "train", 2);
        string message = Assert.Throws<FileNotFoundException>(() => Mnist.Load(folder.Path)).Message;
        Assert.Contains("expected t10k-images-idx3-ubyte.gz or t10k-images-idx3-ubyte", message);
        Assert.Contains("Mnist.Download(folder)", message);
    }

    [Fact]
    public void Other_image_sizes_are_refused()
    {
        using TemporaryFolder folder = new();
        folder.Write("train-images-idx3-ubyte", IdxBytes.Build([1, 27, 28], new byte[27 * 28]));
        folder.Write("train-labels-idx1-ubyte", IdxBytes.Build([1], [0]));
        Assert.Contains("expected images of 28 x 28; found 27 x 28", Assert.Throws<InvalidDataException>(() => Mnist.Load(folder.Path)).Message);
    }

    [Fact]
    public void Labels_above_nine_are_refused()
    {
        using TemporaryFolder folder = new();
        folder.Write("train-images-idx3-ubyte", IdxBytes.Build([2, 28, 28], new byte[2 * 784]));
        folder.Write("train-labels-idx1-ubyte", IdxBytes.Build([2], [9, 10]));
        Assert.Contains("expected labels from 0 to 9; found 10 at 1", Assert.Throws<InvalidDataException>(() => Mnist.Load(folder.Path)).Message);
    }

    private static void WriteSet(TemporaryFolder folder, string set, int count)
    {
        folder.Write($"{set}-images-idx3-ubyte", IdxBytes.Build([(uint)count, 28, 28], IdxBytes.Pattern(count * 784)));
        folder.Write($"{set}-labels-idx1-ubyte", IdxBytes.Build([(uint)count], new byte[count]));
    }
}
