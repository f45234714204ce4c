using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>What handlers promise when they meet themselves and each other: the same run, written as one comparable text.</summary>
public sealed class HandlerLawTests
{
    public static TheoryData<string> Idempotent =>
        ["condition", "do", "block", "replay", "substitute", "uncondition", "mask", "infer-config", "broadcast"];

    public static TheoryData<string, string> Commuting => new()
    {
        { "condition", "do" },
        { "condition", "block" },
        { "condition", "mask" },
        { "condition", "scale" },
        { "condition", "condition other" },
        { "do", "do other" },
        { "do", "scale" },
        { "do", "block" },
        { "block", "replay other" },
        { "replay", "scale" },
        { "replay", "mask" },
        { "condition", "replay other" },
        { "scale", "mask" },
        { "substitute", "condition other" },
        { "uncondition", "scale" },
        { "uncondition", "mask" },
        { "seed", "block" },
    };

    [Theory]
    [MemberData(nameof(Idempotent))]
    public void A_handler_applied_twice_does_what_it_does_once(string name) =>
        Assert.Equal(Describe(Make(name)), Describe(Make(name), Make(name)));

    [Theory]
    [MemberData(nameof(Commuting))]
    public void Two_handlers_give_the_same_in_either_order(string first, string second) =>
        Assert.Equal(Describe(Make(first), Make(second)), Describe(Make(second), Make(first)));

    [Fact]
    public void Handlers_do_something_at_all()
    {
        string plain = Describe();
        string[] names = ["condition", "do", "block", "replay", "substitute", "uncondition", "mask", "scale", "seed", "infer-config"];
        Assert.All(names, name => Assert.NotEqual(plain, Describe(Make(name))));
    }

    [Fact]
    public void Replaying_a_trace_gives_that_trace()
    {
        Trace first = Trace.Of(Chain, new SeedHandler(1));
        Assert.Equal(Text(first), Text(Trace.Of(Chain, new SeedHandler(2), new ReplayHandler(first))));
    }

    [Fact]
    public void Conditioning_on_all_latents_of_a_trace_gives_its_density()
    {
        Trace first = Trace.Of(Chain, new SeedHandler(1));
        Dictionary<string, Tensor> latents = first.SampleSites.Where(s => !s.IsObserved).ToDictionary(s => s.Name, s => s.Value);
        Assert.Equal(first.LogProb().Item(), Trace.Of(Chain, new ConditionHandler(latents)).LogProb().Item());
        Assert.Equal(first.LogProb().Item(), Trace.Of(Chain, new SubstituteHandler(latents)).LogProb().Item());
    }

    [Fact]
    public void A_wrapped_model_is_the_model_under_its_handler()
    {
        Trace wrapped = Trace.Of(new ConditionHandler(("x", 1.5)).Wrap(Chain), new SeedHandler(4));
        Assert.Equal(Text(Trace.Of(Chain, new SeedHandler(4), new ConditionHandler(("x", 1.5)))), Text(wrapped));
        Action<Tensor> model = new SeedHandler(4).Wrap<Tensor>(data => Sample("x", new Normal(data, 1)));
        Trace first = Trace.Of(() => model(1.0)), second = Trace.Of(() => model(1.0));
        Assert.Equal(Text(first), Text(second));
    }

    [Fact]
    public void Two_threads_run_models_under_one_set_of_handlers()
    {
        ConditionHandler condition = new(("x", 0.5));
        ScaleHandler scale = new(2);
        string expected = Text(Trace.Of(Chain, new SeedHandler(1), condition, scale));
        string[] found = new string[2];
        using Barrier together = new(2);
        Thread[] threads = [.. Enumerable.Range(0, 2).Select(t => new Thread(() =>
        {
            for (int i = 0; i < 20; i++)
            {
                together.SignalAndWait();
                found[t] = Text(Trace.Of(Chain, new SeedHandler(1), condition, scale));
            }
        }))];
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());
        Assert.All(found, text => Assert.Equal(expected, text));
    }

    [Theory]
    [InlineData("condition")]
    [InlineData("do")]
    [InlineData("block")]
    [InlineData("mask")]
    [InlineData("scale")]
    [InlineData("seed")]
    [InlineData("substitute")]
    [InlineData("uncondition")]
    [InlineData("throw")]
    public void Exceptions_leave_the_stack_empty(string name)
    {
        Assert.Throws<ModelFailure>(() => Trace.Of(
            () =>
            {
                Chain();
                using (Plate("rows", 3))
                using (Scope("inner"))
                {
                    foreach (int i in SequentialPlate("words", 2))
                    {
                        throw new ModelFailure();
                    }
                }
            },
            Make(name)));
        Trace after = Trace.Of(() => Sample("x", new Normal(0, 1)));
        Assert.Equal(["x"], after.Sites.Select(s => s.Name));
        Assert.Empty(after["x"].Plates);
        Assert.Equal(1, ((SampleSite)after["x"]).Scale);
    }

    private static Handler Make(string name) => name switch
    {
        "condition" => new ConditionHandler(("x", 0.5)),
        "condition other" => new ConditionHandler(("z", -1.0)),
        "do" => new DoHandler(("y", 2.0)),
        "do other" => new DoHandler(("x", 1.0)),
        "block" => BlockHandler.Hide("z"),
        "replay" => new ReplayHandler(Trace.Of(Chain, new SeedHandler(9))),
        "replay other" => new ReplayHandler(Trace.Of(() => Sample("y", new Normal(0, 1)), new SeedHandler(9))),
        "substitute" => new SubstituteHandler(("x", 0.25)),
        "uncondition" => new UnconditionHandler(),
        "mask" => new MaskHandler(false),
        "scale" => new ScaleHandler(3),
        "seed" => new SeedHandler(11),
        "infer-config" => new InferConfigHandler(_ => SiteOptions.None.With("option")),
        "broadcast" => new BroadcastHandler(),
        "throw" => new ThrowingHandler(),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    private static void Chain()
    {
        Tensor x = Sample("x", new Normal(0, 1));
        Tensor y = Sample("y", new Normal(x, 1));
        Tensor z = Sample("z", new Normal(y, 1));
        Sample("data", new Normal(z, 1), observed: 3.0);
    }

    private static string Describe(params Handler[] handlers) => Text(Trace.Of(Chain, [new SeedHandler(3), .. handlers]));

    private static string Text(Trace trace) => string.Join("\n", trace.SampleSites.Select(s =>
        $"{s.Name} {s.Value.Item():R} observed:{s.IsObserved} log p:{s.LogProb().Sum().Item():R} {s.Options.Find<string>()}"));

    private sealed class ModelFailure : Exception;

    private sealed class ThrowingHandler : Handler
    {
        protected internal override void After(SampleSite site)
        {
            if (site.Name == "data")
            {
                throw new ModelFailure();
            }
        }
    }
}
