using Pyrite.Testing;
using static Pyrite.Primitives;

namespace Pyrite.Tests.Enumeration;

/// <summary>Discrete sites of <c>Scan.Over</c> against the same chain as a plain loop.</summary>
[Trait("Once", "Cultures")]
public sealed class SummedLoopTests
{
    private const int Steps = 9;

    private static readonly Tensor Data = (Tensor.Range(Steps).To(DType.Float64) * 1.7).Sin();
    private static readonly double[] Point = [.. Enumerable.Range(0, 12).Select(i => Math.Sin(i))];
    private static readonly Dictionary<string, Tensor> At = new() { ["q"] = Tensor.From(Point) };

    // Fields that the first step of a model would make belong to that step.
    static SummedLoopTests()
    {
    }

    [Fact]
    public void A_loop_has_the_density_and_the_posterior_of_the_chain()
    {
        (double density, double[] slopes) = Density(Chain);
        (double found, double[] gradient) = Density(Loop);
        Close.Assert(found, density, 0, 1e-12, "density");
        Close.Assert(gradient, slopes, 1e-12, 1e-10, "gradient");

        Discrete chain = Discrete.Infer(Chain, At), loop = Discrete.Infer(Loop, At);
        Assert.Equal(["z"], loop.Names);
        Assert.Equal("z (3 values, 9 rounds)", Assert.Single(loop.Plan.Sites).ToString());
        Assert.Equal(Shape.Create([Steps, 3]), loop["z"].Marginals.Shape);
        Assert.Equal(DType.Int64, loop.Draw(seed: 1)["z"].DType);
        for (int t = 0; t < Steps; t++)
        {
            Close.Assert(loop["z"].Marginals[t].ToArray<double>(), chain[$"z_{t}"].Marginals.ToArray<double>(), 1e-12, 1e-12, "marginals");
            Assert.Equal(chain.MostProbable[$"z_{t}"].Item(), loop.MostProbable["z"][t].Item());
        }
    }

    [Fact]
    public void Plates_stand_before_the_rounds_and_gaps_are_left_out()
    {
        Tensor rows = Tensor.Stack([Data, Data.Cos(), -Data]), isSeen = rows > -0.5;
        void Masked(int? single) => Scan.Over("time", Tensor.Zeros(single is null ? [3] : [], DType.Float64), Both(single), (state, now) =>
        {
            Tensor z = Sample("z", new Categorical(logits: Matrix(At["q"]).Take(state.To(DType.Int64))));
            using HandlerScope some = new MaskHandler(now.IsSeen).Enter();
            Sample("y", new Normal(At["q"][9..].Take(z), 0.5), observed: now.Value);
            return (z.To(DType.Float64), now.Value);
        });
        (Tensor Value, Tensor IsSeen) Both(int? single) =>
            single is { } row ? (rows[row], isSeen[row]) : (rows.Transpose(0, 1), isSeen.Transpose(0, 1));
        Discrete all = Discrete.Infer(() =>
        {
            using PlateScope plate = Plate("rows", 3);
            Masked(null);
        });

        Discrete[] single = [.. Enumerable.Range(0, 3).Select(row => Discrete.Infer(() => Masked(row)))];
        Close.Assert(all.LogEvidence, single.Sum(one => one.LogEvidence), 0, 1e-12, "evidence");
        Assert.Equal(Shape.Create([3, Steps, 3]), all["z"].Marginals.Shape);
        Close.Assert(all["z"].Marginals[1].ToArray<double>(), single[1]["z"].Marginals.ToArray<double>(), 1e-12, 1e-12, "marginals");
    }

