using System.Runtime.InteropServices;
using SkiaSharp;

namespace Pyrite.Data.Images.Tests;

public sealed class ImageFolderTests : IDisposable
{
    private readonly Pictures pictures = new();

    public ImageFolderTests()
    {
        for (int i = 0; i < 5; i++)
        {
            pictures.Write($"set/dog/more/{i}.png", 6 + i, 9, (_, _) => new SKColor((byte)(100 + i), 0, 0));
            pictures.Write($"set/cat/{i}.png", 8, 6 + i, (_, _) => new SKColor((byte)i, 0, 0));
        }
        pictures.Write("set/cat/notes.txt", "no image"u8.ToArray());
        pictures.Write("set/above.png", 3, 3, Pictures.Mixed);
    }

    public void Dispose() => pictures.Dispose();

    [Fact]
    public void Subfolders_are_labels()
    {
        ImageFolder folder = Open();
        Assert.Equal(["cat", "dog"], folder.Classes);
        Assert.Equal([0, 0, 0, 0, 0, 1, 1, 1, 1, 1], folder.Labels);
        Assert.Equal(10, folder.Count);
        Assert.EndsWith("0.png", folder.Files[0]);
        Assert.Equal((4, 5), (folder.Rows, folder.Columns));
    }

    [Fact]
    public void A_loader_makes_batches_of_it()
    {
        List<float> reds = [];
        List<long> labels = [];
        foreach ((Tensor images, Tensor numbers) in new DataLoader(Open(), batchSize: 4, shuffle: true, seed: 3))
        {
            Assert.Equal(Shape.Create([numbers.Shape[0], 3, 4, 5]), images.Shape);
            float[] pixels = images.ToArray<float>();
            labels.AddRange(numbers.ToArray<long>());
            reds.AddRange(Enumerable.Range(0, numbers.Shape[0]).Select(i => MathF.Round(255 * pixels[i * 60])));
        }
        Assert.Equal([0, 1, 2, 3, 4, 100, 101, 102, 103, 104], reds.Order());
        Assert.All(reds.Zip(labels), pair => Assert.Equal(pair.First >= 100 ? 1 : 0, pair.Second));
        Assert.NotEqual(reds.Order(), reds);
    }

    [Fact]
    public void Transforms_and_subsets_work_on_it()
    {
        Dataset some = Open(new ImageOptions { Channels = 1 }).Subset([9, 0]).Transform(seed: 1, ImageTransform.CenterCrop(2, 2));
        foreach ((Tensor images, Tensor labels) in new DataLoader(some, batchSize: 2))
        {
            Assert.Equal(Shape.Create([2, 1, 2, 2]), images.Shape);
            Assert.Equal([1L, 0L], labels.ToArray<long>());
        }
    }

    [Fact]
    public void Loaded_images_are_those_of_the_folder()
    {
        ImageFolder folder = Open();
        LabelledImages loaded = folder.Load();
        byte[] lazily = new byte[10 * 60 * 4], atOnce = new byte[lazily.Length];
        int[] rows = [.. Enumerable.Range(0, 10)];
        folder.Fill(0, rows, lazily);
        loaded.Fill(0, rows, atOnce);
        Assert.All(MemoryMarshal.Cast<byte, float>(lazily).ToArray().Zip(MemoryMarshal.Cast<byte, float>(atOnce).ToArray()),
            pair => Assert.Equal(pair.First, pair.Second, 0.501f / 255));
        Assert.Equal(folder.Labels.Select(label => (byte)label), loaded.Labels.ToArray());
    }

    [Fact]
    public void Classes_can_be_those_of_another_set()
    {
        ImageFolder folder = ImageFolder.Open(Path.Combine(pictures.Folder, "set"), 4, 4, classes: ["bird", "dog", "cat"]);
        Assert.Equal([2, 2, 2, 2, 2, 1, 1, 1, 1, 1], folder.Labels);
        Assert.Contains("\"cat\"", Assert.Throws<InvalidDataException>(
            () => ImageFolder.Open(Path.Combine(pictures.Folder, "set"), 4, 4, classes: ["dog"])).Message);
    }

    [Fact]
    public void A_damaged_file_is_named_when_its_batch_is_made()
    {
        string path = pictures.Write("set/cat/2.png", "damaged"u8.ToArray());
        ImageFolder folder = Open();
        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => folder.Load()).Message);
        Assert.Contains(path, Assert.Throws<InvalidDataException>(() =>
        {
            foreach (Batch _ in new DataLoader(folder, batchSize: 10))
            {
            }
        }).Message);
    }

    [Fact]
    public void Folders_without_labels_or_images_are_refused()
    {
        Directory.CreateDirectory(Path.Combine(pictures.Folder, "empty", "none"));
        Assert.Contains("found none",
            Assert.Throws<InvalidDataException>(() => ImageFolder.Open(Path.Combine(pictures.Folder, "empty"), 4, 4)).Message);
        Assert.Contains("a subfolder for each label",
            Assert.Throws<InvalidDataException>(() => ImageFolder.Open(Path.Combine(pictures.Folder, "empty", "none"), 4, 4)).Message);
        Assert.Throws<DirectoryNotFoundException>(() => ImageFolder.Open(Path.Combine(pictures.Folder, "missing"), 4, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => Open(new ImageOptions { Channels = 4 }));
    }

    [Fact]
    public void Links_are_not_followed()
    {
        string outside = Directory.CreateTempSubdirectory("pyrite-outside-").FullName;
        try
        {
            File.WriteAllBytes(Path.Combine(outside, "x.png"), Pictures.Encode(SKEncodedImageFormat.Png, 2, 2, Pictures.Mixed));
            Directory.CreateSymbolicLink(Path.Combine(pictures.Folder, "set", "linked"), outside);
            File.CreateSymbolicLink(Path.Combine(pictures.Folder, "set", "cat", "x.png"), Path.Combine(outside, "x.png"));
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
        {
            return;     // Windows lets only some users make links.
        }
        finally
        {
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(outside, recursive: true);
        }
        Assert.Equal(["cat", "dog"], Open().Classes);
        Assert.Equal(10, Open().Count);
    }

    private ImageFolder Open(ImageOptions? options = null) => ImageFolder.Open(Path.Combine(pictures.Folder, "set"), 4, 5, options);
}
