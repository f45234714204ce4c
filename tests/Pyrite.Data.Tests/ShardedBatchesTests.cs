namespace Pyrite.Tests;

/// <summary>Batches of which a process reads the rows of its shards.</summary>
public sealed class ShardedBatchesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Ranks_read_their_rows_in_the_order_of_all(int ranks)
    {
        foreach (bool prefetch in (bool[])[true, false])
        {
            float[][] whole = [.. Loader(prefetch).Select(batch => batch[0].ToArray<float>())];
            List<float>[] joined = [.. whole.Select(_ => new List<float>())];
            for (int rank = 0; rank < ranks; rank++)
            {
                int number = 0;
                foreach (Sharded<Batch> batch in Loader(prefetch).For(Shards.Of(4, new Process(rank, ranks))))
                {
                    Assert.Equal(whole[number].Length, batch.Rows);
                    Assert.Equal(4 / ranks, batch.Count);
                    for (int shard = 0; shard < batch.Count; shard++)
                    {
                        Assert.Equal(batch.RowsOf(shard), batch[shard].Count);
                        joined[number].AddRange(batch[shard][0].ToArray<float>());
                    }
                    number++;
                }
                Assert.Equal(whole.Length, number);
            }
            Assert.Equal(whole, joined.Select(rows => rows.ToArray()));
        }
    }

    [Fact]
    public void Only_the_rows_of_the_shards_here_are_read()
    {
        Counting data = new();
        DataLoader loader = new(data, 20, shuffle: true, seed: 3);
        foreach (Sharded<Batch> batch in loader.For(Shards.Of(4, new Process(1, 4))))
        {
            Assert.Equal(5, batch[0].Count);
        }
        Assert.Equal(10, data.Read);
    }

    [Fact]
    public void A_loader_goes_on_within_an_epoch()
    {
        float[][] all = [.. Enumerable.Range(0, 2).SelectMany(_ => Loader(true)).Select(batch => batch[0].ToArray<float>())];
        DataLoader first = Loader(true);
        foreach (Batch batch in first)
        {
            if (first.Position == new LoaderPosition(0, 2))
            {
                break;
            }
        }
        Assert.Equal(new LoaderPosition(0, 2), first.Position);
        DataLoader second = Loader(true);
        second.Position = first.Position;
        Assert.Equal(all[2], second.First()[0].ToArray<float>());
        second.Position = first.Position;
        List<float[]> rest = [.. second.Select(batch => batch[0].ToArray<float>())];
        Assert.Equal(new LoaderPosition(1, 0), second.Position);
        rest.AddRange(second.Select(batch => batch[0].ToArray<float>()));
        Assert.Equal([.. all[2..4], .. Loader(true, epoch: 1).Select(batch => batch[0].ToArray<float>())], rest);
        Assert.Throws<ArgumentOutOfRangeException>(() => second.Position = new LoaderPosition(0, 99));
    }

    [Fact]
    public void Batches_that_are_too_small_are_refused()
    {
        DataLoader loader = new(new TensorDataset(Tensor.Zeros([22, 2])), 20);
        Assert.Contains("A batch of 2 rows cannot be cut into 4 shards", Assert.Throws<ArgumentException>(() => loader.For(Shards.Of(4))).Message,
            StringComparison.Ordinal);
        Assert.Single(new DataLoader(loader.Data, 20, dropLast: true).For(Shards.Of(4)));
    }

    private static DataLoader Loader(bool prefetch, int epoch = 0)
    {
        Tensor rows = Tensor.From([.. Enumerable.Range(0, 70).Select(row => (float)row)]).Keep();
        return new DataLoader(new TensorDataset(rows), 20, shuffle: true, seed: 3, prefetch: prefetch) { Epoch = epoch };
    }

    /// <summary>A process that has nothing to say to the others.</summary>
    private sealed class Process(int rank, int size) : ProcessGroup
    {
        public override int Rank => rank;

        public override int Size => size;

        public override void Exchange(int partner, ReadOnlySpan<byte> sent, Span<byte> received, string purpose) =>
            throw new InvalidOperationException("A loader asked others for something.");
    }

    private sealed class Counting() : Dataset(40, new BatchField("rows", Shape.Scalar, DType.Float32))
    {
        public int Read { get; private set; }

        public override void Fill(int field, ReadOnlySpan<int> rows, Span<byte> destination)
        {
            Read += rows.Length;
            destination.Clear();
        }
    }
}