    [Fact]
    public void Missing_data_of_a_loop_are_latent_beside_summed_sites()
    {
        bool[] there = [.. Enumerable.Range(0, Steps).Select(t => t is not (2 or 5 or 6))];
        Action loop = () =>
        {
            Tensor q = Sample("q", new Normal(Tensor.Zeros(12), 1).ToEvent(1));
            Scan.Over("time", Tensor.Zeros([], DType.Float64), (Data, Tensor.From(there)), (state, now) =>
            {
                Tensor z = Sample("z", new Categorical(logits: Matrix(q).Take(state.To(DType.Int64))));
                Sample("y", new Normal(q[9..].Take(z), 0.5), observed: now.Item1, observedMask: now.Item2);
                return (z.To(DType.Float64), now.Item1);
            });
        };
        Action chain = () =>
        {
            Tensor q = Sample("q", new Normal(Tensor.Zeros(12), 1).ToEvent(1)), z = Tensor.Zeros([], DType.Int64);
            for (int t = 0; t < Steps; t++)
            {
                z = Sample($"z_{t}", new Categorical(logits: Matrix(q).Take(z)));
                Sample($"y_{t}", new Normal(q[9..].Take(z), 0.5), observed: there[t] ? Data[t] : null);
            }
        };
        (Potential one, Potential other) = (Potential.Of(loop), Potential.Of(chain));
        double[] point = [.. Point, 0.3, -0.8, 1.1], slopes = new double[15], gradient = new double[15];

        Close.Assert(one.LogDensity(point, gradient), other.LogDensity(point, slopes), 0, 1e-12, "density");
        Close.Assert(gradient, slopes, 1e-12, 1e-10, "gradient");
        McmcResult run = Mcmc.Run(loop, new Nuts(), chains: 1, warmup: 20, draws: 10, seed: 1);
        Assert.Equal(Shape.Create([1, 10, 3]), run["y_unobserved"].Shape);
        Assert.Equal(Shape.Create([Steps, 3]), run.Discrete["z"].Marginals.Shape);
    }

    [Fact]
    public void Continuous_sites_of_the_loop_stay_sites_of_all_rounds()
    {
        // h follows a switch: the same as a loop over sites, with one flat prior for all steps of h that is taken off again.
        static void Switching()
        {
            Tensor q = Sample("q", new Normal(Tensor.Zeros(3), 1).ToEvent(1)), none = Tensor.Zeros([], DType.Float64);
            Scan.Over("time", (none, none), Data, (state, today) =>
            {
                Tensor z = Sample("z", new Bernoulli(logits: q[0] + (q[1] * state.Item1)));
                Tensor h = Sample("h", new Normal((0.5 * state.Item2) + (q[2] * z), 0.4));
                Deterministic("twice", 2 * h);
                Deterministic("switched", h * z);
                Sample("y", new Normal(h, 0.5), observed: today);
                return ((z, h), h);
            });
        }
        static void ByHand()
        {
            Tensor q = Sample("q", new Normal(Tensor.Zeros(3), 1).ToEvent(1)), h = Sample("h", new ImproperUniform(Constraints.Real, [], [Steps]));
            Tensor z = 0.0;
            for (int t = 0; t < Steps; t++)
            {
                z = Sample($"z_{t}", new Bernoulli(logits: q[0] + (q[1] * z)));
                Factor($"h_{t}", new Normal((t == 0 ? 0.0 : 0.5 * h[t - 1]) + (q[2] * z), 0.4).LogProb(h[t]));
                Sample($"y_{t}", new Normal(h[t], 0.5), observed: Data[t]);
            }
        }
        (double density, double[] slopes) = Density(ByHand);
        (double found, double[] gradient) = Density(Switching);
        Close.Assert(found, density, 0, 1e-12, "density");
        Close.Assert(gradient, slopes, 1e-12, 1e-10, "gradient");

        McmcResult run = Mcmc.Run(Switching, new Nuts(), chains: 1, warmup: 10, draws: 5, seed: 1);
        Assert.Equal(["q", "h", "twice"], run.Draws.Variables.Select(variable => variable.Name));
        Assert.Equal(Shape.Create([1, 5, Steps]), run.Discrete.Draw(seed: 1)["z"].Shape);
        Assert.Equal(Shape.Create([1, 5, Steps]), Predictive.Draw(Switching, run, seed: 1)["switched"].Shape);
        double loss = new Svi<int>(_ => Switching(), new AutoNormal<int>(_ => Switching()), new Adam(0.02), new EnumerationElbo(), seed: 1).Step(0);
        Assert.True(double.IsFinite(loss));
    }

