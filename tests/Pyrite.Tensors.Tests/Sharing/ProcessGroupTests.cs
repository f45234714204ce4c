using System.Text;
using Pyrite.Testing;

namespace Pyrite.Tests;

/// <summary>What a group of processes does with nothing but exchanges.</summary>
public sealed class ProcessGroupTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    public void Sums_are_the_same_bits_on_all_ranks(int size)
    {
        double[][] sums = InProcessGroup.Run(size, group =>
        {
            double[] own = [0.1 * (group.Rank + 1), 1];
            group.Sum(own, "a test");
            return own;
        });
        Assert.All(sums, sum => Assert.Equal(sums[0], sum));
        Assert.Equal(0.1 * size * (size + 1) / 2, sums[0][0], 1e-12);
        Assert.Equal(size, sums[0][1]);
    }

    [Fact]
    public void Ranks_are_added_as_a_tree_of_neighbours()
    {
        double[] terms = [1e16, 1, -1e16, 1, 3, 1e-9, 7, 0.1];
        double expected = (terms[0] + terms[1] + (terms[2] + terms[3])) + (terms[4] + terms[5] + (terms[6] + terms[7]));
        double[] sums = InProcessGroup.Run(8, group =>
        {
            double[] own = [terms[group.Rank]];
            group.Sum(own, "a test");
            return own[0];
        });
        Assert.All(sums, sum => Assert.Equal(expected, sum));
        Assert.NotEqual(terms.Sum(), expected);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    public void Max_finds_the_largest(int size) =>
        Assert.All(InProcessGroup.Run(size, group => group.Max(group.Rank == 1 ? 5 : -group.Rank, "a test")), max => Assert.Equal(5, max));

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(5, 3)]
    [InlineData(8, 0)]
    public void Share_gives_all_the_bytes_of_one(int size, int from) =>
        Assert.All(InProcessGroup.Run(size, group =>
        {
            byte[] bytes = group.Rank == from ? [1, 2, 3] : new byte[3];
            group.Share(bytes, "a test", from);
            return bytes;
        }), bytes => Assert.Equal([1, 2, 3], bytes));

    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 2)]
    [InlineData(8, 0)]
    public void Gather_brings_bytes_of_any_length(int size, int at)
    {
        IReadOnlyList<byte[]>[] results = InProcessGroup.Run(size, group => group.Gather(new byte[group.Rank], "a test", at));
        for (int rank = 0; rank < size; rank++)
        {
            Assert.Equal(rank == at ? Enumerable.Range(0, size) : [], results[rank].Select(bytes => bytes.Length));
        }
        Assert.All(InProcessGroup.Run(size, group => group.GatherEverywhere(Encoding.UTF8.GetBytes($"rank {group.Rank}"), "a test")),
            all => Assert.Equal(Enumerable.Range(0, size).Select(rank => $"rank {rank}"), all.Select(Encoding.UTF8.GetString)));
    }

    [Fact]
    public void A_request_to_stop_is_known_to_all_at_the_same_sum()
    {
        bool[][] seen = InProcessGroup.Run(4, group =>
        {
            List<bool> all = [];
            for (int step = 0; step < 4; step++)
            {
                if (group.Rank == 2 && step == 1)
                {
                    group.RequestStop();
                }
                group.Barrier();
                all.Add(group.IsStopAgreed);
            }
            return all.ToArray();
        });
        Assert.All(seen, agreed => Assert.Equal([false, true, true, true], agreed));
    }

    [Fact]
    public void What_differs_is_said_alike_on_all_ranks()
    {
        (bool Value, Exception? Failure)[] results = InProcessGroup.Try(4, group =>
        {
            group.RequireAlike([new("seed", "7"), new("threads", "1")], "a test");
            group.RequireAlike([new("shards", "8"), new("seed", group.Rank == 3 ? "8" : "7")], "a sharded inference");
            return true;
        });
        Assert.All(results, result => Assert.Equal(
            "The 4 processes of a sharded inference must begin alike, and differ in seed: 7 on ranks 0, 1, 2, 8 on rank 3. Start the same "
                + "program with the same settings and files on all of them.", Assert.IsType<InvalidOperationException>(result.Failure).Message));
    }

    [Fact]
    public void A_process_alone_has_nobody_to_exchange_with()
    {
        ProcessGroup alone = ProcessGroup.Alone;
        Assert.Equal((0, 1), (alone.Rank, alone.Size));
        Assert.Throws<InvalidOperationException>(() => alone.Exchange(1, [1], [], "a test"));
        alone.RequestStop();
        alone.Barrier();
        Assert.True(alone.IsStopAgreed);
        Assert.False(ProcessGroup.Alone.IsStopRequested);
    }
}
