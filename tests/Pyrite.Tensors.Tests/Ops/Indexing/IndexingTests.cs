namespace Pyrite.Tests;

public sealed class IndexingTests
{
    private static readonly Tensor X = Tensor.Range(60).Reshape(3, 4, 5);

    [Fact]
    public void Positions_ranges_and_new_axes_read_like_numpy()
    {
        AssertIndexed(X[1], [4, 5], Plain(i => i == 1, _ => true, _ => true));
        AssertIndexed(X[^1, 0], [5], Plain(i => i == 2, j => j == 0, _ => true));
        AssertIndexed(X[.., 0, 1..^1], [3, 3], Plain(_ => true, j => j == 0, k => k is > 0 and < 4));
        AssertIndexed(X[-1, -2, -3], [], Plain(i => i == 2, j => j == 2, k => k == 2));
        AssertIndexed(X[TensorIndex.Ellipsis, 2], [3, 4], Plain(_ => true, _ => true, k => k == 2));
        AssertIndexed(X[0, TensorIndex.Ellipsis, ..2], [4, 2], Plain(i => i == 0, _ => true, k => k < 2));
        AssertIndexed(X[TensorIndex.NewAxis, 2..], [1, 1, 4, 5], Plain(i => i == 2, _ => true, _ => true));
        AssertIndexed(X[2, 3, 4, TensorIndex.Ellipsis], [], [59]);
        AssertIndexed(X[..100, 9..], [3, 0, 5], []);
    }

    [Fact]
    public void Steps_run_forwards_and_backwards()
    {
        AssertIndexed(X[0, 0, TensorIndex.Every(.., 2)], [3], [0, 2, 4]);
        AssertIndexed(X[0, 0, TensorIndex.Every(.., -2)], [3], [4, 2, 0]);
        AssertIndexed(X[0, 0, TensorIndex.Every(1..4, -1)], [3], [3, 2, 1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => TensorIndex.Every(.., 0));
    }

    [Fact]
    public void Index_arrays_follow_numpys_rules_of_place()
    {
        Tensor two = Tensor.From([0L, 2]);
        AssertIndexed(X[two], [2, 4, 5], Plain(i => i != 1, _ => true, _ => true));
        AssertIndexed(X[two, Tensor.From([1L, -1])], [2, 5], [5, 6, 7, 8, 9, 55, 56, 57, 58, 59]);
        AssertIndexed(X[two, .., Tensor.From([1L, -1])], [2, 4], [1, 6, 11, 16, 44, 49, 54, 59]);
        AssertIndexed(X[.., two, Tensor.From([1L, -1])], [3, 2], [1, 14, 21, 34, 41, 54]);
        Assert.Equal([2, 4], X[0, .., two].Shape);
        Assert.Equal([2, 2, 5], X[two.Unsqueeze(1), two].Shape);
        Assert.Equal([4, 2, 5], X.Permute(1, 0, 2)[.., two].Shape);
    }

    [Fact]
    public void Masks_pick_elements_in_order()
    {
        Assert.Equal([56, 57, 58, 59], X[X > 55].ToArray<long>());
        AssertIndexed(X[Tensor.From([true, false, true])], [2, 4, 5], Plain(i => i != 1, _ => true, _ => true));
        AssertIndexed(X[.., Tensor.From([false, true, false, false]), 0], [3, 1], [5, 25, 45], sorted: false);
        Assert.Equal([0, 4, 5], X[Tensor.From([false, false, false])].Shape);
        Assert.Equal([2, 2], (X > 57).NonZero()[.., ..2].Shape);
        Assert.Equal([2L, 3, 3, 2, 3, 4], (X > 57).NonZero().ToArray<long>());
        Assert.Equal([58, 59], X.MaskedSelect(X > 57).ToArray<long>());
    }

    [Fact]
    public void Wrong_entries_are_named()
    {
        RearrangementTests.AssertMessage<ArgumentOutOfRangeException>(() => _ = X[3], "position 3", "[3, 4, 5]");
        RearrangementTests.AssertMessage<ArgumentException>(() => _ = X[0, 0, 0, 0], "3 axes");
        RearrangementTests.AssertMessage<ArgumentException>(() => _ = X[TensorIndex.Ellipsis, TensorIndex.Ellipsis], "one ellipsis");
        RearrangementTests.AssertMessage<ArgumentException>(() => _ = X[Tensor.From([1.0])], "Float64");
        RearrangementTests.AssertMessage<ArgumentException>(() => _ = X[Tensor.From([true, false])], "[2]", "[3, 4, 5]");
        RearrangementTests.AssertMessage<ArgumentOutOfRangeException>(() => _ = X[Tensor.From([0L]), Tensor.From([4L])], "index 4");
        RearrangementTests.AssertMessage<ArgumentException>(() => _ = X[Tensor.From([0L, 1]), Tensor.From([0L, 1, 2])], "[2]", "[3]");
    }

    private static void AssertIndexed(Tensor got, Shape shape, long[] want, bool sorted = true)
    {
        Assert.Equal(shape, got.Shape);
        Assert.Equal(want, got.ToArray<long>());
        Assert.Equal(sorted ? shape.Count : want.Length, want.Length);
    }

    private static long[] Plain(Func<int, bool> first, Func<int, bool> second, Func<int, bool> third) =>
        [.. Enumerable.Range(0, 60).Where(n => first(n / 20) && second(n / 5 % 4) && third(n % 5)).Select(n => (long)n)];
}
