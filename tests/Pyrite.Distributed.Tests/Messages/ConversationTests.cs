namespace Pyrite.Messages;

public sealed class ConversationTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(8, 8)]
    [InlineData(Envelope.MostInside, Envelope.MostInside)]
    [InlineData(Envelope.MostInside + 1, Envelope.MostInside + 1)]
    [InlineData(1_000_000, 1_000_000)]
    [InlineData(1_000_000, 0)]
    [InlineData(3, 10_000)]
    public void Bytes_arrive_as_they_were_given_whatever_their_number(int first, int second)
    {
        byte[] a = Numbered(first), b = Numbered(second), atA = new byte[second], atB = new byte[first];

        Exception?[] failures = Run(
            one => one.Exchange(1, a, atA, "the numbers of step 3"),
            other => other.Exchange(0, b, atB, "the numbers of step 3"));

        Assert.All(failures, Assert.Null);
        Assert.Equal(b, atA);
        Assert.Equal(a, atB);
    }

    [Fact]
    public void Ranks_at_different_calls_are_both_told_so()
    {
        Exception?[] failures = Run(
            one => one.Exchange(1, new byte[8], new byte[8], "a sum"),
            other => other.Exchange(0, new byte[8], new byte[8], "the end of the program"));

        Assert.All(failures, failure =>
        {
            Assert.IsType<ClusterException>(failure);
            Assert.Contains("\"a sum\"", failure.Message);
            Assert.Contains("\"the end of the program\"", failure.Message);
        });
    }

    [Theory]
    [InlineData(9)]
    [InlineData(1_000_000)]
    public void Lengths_that_do_not_agree_are_found_before_anything_is_written(int length)
    {
        byte[] received = new byte[8];
        Exception?[] failures = Run(
            one => one.Exchange(1, new byte[8], received, "a sum"),
            other => other.Exchange(0, Numbered(length), new byte[8], "a sum"));

        Assert.Contains($"expects 8 bytes from rank 1 at \"a sum\" and gives 8; rank 1 gives {length}",
            Assert.IsType<ClusterException>(failures[0]).Message);
        Assert.Contains($"gives {length}; rank 0 gives 8 and expects 8", Assert.IsType<ClusterException>(failures[1]).Message);
        Assert.All(received, one => Assert.Equal(0, one));
    }

    [Fact]
    public void A_partner_that_does_not_come_is_named_when_patience_ends()
    {
        Exception?[] failures =
            RunFor(0.2, one => one.Exchange(1, new byte[8], new byte[8], "the gradients of step 13"), _ => { });

        Assert.Contains("Rank 0 of 2 has waited 0.2 s for rank 1 at \"the gradients of step 13\"",
            Assert.IsType<ClusterException>(failures[0]).Message);
    }

    [Fact]
    public void A_failure_elsewhere_ends_the_waiting_at_once()
    {
        ThreadTransport[] transports = ThreadTransport.Of(3);
        Conversation waiting = new(transports[0], new Waiting { Patience = TimeSpan.FromMinutes(1), Transport = transports[0] });
        transports[2].Post(0, FailureNote.Write("no more memory"));

        ClusterException failure = Assert.Throws<ClusterException>(() => waiting.Exchange(1, [], [], "a barrier"));

        Assert.Equal("Rank 2 failed: no more memory", failure.Message);
        Assert.True(failure.IsOfAnother);
    }

    [Fact]
    public void Notes_and_purposes_of_any_length_are_cut_between_letters()
    {
        string text = string.Concat(Enumerable.Repeat("größer ", 200));

        Assert.StartsWith("größer größer", FailureNote.Read(FailureNote.Write(text)));
        Assert.DoesNotContain('\uFFFD', FailureNote.Read(FailureNote.Write(text)));
        Assert.NotEmpty(FailureNote.Write(""));
        Envelope envelope = new();
        envelope.Write(1, text, [1, 2, 3], 5);
        Assert.Equal(5, envelope.ExpectedLength);
        Assert.True(envelope.IsValid);
        Assert.StartsWith(envelope.Purpose, text);
        Assert.Equal([1, 2, 3], envelope.Inside.ToArray());
    }

    [Fact]
    public void An_exchange_allocates_nothing()
    {
        byte[] a = new byte[100_000], b = new byte[100_000];
        long allocated = 0;

        Exception?[] failures = Run(
            one =>
            {
                one.Exchange(1, a.AsSpan(0, 8), b.AsSpan(0, 8), "the gradients");
                long before = GC.GetAllocatedBytesForCurrentThread();
                one.Exchange(1, a.AsSpan(0, 8), b.AsSpan(0, 8), "the gradients");
                allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            },
            other =>
            {
                byte[] c = new byte[8];
                other.Exchange(0, c, c, "the gradients");
                other.Exchange(0, c, c, "the gradients");
            });

        Assert.All(failures, Assert.Null);

        // The threads' queues copy what is sent: an envelope, and where a queue grows.
        Assert.InRange(allocated, 0, 2_000);
    }

    private static byte[] Numbered(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i * 7))];

    private static Exception?[] Run(params Action<Conversation>[] ranks) => RunFor(30, ranks);

    private static Exception?[] RunFor(double seconds, params Action<Conversation>[] ranks)
    {
        ThreadTransport[] transports = ThreadTransport.Of(ranks.Length);
        Exception?[] failures = new Exception?[ranks.Length];
        Thread[] threads = [.. ranks.Select((rank, i) => new Thread(() => failures[i] = Record.Exception(() => rank(new Conversation(
            transports[i], new Waiting { Patience = TimeSpan.FromSeconds(seconds), Transport = transports[i] })))))];
        foreach (Thread thread in threads)
        {
            thread.Start();
        }
        foreach (Thread thread in threads)
        {
            thread.Join();
        }
        return failures;
    }
}
