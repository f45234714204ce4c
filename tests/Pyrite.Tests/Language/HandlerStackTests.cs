using static Pyrite.Primitives;

namespace Pyrite.Tests;

public sealed class HandlerStackTests
{
    [Fact]
    public void Sites_pass_from_the_innermost_handler_outwards_and_back()
    {
        List<string> log = [];
        using (new Recording("outer", log).Enter())
        using (new Recording("inner", log).Enter())
        {
            Sample("x", new Normal(0, 1));
        }
        Assert.Equal(["before inner", "before outer", "after outer", "after inner"], log);
    }

    [Fact]
    public void A_model_that_throws_leaves_no_handler_and_no_plate_behind()
    {
        List<string> log = [];
        Assert.Throws<ModelFailure>(() => new Recording("h", log).Run(() =>
        {
            using (Plate("data", 3))
            {
                throw new ModelFailure();
            }
        }));
        Assert.Equal(Shape.Scalar, Sample("x", new Normal(0, 1)).Shape);
        Assert.Empty(log);
    }

    [Fact]
    public void A_plate_left_open_ends_with_the_handler_around_it()
    {
        new TraceHandler().Run(() =>
        {
            Plate("forgotten", 3);
        });
        Assert.Equal(Shape.Scalar, Sample("x", new Normal(0, 1)).Shape);
    }

    [Fact]
    public void Threads_do_not_see_each_others_handlers()
    {
        List<string> log = [];
        using (new Recording("h", log).Enter())
        {
            Thread other = new(() => Sample("x", new Normal(0, 1)));
            other.Start();
            other.Join();
        }
        Assert.Empty(log);
    }

    [Fact]
    public void A_recorder_that_is_entered_again_begins_a_new_record()
    {
        TraceHandler recorder = new();
        Action model = recorder.Wrap(() => Sample("x", new Normal(0, 1)));
        model();
        Trace first = recorder.Trace;
        model();
        Assert.NotSame(first, recorder.Trace);
        Assert.Single(recorder.Trace.Sites);
    }

    private sealed class ModelFailure : Exception;

    private sealed class Recording(string name, List<string> log) : Handler
    {
        protected internal override void Before(SampleSite site) => log.Add($"before {name}");

        protected internal override void After(SampleSite site) => log.Add($"after {name}");
    }
}
