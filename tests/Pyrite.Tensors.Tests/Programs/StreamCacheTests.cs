using Pyrite.Engine;
using Pyrite.Ops.Creation;
using Pyrite.Programs;

namespace Pyrite.Tests;

public sealed class StreamCacheTests
{
    [Fact]
    public void A_stream_that_is_used_often_does_not_drive_out_the_others()
    {
        StreamCache cache = new();
        RecordedStream rare = Stream(), usual = Stream();
        cache.Add(rare);
        for (int step = 0; step < 100; step++)
        {
            cache.Add(usual);
        }
        Assert.Equal([usual, rare], cache.Streams);
        cache.Add(rare);
        Assert.Equal([rare, usual], cache.Streams);
    }

    [Fact]
    public void The_streams_used_longest_ago_are_forgotten()
    {
        StreamCache cache = new();
        RecordedStream first = Stream();
        cache.Add(first);
        for (int i = 0; i < 50; i++)
        {
            cache.Add(Stream());
        }
        Assert.DoesNotContain(first, cache.Streams);
        Assert.InRange(cache.Streams.Count, 2, 50);
    }

    [Fact]
    public void Long_streams_are_few()
    {
        StreamCache cache = new();
        RecordedStream[] streams = [.. Enumerable.Range(0, 4).Select(_ => Stream())];
        foreach (RecordedStream stream in streams)
        {
            stream.Nodes.AddRange(Enumerable.Repeat(stream.Nodes[0], 200_000));
            cache.Add(stream);
        }
        Assert.Equal([streams[3], streams[2]], cache.Streams);

        RecordedStream longest = Stream();
        longest.Nodes.AddRange(Enumerable.Repeat(longest.Nodes[0], 600_000));
        cache.Add(longest);
        Assert.Equal([longest], cache.Streams);
    }

    private static RecordedStream Stream()
    {
        RecordedStream stream = new();
        stream.Nodes.Add(
            new RecordedOperation<FillOperation>(new FillOperation(0, Shape.Scalar, DType.Float32),
                new TensorSpec(Shape.Scalar, DType.Float32), [], null,
                false));
        return stream;
    }
}
