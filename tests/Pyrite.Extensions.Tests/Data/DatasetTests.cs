using System.Runtime.InteropServices;

namespace Pyrite.Extensions.Data;

public sealed class DatasetTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_loader_batches_and_shuffles_it(bool prefetch)
    {
        DataLoader loader = new(new Waves(count: 10, length: 8, seed: 1), batchSize: 4, shuffle: true, seed: 3, prefetch: prefetch);
        List<long> frequencies = [];
        List<int> sizes = [];
        foreach ((Tensor waves, Tensor labels) in loader)
        {
            sizes.Add(waves.Shape[0]);
            frequencies.AddRange(labels.ToArray<long>());
            for (int row = 0; row < waves.Shape[0]; row++)
            {
                Assert.Equal(Math.Sin(2 * Math.PI * labels[row].Item() * 3 / 8), waves[row, 3].Item(), 1e-5);
            }
        }

        Assert.Equal([4, 4, 2], sizes);
        Assert.Equal(new DataLoader(new Waves(10, 8, seed: 1), batchSize: 10).First()[1].ToArray<long>().Order(), frequencies.Order());
    }

    [Fact]
    public void A_loader_of_ones_own_fills_memory_that_tensors_show()
    {
        TensorBuffer buffer = new([2, 3], DType.Float32);
        MemoryMarshal.Cast<byte, float>(buffer.Bytes).Fill(2);
        Tensor first = buffer.Open([2, 3]);
        Assert.Equal(12, first.Sum().Item());

        WorkerJob filling = Workers.Start(() => MemoryMarshal.Cast<byte, float>(buffer.Bytes).Fill(5));
        buffer.Retire();
        filling.Wait();

        Assert.Throws<InvalidOperationException>(() => first.Sum());
        Assert.Equal(15, buffer.Open([3]).Sum().Item());
        Assert.Throws<ArgumentException>(() => buffer.Open([7]));
    }

    [Fact]
    public void Loops_of_ones_own_run_every_index_once()
    {
        int[] counts = new int[1_000];
        Workers.For(counts.Length, i => Interlocked.Increment(ref counts[i]));

        Assert.All(counts, count => Assert.Equal(1, count));
        Assert.Throws<InvalidDataException>(() => Workers.For(3, i => throw new InvalidDataException($"{i}")));
    }
}
