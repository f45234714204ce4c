using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>What handlers do to the sites of a loop over time.</summary>
public sealed class SeriesHandlerTests
{
    private static readonly Tensor Returns = SeriesModels.Returns(10);

    [Fact]
    public void A_hundred_rounds_are_the_beginning_of_two_hundred()
    {
        static Trace Run(int days) => Trace.Of(() => Walk(SeriesModels.Returns(days)), new SeedHandler(7), new UnconditionHandler());
        Trace less = Run(100), more = Run(200);

        foreach (string site in (string[])["x", "z", "y"])
        {
            double[] first = less[site].Value.ToArray<double>(), all = more[site].Value.ToArray<double>();
            Assert.Equal(first, all[..first.Length]);
            Assert.Equal(first.Length, first.Distinct().Count());
        }

        static void Walk(Tensor data) => Scan.Over("days", Tensor.Zeros([], DType.Float64), data, (state, today) =>
        {
            Tensor x = Sample("x", new Normal(state, 1)), z = Sample("z", new Gamma(2, 1 + x.Square()));
            Sample("y", new Normal(x, z), observed: today);
            return (x, x);
        });
    }

    [Fact]
    public void A_draw_of_a_round_depends_on_seed_site_round_and_element()
    {
        static Tensor[] Run(bool hasOther, ulong seed) => Trace.Of(() => Scan.Over("days", Tensor.Zeros([2], DType.Float64), 4, state =>
        {
            if (hasOther)
            {
                Sample("other", new Normal(0, 1));
            }
            using (Plate("pair", 2))
            {
                return (Sample("x", new Normal(state, 1)), state);
            }
        }), new SeedHandler(seed)).SampleSites.Where(site => site.Name == "x").Select(site => site.Value).ToArray();

        double[] alone = Run(false, 1)[0].ToArray<double>();
        Assert.Equal(alone, Run(true, 1)[0].ToArray<double>());
        Assert.NotEqual(alone, Run(false, 2)[0].ToArray<double>());
        Assert.Equal(8, alone.Distinct().Count());
    }

