using Pyrite.Testing;

namespace Pyrite.Tests;

/// <summary>Which shard has which rows, and which process which shards.</summary>
public sealed class ShardingTests
{
    [Theory]
    [InlineData(8, 128)]
    [InlineData(8, 100)]
    [InlineData(4, 5)]
    public void Shards_have_all_rows_once_and_in_order(int shards, int rows)
    {
        Sharding sharding = Shards.Of(shards);
        int[] all = [.. Enumerable.Range(0, rows)];
        Assert.Equal(all, Enumerable.Range(0, shards).SelectMany(shard => all[sharding.RowsOf(rows, shard)]));
        Assert.All(Enumerable.Range(0, shards),
            shard => Assert.InRange(all[sharding.RowsOf(rows, shard)].Length, rows / shards, (rows / shards) + 1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void Processes_have_neighbouring_shards(int ranks)
    {
        float[] rows = [.. Enumerable.Range(0, 100).Select(row => (float)row)];
        Tensor data = Tensor.From(rows).Keep();
        (int First, float[][] Parts, float[] Here)[] all = InProcessGroup.Run(ranks, group =>
        {
            Sharding sharding = Shards.Of(8, group);
            Sharded<Tensor> parts = sharding.Cut(data);
            Assert.Equal(parts.Select(part => part.Count), Enumerable.Range(0, parts.Count).Select(parts.RowsOf));
            return (sharding.First, parts.Select(part => part.ToArray<float>()).ToArray(), rows[sharding.RowsHere(100)]);
        });
        Assert.Equal(Enumerable.Range(0, ranks).Select(rank => rank * 8 / ranks), all.Select(rank => rank.First));
        Assert.Equal(rows, all.SelectMany(rank => rank.Parts.SelectMany(part => part)));
        Assert.All(all, rank => Assert.Equal(rank.Here, rank.Parts.SelectMany(part => part)));
    }

    [Fact]
    public void What_cannot_be_cut_is_refused_in_words()
    {
        Assert.Contains("1, 2, 4, 8", Assert.Throws<ArgumentException>(() => Shards.Of(6)).Message, StringComparison.Ordinal);
        Assert.Contains("found 0", Assert.Throws<ArgumentException>(() => Shards.Of(0)).Message, StringComparison.Ordinal);
        (Sharding? Value, Exception? Failure)[] uneven = InProcessGroup.Try(3, group => Shards.Of(8, group));
        Assert.All(uneven, rank => Assert.Contains("dealt out to 3 processes", Assert.IsType<ArgumentException>(rank.Failure).Message,
            StringComparison.Ordinal));
        Sharding sharding = Shards.Of(8);
        Assert.Contains("5 rows cannot be cut into 8 shards",
            Assert.Throws<ArgumentException>(() => sharding.Cut(Tensor.Zeros([5, 2]))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => sharding.Cut(Tensor.From([1f]).Sum()));
        Assert.Contains("computes 8 of 8 shards; found data of 2",
            Assert.Throws<ArgumentException>(() => new Sharded<int>(sharding, 16, [1, 2])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => sharding.RowsOf(5, 8));
    }

    [Fact]
    public void Data_of_shards_are_made_into_others()
    {
        Sharded<int> lengths = Shards.Of(4).Cut(Tensor.Zeros([10, 2])).Select(part => part.Shape[0]);
        Assert.Equal([2, 3, 2, 3], lengths);
        Assert.Equal(10, lengths.Rows);
    }
}
