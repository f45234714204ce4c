using Pyrite.Kernels.Threads;

namespace Pyrite;

public sealed class DataLoaderTests
{
    private static readonly Lazy<Mnist> Whole = new(Mnist.Load);

    [Fact]
    public void An_epoch_of_MNIST_is_468_batches_of_128_and_one_of_96()
    {
        var loader = new DataLoader(Whole.Value.Train, batchSize: 128, shuffle: true);
        List<int> sizes = [];
        foreach ((Tensor images, _) in loader)
        {
            Assert.Equal<Shape>([images.Shape[0], 1, 28, 28], images.Shape);
            Assert.Equal(DType.Float32, images.DType);
            sizes.Add(images.Shape[0]);
        }
        Assert.Equal([.. Enumerable.Repeat(128, 468), 96], sizes);
        Assert.Equal(469, loader.BatchCount);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Images_are_bytes_over_255_and_labels_are_whole_numbers(bool shuffle)
    {
        LabelledImages test = Whole.Value.Test.Slice(0, 1_000);
        var loader = new DataLoader(test, 128, shuffle, seed: 3);
        int[] order = OrderOf(loader, epoch: 0);
        int start = 0;
        foreach ((Tensor images, Tensor labels) in loader)
        {
            int[] rows = order[start..(start + images.Shape[0])];
            Assert.Equal(DType.Int64, labels.DType);
            Assert.Equal<Shape>([rows.Length], labels.Shape);
            Assert.Equal(rows.Select(row => (long)test.Labels.Span[row]), labels.ToArray<long>());
            Assert.Equal(rows.SelectMany(row => test.Image(row).ToArray()).Select(pixel => pixel / 255f), images.ToArray<float>());
            start += rows.Length;
        }
        Assert.Equal(1_000, start);
    }

    [Fact]
    public void Without_shuffle_rows_come_as_they_are() =>
        Assert.Equal(Enumerable.Range(0, 10).Select(row => (long)row), Rows(new DataLoader(Counting(10), 4)));

    [Fact]
    public void Shuffled_epochs_are_different_orders_of_all_rows()
    {
        var loader = new DataLoader(Counting(1_000), 64, shuffle: true);
        long[] first = Rows(loader), second = Rows(loader);
        Assert.NotEqual(first, second);
        Assert.NotEqual(first.Order(), first);
        Assert.Equal(Enumerable.Range(0, 1_000).Select(row => (long)row), first.Order());
        Assert.Equal(first.Order(), second.Order());
    }

    [Fact]
    public void A_seed_gives_its_orders_again_and_another_seed_others()
    {
        long[] Two(DataLoader loader) => [.. Rows(loader), .. Rows(loader)];
        Assert.Equal(Two(new(Counting(300), 32, shuffle: true, seed: 5)), Two(new(Counting(300), 32, shuffle: true, seed: 5)));
        Assert.NotEqual(Two(new(Counting(300), 32, shuffle: true, seed: 5)), Two(new(Counting(300), 32, shuffle: true, seed: 6)));
        RandomKey key = RandomKey.FromSeed(9).Child("mine");
        Assert.Equal(Two(new(Counting(300), 32, shuffle: true, key)), Two(new(Counting(300), 32, shuffle: true, key)));
    }

    [Fact]
    public void The_order_does_not_depend_on_the_batch_size() =>
        Assert.Equal(Rows(new DataLoader(Counting(100), 7, shuffle: true)), Rows(new DataLoader(Counting(100), 100, shuffle: true)));

    [Fact]
    public void Setting_the_epoch_goes_on_where_another_run_stopped()
    {
        var earlier = new DataLoader(Counting(50), 8, shuffle: true);
        Rows(earlier);
        Rows(earlier);
        var later = new DataLoader(Counting(50), 8, shuffle: true) { Epoch = earlier.Epoch };
        Assert.Equal(2, later.Epoch);
        Assert.Equal(Rows(earlier), Rows(later));
    }

    [Theory, InlineData(1), InlineData(2), InlineData(4)]
    public void Prefetch_and_threads_change_no_bit(int threads)
    {
        LabelledImages data = Whole.Value.Test.Slice(0, 500);
        using WorkerPool.ThreadLimit limit = WorkerPool.LimitThreads(threads);
        Assert.Equal(Bytes(new DataLoader(data, 64, shuffle: true, prefetch: false)), Bytes(new DataLoader(data, 64, shuffle: true, prefetch: true)));

        static byte[] Bytes(DataLoader loader) => [.. loader.SelectMany(batch => batch.Tensors.SelectMany(tensor => tensor.RawBytes().ToArray()))];
    }

    [Theory, InlineData(10, 4, 3, 2), InlineData(12, 4, 3, 3), InlineData(3, 4, 1, 0), InlineData(0, 4, 0, 0), InlineData(5, int.MaxValue, 1, 0)]
    public void The_last_batch_can_be_left_out(int count, int size, int batches, int fullBatches)
    {
        Assert.Equal(batches, new DataLoader(Counting(count), size).Count());
        Assert.Equal(batches, new DataLoader(Counting(count), size).BatchCount);
        Assert.Equal(fullBatches, new DataLoader(Counting(count), size, dropLast: true).Count());
        Assert.Equal(fullBatches, new DataLoader(Counting(count), size, dropLast: true).BatchCount);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_batch_used_after_the_next_was_asked_for_is_an_error(bool prefetch)
    {
        Tensor? stale = null;
        foreach (Batch batch in new DataLoader(Counting(30), 10, prefetch: prefetch))
        {
            if (stale is not null)
            {
                Assert.Contains("loader batch", Assert.Throws<InvalidOperationException>(() => stale.ToArray<long>()).Message);
            }
            stale = batch[0];
            Assert.Equal(10, stale.ToArray<long>().Length);
        }
        Assert.Throws<InvalidOperationException>(() => stale!.ToArray<long>());
    }

    [Fact]
    public void A_kept_batch_outlives_the_next()
    {
        List<Tensor> kept = [.. new DataLoader(Counting(6), 2).Select(batch => batch[0].Keep())];
        Assert.Equal([0L, 1, 2, 3, 4, 5], kept.SelectMany(tensor => tensor.ToArray<long>()));
    }

    [Fact]
    public void Leaving_the_loop_keeps_its_batch_until_the_loader_is_asked_again()
    {
        var loader = new DataLoader(Counting(30), 10);
        Tensor first = loader.First()[0];
        Assert.Equal(9, first.ToArray<long>()[^1]);
        using IEnumerator<Batch> next = loader.GetEnumerator();
        Assert.Equal(9, first.ToArray<long>()[^1]);
        next.MoveNext();
        Assert.Throws<InvalidOperationException>(() => first.ToArray<long>());
    }

    [Fact]
    public void Two_loops_at_a_time_do_not_disturb_each_other()
    {
        var loader = new DataLoader(Counting(20), 5);
        foreach (Batch outer in loader)
        {
            long[] before = outer[0].ToArray<long>();
            Assert.Equal(Enumerable.Range(0, 20).Select(row => (long)row), Rows(loader));
            Assert.Equal(before, outer[0].ToArray<long>());
        }
    }

    [Fact]
    public void A_steady_epoch_allocates_little()
    {
        LabelledImages data = Whole.Value.Test.Slice(0, 1_280);
        var loader = new DataLoader(data, 128, shuffle: true, prefetch: false);
        Assert.Equal(10, loader.Count());
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(10, loader.Count());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 10 * 1_000);   // one batch of images alone takes 401,408 bytes
    }

    [Theory, InlineData(true), InlineData(false)]
    public void What_a_dataset_throws_reaches_the_loop(bool prefetch)
    {
        var loader = new DataLoader(new Failing(badRow: 25), 10, prefetch: prefetch);
        int seen = 0;
        InvalidDataException problem = Assert.Throws<InvalidDataException>(() =>
        {
            foreach (Batch batch in loader)
            {
                seen += batch.Count;
            }
        });
        Assert.Equal("row 25", problem.Message);
        Assert.Equal(20, seen);
    }

    [Fact]
    public void Trouble_in_a_batch_that_nobody_asked_for_is_not_raised() =>
        Assert.Equal(10, new DataLoader(new Failing(badRow: 15), 10).First().Count);

    [Fact]
    public void The_next_batch_is_filled_while_one_is_in_use()
    {
        using WorkerPool.ThreadLimit limit = WorkerPool.LimitThreads(2);
        using Watched data = new();
        foreach (Batch batch in new DataLoader(data, 10))
        {
            Assert.True(data.SecondFilled.Wait(TimeSpan.FromSeconds(30)), "Nobody filled the second batch while the first was in use.");
            break;
        }
        Assert.NotEqual(Environment.CurrentManagedThreadId, data.SecondFilledBy);
    }

    [Fact]
    public void Without_prefetch_nothing_is_filled_before_it_is_asked_for()
    {
        using Watched data = new();
        Assert.Equal(10, new DataLoader(data, 10, prefetch: false).First().Count);
        Assert.False(data.SecondFilled.IsSet);
    }

    [Fact]
    public void A_batch_size_below_one_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new DataLoader(Counting(3), 0));