    [Fact]
    public void A_model_predicts_with_draws_of_categories()
    {
        McmcResult run = Mcmc.Run(Loop, new Nuts(), chains: 1, warmup: 10, draws: 4, seed: 1);
        Draws drawn = Predictive.Draw(Loop, run, seed: 2);

        // Draws of Z are numbers in a table; as values of a Categorical they are categories again, which are indices.
        Draws again = Predictive.Draw(_ => Loop(), 0, run.Draws.With(drawn.Variable("z")), seed: 3);
        Assert.Equal(drawn["z"].ToArray<double>(), again["z"].ToArray<double>());
        Assert.Equal(Shape.Create([1, 4, Steps]), again["y"].Shape);
    }

    [Fact]
    public void What_rounds_together_cannot_say_is_refused()
    {
        ModelException outputs = Assert.Throws<ModelException>(() => Discrete.Infer(() =>
            Scan.Over("time", Tensor.Zeros([], DType.Float64), 40, state =>
            {
                Tensor z = Sample("z", new Categorical(logits: Matrix(At["q"]).Take(state.To(DType.Int64)))), value = z.To(DType.Float64);
                return (value, value);
            })));

        Assert.Equal(ModelError.EnumerationTooCostly, outputs.Kind);
        Assert.Contains("returns outputs that depend on discrete sites", outputs.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData(1, false), InlineData(1, true), InlineData(2, false)]
    public void A_promise_of_Markov_is_checked_where_sites_are_summed_out(int history, bool isByData)
    {
        void Model()
        {
            List<Tensor> z = [];
            foreach (int t in Markov(0, Steps, history))
            {
                Tensor logits = t == 0 ? At["q"][..3] : Matrix(At["q"]).Take(z[^1]);
                logits = t < 2 || isByData ? logits : logits + z[^2].To(DType.Float64);
                z.Add(Sample($"z_{t}", new Categorical(logits: logits)));
                Sample($"y_{t}", new Normal(At["q"][9..].Take(t == 5 && isByData ? z[3] : z[^1]), 0.5), observed: Data[t]);
            }
        }
        if (history == 2)
        {
            Assert.True(double.IsFinite(Discrete.Infer(Model).LogEvidence));
            return;
        }
        ModelException refusal = Assert.Throws<ModelException>(() => Discrete.Infer(Model));
        Assert.Equal(ModelError.BeyondHistory, refusal.Kind);
        Assert.Equal(isByData ? "y_5" : "z_2", refusal.Site);
        Assert.Throws<ArgumentOutOfRangeException>(() => Markov(0, 3, history: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Markov(3, 2));
    }

    private static Tensor Matrix(Tensor q) => q[..9].Reshape(3, 3);

    private static void Loop()
    {
        Tensor q = Sample("q", new Normal(Tensor.Zeros(12), 1).ToEvent(1));
        Scan.Over("time", Tensor.Zeros([], DType.Float64), Data, (state, today) =>
        {
            Tensor z = Sample("z", new Categorical(logits: Matrix(q).Take(state.To(DType.Int64))));
            Sample("y", new Normal(q[9..].Take(z), 0.5), observed: today);
            return (z.To(DType.Float64), today);
        });
    }

    private static void Chain()
    {
        Tensor q = Sample("q", new Normal(Tensor.Zeros(12), 1).ToEvent(1)), z = Tensor.Zeros([], DType.Int64);
        for (int t = 0; t < Steps; t++)
        {
            z = Sample($"z_{t}", new Categorical(logits: Matrix(q).Take(z)));
            Sample($"y_{t}", new Normal(q[9..].Take(z), 0.5), observed: Data[t]);
        }
    }

    private static (double Density, double[] Gradient) Density(Action model)
    {
        Potential potential = Potential.Of(model);
        double[] gradient = new double[potential.Dimension];
        return (potential.LogDensity(Point[..potential.Dimension], gradient), gradient);
    }
}
