
namespace Pyrite;

public sealed class LabelledImagesTests
{
    private static readonly byte[] Images = IdxBytes.Build([3, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    private static readonly byte[] Labels = IdxBytes.Build([3], [7, 8, 9]);

    [Fact]
    public void Loads_a_pair_of_files()
    {
        using TemporaryFolder folder = new();
        LabelledImages set = LabelledImages.Load(folder.Write("i", Images), folder.Write("l", IdxBytes.Gzip(Labels)));
        Assert.Equal((3, 2, 2), (set.Count, set.Rows, set.Columns));
        Assert.Equal([5, 6, 7, 8], set.Image(1).ToArray());
        Assert.Equal([7, 8, 9], set.Labels.ToArray());
    }

    [Fact]
    public void Unequal_counts_are_found_before_anything_is_read()
    {
        using TemporaryFolder folder = new();
        string images = folder.Write("i.gz", IdxBytes.Gzip(IdxBytes.Build([200_000, 28, 28], [])));
        string labels = folder.Write("l", Labels);
        long before = GC.GetAllocatedBytesForCurrentThread();
        string message = Assert.Throws<InvalidDataException>(() => LabelledImages.Load(images, labels)).Message;
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 500_000);
        Assert.Contains($"\"{labels}\"", message);
        Assert.Contains($"expected 200,000 labels, one for each image in \"{images}\"; found 3", message);
    }

    [Fact]
    public void Swapped_files_are_explained()
    {
        using TemporaryFolder folder = new();
        string images = folder.Write("i", Images), labels = folder.Write("l", Labels);
        string message = Assert.Throws<InvalidDataException>(() => LabelledImages.Load(labels, images)).Message;
        Assert.Contains($"\"{labels}\"", message);
        Assert.Contains("3 axes: [N, rows, columns]; found 1 axes", message);
        Assert.Contains("1 axis: [N]; found 3 axes", Assert.Throws<InvalidDataException>(() => LabelledImages.Load(images, images)).Message);
    }

    [Fact]
    public void A_slice_is_a_view()
    {
        LabelledImages set = new(new byte[] { 1, 2, 3, 4, 5, 6 }, new byte[] { 7, 8, 9 }, rows: 1, columns: 2);
        LabelledImages slice = set.Slice(1, 2);
        Assert.Equal([5, 6], slice.Image(1).ToArray());
        Assert.Equal([8, 9], slice.Labels.ToArray());
        Assert.True(slice.Image(0).Overlaps(set.Image(1)));
    }

    [Theory, InlineData(-1, 1), InlineData(3, 1), InlineData(0, 4), InlineData(2, -1), InlineData(int.MaxValue, 1)]
    public void A_slice_outside_is_refused(int start, int count)
    {
        LabelledImages set = new(new byte[6], new byte[3], rows: 1, columns: 2);
        Assert.Contains("within 0 to 3", Assert.Throws<ArgumentOutOfRangeException>(() => set.Slice(start, count)).Message);
    }

    [Fact]
    public void An_image_outside_is_refused()
    {
        LabelledImages set = new(new byte[6], new byte[3], rows: 1, columns: 2);
        Assert.Throws<ArgumentOutOfRangeException>(() => set.Image(3).Length);
    }

    [Fact]
    public void Pixels_that_do_not_fit_the_labels_are_refused() =>
        Assert.Contains("expected 8 pixels, found 7",
            Assert.Throws<ArgumentException>(() => new LabelledImages(new byte[7], new byte[2], 2, 2)).Message);
}
