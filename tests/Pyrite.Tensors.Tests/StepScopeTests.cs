
namespace Pyrite.Tests;

public sealed class StepScopeTests
{
    [Fact]
    public void A_tensor_used_past_its_scope_is_refused()
    {
        Tensor stale;
        Tensor view;
        using (StepScope.Begin())
        {
            stale = Tensor.Ones(3) + 1.0;
            view = stale.Reshape(3, 1);
        }
        foreach (Action use in (Action[])[() => stale.ToArray<float>(), () => _ = stale + 1.0, () => view.Sum(), () => stale.ToString(),
            () => stale.Reshape(1, 3), () => stale.Keep(), () => stale.AsVariable()])
        {
            RearrangementTests.AssertMessage<InvalidOperationException>(use, "[3", "Keep()");
        }
    }

    [Fact]
    public void Kept_and_earlier_tensors_survive()
    {
        Tensor before = Tensor.Ones(3);
        Tensor kept;
        using (StepScope.Begin())
        {
            kept = (before + 1.0).Keep();
        }
        using (StepScope.Begin())
        {
            _ = Tensor.Zeros(3) + 5.0;
        }
        Assert.Equal([2, 2, 2], kept.ToArray<double>());
        Assert.Equal([1, 1, 1], before.ToArray<double>());
        Assert.False(kept.RequiresGradient);
    }

    [Fact]
    public void Memory_is_recycled_and_old_handles_stay_stale()
    {
        Tensor stale = Step();
        for (int i = 0; i < 5; i++)
        {
            Step();
            Assert.Throws<InvalidOperationException>(() => stale.Item());
        }

        static Tensor Step()
        {
            using (StepScope.Begin())
            {
                return Tensor.Full([1], 7) + 1.0;
            }
        }
    }

    [Fact]
    public void A_steady_step_takes_no_new_large_memory()
    {
        for (int i = 0; i < 3; i++)
        {
            Step();
        }
        long before = GC.GetAllocatedBytesForCurrentThread();
        Step();
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 20_000);

        static void Step()
        {
            using (StepScope.Begin())
            {
                Tensor x = Tensor.Ones(100_000).AsVariable();
                Gradient.Of((x.Exp() + x).Sum(), [x]);
            }
        }
    }

    [Fact]
    public void Inner_scopes_end_before_outer_ones()
    {
        using StepScope outer = StepScope.Begin();
        Tensor ofOuter = Tensor.Ones(2);
        Tensor ofInner;
        using (StepScope.Begin())
        {
            ofInner = ofOuter + 1.0;
        }
        Assert.Equal([1, 1], ofOuter.ToArray<double>());
        Assert.Throws<InvalidOperationException>(() => ofInner.ToArray<double>());
    }

    [Fact]
    public void Scopes_closed_in_the_wrong_order_are_refused()
    {
        StepScope outer = StepScope.Begin();
        StepScope inner = StepScope.Begin();
        RearrangementTests.AssertMessage<InvalidOperationException>(outer.Dispose, "later one is still open");
        inner.Dispose();
        outer.Dispose();
        outer.Dispose();
    }

    [Fact]
    public void A_scope_ends_when_its_code_throws()
    {
        Tensor? stale = null;
        Assert.Throws<ArgumentException>(() =>
        {
            using StepScope scope = StepScope.Begin();
            stale = Tensor.Ones(2);
            stale.Reshape(3);
        });
        Assert.Throws<InvalidOperationException>(() => stale!.ToArray<double>());
        Assert.Equal([1, 1], Tensor.Ones(2).ToArray<double>());
    }

    [Fact]
    public void A_scope_belongs_to_its_thread()
    {
        using StepScope scope = StepScope.Begin();
        Tensor mine = Tensor.Full([4], 3);
        Exception? closing = null;
        Exception? elsewhere = null;
        Thread thread = new(() =>
        {
            closing = Record.Exception(scope.Dispose);
            elsewhere = Record.Exception(() => (mine + 1.0).ToArray<double>());
        });
        thread.Start();
        thread.Join();
        Assert.IsType<InvalidOperationException>(closing);
        Assert.IsType<StepThreadException>(elsewhere);
        Assert.Contains("belongs to an open step of thread", elsewhere.Message, StringComparison.Ordinal);
        Assert.Equal([3, 3, 3, 3], mine.ToArray<double>());
    }
}
