namespace Pyrite;

public sealed class DatasetViewTests
{
    private static readonly TensorDataset Rows = new(Tensor.From([0f, 1, 2, 3, 4, 5, 6, 7, 8, 9]), Tensor.From([0f, 1, 2, 3, 4, 5, 6, 7, 8, 9]) * 10);

    [Fact]
    public void A_subset_has_the_rows_in_the_order_given() => Assert.Equal([(7f, 70f), (0, 0), (7, 70)], Values(Rows.Subset([7, 0, 7])));

    [Fact]
    public void A_slice_of_a_subset_is_a_run_of_it() => Assert.Equal([(5f, 50f), (2, 20)], Values(Rows.Subset([9, 5, 2, 1]).Slice(1, 2)));

    [Fact]
    public void A_split_shares_the_rows_out_and_is_that_of_its_seed()
    {
        (Dataset train, Dataset test) = Rows.Split(0.7, seed: 3);
        float[] first = [.. Values(train).Select(row => row.Item1)], second = [.. Values(test).Select(row => row.Item1)];
        Assert.Equal((7, 3), (first.Length, second.Length));
        Assert.Equal([0f, 1, 2, 3, 4, 5, 6, 7, 8, 9], first.Concat(second).Order());
        Assert.Equal(first.Order(), first);
        Assert.Equal(first, Values(Rows.Split(0.7, seed: 3).First).Select(row => row.Item1));
        Assert.Contains(Enumerable.Range(4, 20), seed => !Values(Rows.Split(0.7, (ulong)seed).First).Select(row => row.Item1).SequenceEqual(first));
    }

    [Theory, InlineData(0, 0), InlineData(1, 10), InlineData(0.04, 0)]
    public void A_part_may_be_empty(double share, int expected) => Assert.Equal(expected, Rows.Split(share).First.Count);

    [Theory, InlineData(-0.1), InlineData(1.1), InlineData(double.NaN)]
    public void A_share_that_is_none_is_refused(double share) => Assert.Throws<ArgumentOutOfRangeException>(() => Rows.Split(share));

    [Fact]
    public void Rows_that_are_not_there_are_refused()
    {
        Assert.Contains("Cannot take row 10: expected rows from 0 to 9; found it at 1",
            Assert.Throws<ArgumentOutOfRangeException>(() => Rows.Subset([0, 10])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Rows.Slice(8, 3));
    }

    private static List<(float, float)> Values(Dataset data)
    {
        List<(float, float)> values = [];
        foreach ((Tensor x, Tensor y) in new DataLoader(data, batchSize: 2))
        {
            values.AddRange(x.ToArray<float>().Zip(y.ToArray<float>()));
        }
        return values;
    }
}