    [Fact]
    public void A_condition_is_a_whole_series_and_counts_as_data()
    {
        Tensor h = Tensor.LinearSpace(-1, 1, 10, DType.Float64);
        Trace trace = Trace.Of(() => SeriesModels.Volatility(Returns), new SeedHandler(0),
            new ConditionHandler(("phi", 0.5), ("sigma", 1), ("h", h)));

        Assert.True(((SampleSite)trace["h"]).IsObserved);
        Assert.Equal(SeriesModels.VolatilityByHand(Returns, 0.5, 1, h).Item(), trace.LogProb().Item(), 1e-11);
        ModelException refused = Assert.Throws<ModelException>(() => Trace.Of(() => SeriesModels.Volatility(Returns), new SeedHandler(0),
            new ConditionHandler(("h", Tensor.Zeros([9], DType.Float64)))));
        Assert.Equal(ModelError.ValueShape, refused.Kind);
        Assert.Contains("\"h\"", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_replay_gives_the_values_again()
    {
        Trace first = Trace.Of(() => SeriesModels.Volatility(Returns), new SeedHandler(3));
        Trace again = Trace.Of(() => SeriesModels.Volatility(Returns), new SeedHandler(4), new ReplayHandler(first));

        Assert.Equal(first["h"].Value.ToArray<double>(), again["h"].Value.ToArray<double>());
        Assert.Equal(first["deviation"].Value.ToArray<double>(), again["deviation"].Value.ToArray<double>());
        Assert.Equal(first.LogProb().Item(), again.LogProb().Item(), 1e-10);
    }

    [Fact]
    public void Fewer_rounds_than_there_are_are_gone_on_from()
    {
        Trace past = Trace.Of(() => SeriesModels.Volatility(Returns), new SeedHandler(3));
        Trace longer = Trace.Of(() => SeriesModels.Volatility(SeriesModels.Returns(15)), new SeedHandler(4), new ReplayHandler(past));
        double[] all = longer["h"].Value.ToArray<double>();

        Assert.Equal(past["h"].Value.ToArray<double>(), all[..10]);
        Assert.Equal(15, all.Length);
        Assert.Equal(SeriesModels.VolatilityByHand(SeriesModels.Returns(15), longer["phi"].Value, longer["sigma"].Value, longer["h"].Value).Item(),
            longer.LogProb().Item(), 1e-10);
    }

    [Fact]
    public void Scales_and_masks_around_and_inside_count()
    {
        Tensor h = Tensor.LinearSpace(-1, 1, 10, DType.Float64), seen = Tensor.From([.. Enumerable.Range(0, 10).Select(t => t != 4)]);
        double[] data = Returns.ToArray<double>();
        data[4] = double.NaN;
        Tensor returns = Tensor.From(data);

        Trace Run(Handler around) => Trace.Of(() =>
        {
            using HandlerScope scope = around.Enter();
            Scan.Over("days", Tensor.Zeros([], DType.Float64), (returns, seen), (state, today) =>
            {
                Tensor next = Sample("h", new Normal(state, 1));
                using (new MaskHandler(today.seen).Enter())
                using (new ScaleHandler(0.5).Enter())
                {
                    Sample("y", new Normal(0, (next / 2).Exp()), observed: today.returns);
                }
                return (next, next);
            });
        }, new SubstituteHandler(("h", h)));

        Trace plain = Run(new BlockHandler(_ => false)), scaled = Run(new ScaleHandler(3)), masked = Run(new MaskHandler(false));
        double expected = Enumerable.Range(0, 10).Where(t => t != 4)
            .Sum(t => 0.5 * new Normal(0, Math.Exp(h.ToArray<double>()[t] / 2)).LogProb(Tensor.Full([], data[t], DType.Float64)).Item());
        Assert.Equal(expected, ((SampleSite)plain["y"]).LogProb().Item(), 1e-6);
        Assert.Equal(3 * plain.LogProb().Item(), scaled.LogProb().Item(), 1e-10);
        Assert.Equal(0, masked.LogProb().Item());
    }

    [Fact]
    public void Padding_that_is_masked_gives_no_gradient()
    {
        Tensor seen = Tensor.From([true, true, false]), data = Tensor.From([0.5, -0.2, double.NaN]);
        Tensor sigma = Tensor.Full([], 0.8, DType.Float64).AsVariable();
        Tensor density = Trace.Of(() => Scan.Over("days", Tensor.Zeros([], DType.Float64), (data, seen), (state, today) =>
        {
            using (new MaskHandler(today.seen).Enter())
            {
                Sample("y", new Normal(state, sigma), observed: today.data);
            }
            return (Tensor.Where(today.seen, today.data, state), state);
        })).LogProb();

        // Of N(0, s) at 0.5 and N(0.5, s) at -0.2: (z² - 1) / s each, summed.
        double expected = (((0.25 / 0.64) - 1) / 0.8) + (((0.49 / 0.64) - 1) / 0.8);
        Assert.Equal(expected, Gradient.Of(density, [sigma])[0].Item(), 1e-12);
    }

    [Fact]
    public void Plates_around_keep_series_apart_and_masks_leave_some_out()
    {
        Tensor data = Tensor.Stack([SeriesModels.Returns(6), SeriesModels.Returns(6) * 2, SeriesModels.Returns(6) + 1], 1);
        Tensor level = RandomKey.FromSeed(2).Normal([3, 6], DType.Float64);
        Trace Run(bool[] kept) => Trace.Of(() =>
        {
            using (Plate("series", 3))
            using (new MaskHandler(Tensor.From(kept)).Enter())
            {
                SeriesModels.Level(data, 1, 0.5);
            }
        }, new SubstituteHandler(("level", level)));

        Trace all = Run([true, true, true]), some = Run([true, false, true]);
        double[] terms = ((SampleSite)all["level"]).LogProb().ToArray<double>(), masked = ((SampleSite)some["level"]).LogProb().ToArray<double>();
        for (int i = 0; i < 3; i++)
        {
            Tensor one = level.Select(0, i), before = Tensor.Concat([Tensor.Zeros([1], DType.Float64), one.Slice(0, 0, 5)]);
            double expected = new Normal(before, 1.0).LogProb(one).Sum().Item();
            Assert.Equal(expected, terms[i], 1e-12);
            Assert.Equal(i == 1 ? 0 : expected, masked[i], 1e-12);
        }
        Assert.Equal(Shape.Create([3, 6]), all["y"].Value.Shape);
    }

    [Fact]
    public void Hidden_series_are_drawn_as_before()
    {
        Trace all = Trace.Of(() => SeriesModels.Volatility(Returns), new SeedHandler(3));
        Trace some = Trace.Of(() => SeriesModels.Volatility(Returns), new SeedHandler(3), BlockHandler.Hide("h"));

        Assert.Null(some.Find("h"));
        Assert.Equal(all["deviation"].Value.ToArray<double>(), some["deviation"].Value.ToArray<double>());
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.4)]
    public void A_reparameterized_series_is_drawn_by_another_one(double centredness)
    {
        ReparameterizeHandler handler = new(("h", new LocScaleReparameterization(centredness)));
        Trace trace = Trace.Of(() => SeriesModels.Volatility(Returns), new SeedHandler(3), handler);
        Assert.IsType<DeterministicSite>(trace["h"]);
        Tensor draw = trace["h_decentered"].Value, phi = trace["phi"].Value, sigma = trace["sigma"].Value;

        Tensor last = Tensor.Zeros([], DType.Float64), total = new Uniform(-1, 1).LogProb(phi) + new HalfNormal(1).LogProb(sigma);
        for (int t = 0; t < 10; t++)
        {
            Tensor loc = phi * last, one = draw.Select(0, t);
            total += new Normal(centredness * loc, sigma.Pow(centredness)).LogProb(one);
            last = loc + (sigma.Pow(1 - centredness) * (one - (centredness * loc)));
            Assert.Equal(last.Item(), trace["h"].Value.ToArray<double>()[t], 1e-6);
            total += new Normal(0, (last / 2).Exp()).LogProb(Returns.Select(0, t));
        }
        Assert.Equal(total.Item(), trace.LogProb().Item(), 1e-4);

        Trace chosen = Trace.Of(() => SeriesModels.Volatility(Returns), new SeedHandler(3),
            new ReparameterizeHandler(site => site.Distribution is Normal && site.Name != "y" ? new LocScaleReparameterization(centredness) : null));
        Assert.Equal(draw.ToArray<double>(), chosen["h_decentered"].Value.ToArray<double>());
    }

    [Fact]
    public void An_intervention_sets_the_series_and_keeps_a_twin()
    {
        Tensor zeros = Tensor.Zeros([10], DType.Float64);
        Trace trace = Trace.Of(() => SeriesModels.Volatility(Returns), new SeedHandler(3), new DoHandler(("h", zeros)));

        Assert.All(trace["deviation"].Value.ToArray<double>(), deviation => Assert.Equal(1, deviation));
        SampleSite twin = (SampleSite)trace["h"];
        Assert.NotEqual(0, twin.Value.ToArray<double>()[0]);
        Assert.Equal(new Normal(0, trace["sigma"].Value).LogProb(twin.Value).Sum().Item(), twin.LogProb().Item(), 1e-5);
        Assert.Equal(new Normal(0, 1).LogProb(Returns).Sum().Item(), ((SampleSite)trace["y"]).LogProb().Item(), 1e-6);
    }

    [Fact]
    public void Results_of_rounds_cannot_be_intervened_on()
    {
        ModelException refused = Assert.Throws<ModelException>(() => Trace.Of(() => SeriesModels.Volatility(Returns), new SeedHandler(3),
            new DoHandler(("deviation", Tensor.Ones([10], DType.Float64)))));

        Assert.Contains("random variables", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Supports_may_depend_on_the_carry()
    {
        static void Model() => Scan.Over("steps", Tensor.Ones([], DType.Float64), 6, top =>
        {
            Tensor next = Sample("x", new Uniform(0, top));
            return (next, next);
        });
        double[] reals = [0.3, -0.5, 1, 0, 0.2, -1];
        Potential potential = Potential.Of(Model);
        double top = 1, expected = 0;
        double[] values = new double[6];
        for (int t = 0; t < 6; t++)
        {
            double share = 1 / (1 + Math.Exp(-reals[t]));
            expected += Math.Log(share * (1 - share));
            values[t] = top = top * share;
        }

        Assert.Equal(["x_unconstrained", "x"], potential.Quantities.Select(one => one.Name));
        Assert.Equal(expected, potential.LogDensity(reals), 1e-10);
        Assert.Equal(values, potential.Constrain(reals)["x"].ToArray<double>().Select(x => Math.Round(x, 12)), (a, b) => Math.Abs(a - b) < 1e-11);

        Tensor given = Tensor.From(values);
        Trace trace = Trace.Of(Model, new ConditionHandler(("x", given)));
        Assert.Equal(-values[..5].Sum(Math.Log), trace.LogProb().Item(), 1e-12);
        ModelException outside = Assert.Throws<ModelException>(() => Trace.Of(Model, new ConditionHandler(("x", given + 0.5))));
        Assert.Equal(ModelError.OutsideSupport, outside.Kind);
        Assert.Equal("x", outside.Site);
        Assert.Contains("round 0", outside.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rounds_that_state_other_variables_are_refused()
    {
        int calls = 0;
        ModelException refused = Assert.Throws<ModelException>(() => Trace.Of(() => Scan.Over("days", Tensor.Zeros([], DType.Float64), 4, state =>
        {
            Tensor x = Sample(calls++ > 2 ? "x" : "z", new Normal(state, 1));
            return (x, x);
        }), new SeedHandler(0)));

        Assert.Equal(ModelError.RoundsDiffer, refused.Kind);
        Assert.Equal(ModelError.NameUsedTwice, Assert.Throws<ModelException>(() => Trace.Of(() =>
            Scan.Over("days", Tensor.Zeros([], DType.Float64), 4, state =>
                (Sample("x", new Normal(Sample("x", new Normal(state, 1)), 1)), state)))).Kind);
    }

    [Fact]
    public void A_parameter_that_is_impossible_in_a_round_is_named_with_the_round()
    {
        ModelException refused = Assert.Throws<ModelException>(() => Trace.Of(() =>
            Scan.Over("days", Tensor.Ones([], DType.Float64), Returns, (scale, today) =>
            {
                Sample("y", new Normal(0, scale), observed: today);
                return (scale - 0.4, scale);
            })));

        Assert.Equal((ModelError.ParameterOutsideConstraint, "y"), (refused.Kind, refused.Site));
        Assert.Contains("round 3", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Statements_in_plain_scans_are_refused_with_the_remedy()
    {
        ModelException refused = Assert.Throws<ModelException>(() => Trace.Of(() =>
            Scan.Fold(Tensor.Zeros([], DType.Float64), Returns, (state, today) => Sample("x", new Normal(state, 1)) + today), new SeedHandler(0)));

        Assert.Equal("x", refused.Site);
        Assert.Contains("Scan.Over", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Loops_nest_and_hold_plain_scans()
    {
        static void Model() => Scan.Over("weeks", Tensor.Zeros([], DType.Float64), 3, week =>
        {
            Tensor start = Sample("start", new Normal(week, 2));
            Tensor last = Scan.Over("days", start, 4, day =>
            {
                Tensor next = Sample("x", new Normal(0.5 * day, 1));
                return (next, next);
            }).Carry;
            last = Scan.Fold(last, Tensor.Ones([2], DType.Float64), (state, one) => state + (0.25 * one));
            return (last, last);
        });
        Trace drawn = Trace.Of(Model, new SeedHandler(5));
        Assert.Equal(Shape.Create([3, 4]), drawn["x"].Value.Shape);
        Potential potential = Potential.Of(Model);
        double[] point = RandomKey.FromSeed(1).Normal([15], DType.Float64).ToArray<double>(), gradient = new double[15];

        double expected = 0, carry = 0;
        for (int week = 0; week < 3; week++)
        {
            double last = point[week];
            expected += Gaussian(last, carry, 2);
            for (int day = 0; day < 4; day++)
            {
                double next = point[3 + (4 * week) + day];
                expected += Gaussian(next, 0.5 * last, 1);
                last = next;
            }
            carry = last + 0.5;
        }
        Assert.Equal(expected, potential.LogDensity(point, gradient), 1e-10);
        SubstituteHandler given = new(("start", Tensor.From(point[..3])), ("x", Tensor.From(point[3..]).Reshape(3, 4)));
        Assert.Equal(expected, Trace.Of(Model, given).LogProb().Item(), 1e-10);

        static double Gaussian(double x, double mean, double deviation) =>
            (-0.5 * (x - mean) * (x - mean) / (deviation * deviation)) - Math.Log(deviation) - (0.5 * Math.Log(2 * Math.PI));
    }

    [Fact]
    public void No_rounds_state_nothing()
    {
        Trace trace = Trace.Of(() =>
        {
            Tensor h = SeriesModels.Volatility(Tensor.Zeros([0], DType.Float64));
            Assert.Equal(Shape.Create([0]), h.Shape);
        }, new SeedHandler(0));

        Assert.Equal(["phi", "sigma"], trace.Sites.Select(site => site.Name));
    }
}