    [Fact]
    public void Reading_the_current_batch_outside_of_a_pass_is_explained()
    {
        using IEnumerator<Batch> pass = new DataLoader(Counting(3), 3).GetEnumerator();
        Assert.Contains("Use foreach", Assert.Throws<InvalidOperationException>(() => pass.Current).Message);
        Assert.True(pass.MoveNext());
        Assert.Equal(3, pass.Current.Count);
        Assert.False(pass.MoveNext());
        Assert.Throws<InvalidOperationException>(() => pass.Current);
    }

    private static TensorDataset Counting(int count) => new(Tensor.Range(count));

    private static long[] Rows(DataLoader loader) => [.. loader.SelectMany(batch => batch[0].ToArray<long>())];

    private static int[] OrderOf(DataLoader loader, int epoch)
    {
        int[] order = [.. Enumerable.Range(0, loader.Data.Count)];
        if (loader.Shuffle)
        {
            loader.Key.Child(epoch).Permutation(order);
        }
        return order;
    }

    private sealed class Failing(int badRow) : Dataset(40, new BatchField("values", Shape.Scalar, DType.Bool))
    {
        public override void Fill(int field, ReadOnlySpan<int> rows, Span<byte> destination)
        {
            destination.Clear();
            if (rows.Contains(badRow))
            {
                throw new InvalidDataException($"row {badRow}");
            }
        }
    }

    private sealed class Watched() : Dataset(20, new BatchField("values", Shape.Scalar, DType.Bool)), IDisposable
    {
        public ManualResetEventSlim SecondFilled { get; } = new();

        public int SecondFilledBy { get; private set; }

        public override void Fill(int field, ReadOnlySpan<int> rows, Span<byte> destination)
        {
            destination.Clear();
            if (rows[0] == 10)
            {
                SecondFilledBy = Environment.CurrentManagedThreadId;
                SecondFilled.Set();
            }
        }

        public void Dispose() => SecondFilled.Dispose();
    }
}
