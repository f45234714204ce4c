using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Predictions of models whose discrete sites were summed out: these are drawn from their exact posterior.</summary>
/// <remarks>Frequencies of 4,000 draws are compared with exact probabilities within five standard errors: a right program fails one comparison in
/// 1.7 million, and the seeds are fixed.</remarks>
[Trait("Once", "Cultures")]
public sealed class DiscretePredictionTests
{
    private const int Count = 4_000;

    private static readonly Tensor Rows = Tensor.From([-1.2, -0.1, 2.1, 0.6]);
    private static readonly Tensor Series = Tensor.From([0.1, 1.9, 2.2]);
    private static readonly Tensor Transition = Tensor.From(new[,] { { 0.8, 0.2 }, { 0.3, 0.7 } });
    private static readonly Tensor Levels = Tensor.From([0.0, 2.0]);

    // Fields that the first step of a model would make belong to that step.
    static DiscretePredictionTests()
    {
    }

    [Fact]
    public void Discrete_sites_follow_their_posterior_given_the_data_at_hand()
    {
        Draws predicted = Predictive.Draw(Mixture, (4, (Tensor?)Rows), Given("loc", 2.0), seed: 1);
        double[] exact = Discrete.Infer(() => Mixture((4, Rows)), At("loc", 2.0))["group"].Marginals[.., 1].ToArray<double>();

        for (int row = 0; row < 4; row++)
        {
            Near(exact[row], predicted["group"][.., row]);
        }

        // What is observed is drawn anew, from the group of its row.
        double[] group = predicted["group"][.., 1].To(DType.Float64).ToArray<double>(), x = predicted["x"][.., 1].ToArray<double>();
        double[] second = [.. x.Where((_, draw) => group[draw] == 1)];
        Assert.InRange(second.Average() - 2, -5 / Math.Sqrt(second.Length), 5 / Math.Sqrt(second.Length));
    }

    [Fact]
    public void New_data_decide_about_their_own_rows()
    {
        Tensor other = Tensor.From([1.9, -1.5]);
        Draws predicted = Predictive.Draw(Mixture, (2, (Tensor?)other), Given("loc", 2.0), seed: 1);
        double[] exact = Discrete.Infer(() => Mixture((2, other)), Given("loc", 2.0)).At(0, 5)["group"].Marginals[.., 1].ToArray<double>();

        Near(exact[0], predicted["group"][.., 0]);
        Near(exact[1], predicted["group"][.., 1]);
    }

    [Fact]
    public void Without_data_they_come_from_their_prior()
    {
        Draws predicted = Predictive.Draw(Mixture, (3, (Tensor?)null), Given("loc", 2.0), seed: 1);

        Near(0.3, predicted["group"][.., 0]);
        Near(0.3, predicted["group"][.., 2]);
    }

    [Fact]
    public void Sites_are_drawn_together()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Draws predicted = Predictive.Draw<int>(_ => Chain(4, 3, hasLeaves: false), 0, Given("noise", 0.8), seed: 2);
        double[][] z = [.. Enumerable.Range(0, 4).Select(t => predicted[$"z_{t}"].To(DType.Float64).ToArray<double>())];
        Discrete given = Discrete.Infer(() => Chain(4, 3, hasLeaves: false), At("noise", 0.8));

        // p(z_0, z_1, z_2, z_3 | y), all sixteen.
        double[] joint = new double[16];
        for (int path = 0; path < 16; path++)
        {
            Dictionary<string, Tensor> at = At("noise", 0.8);
            for (int t = 0; t < 4; t++)
            {
                at[$"z_{t}"] = Tensor.From([(path >> t) & 1L])[0];
            }
            joint[path] = Math.Exp(Trace.Of(() => Chain(4, 3, hasLeaves: false), new ConditionHandler(at)).LogProb().Item() - given.LogEvidence);
        }
        Assert.Equal(1, joint.Sum(), 1e-10);
        double[] counts = new double[16];
        for (int draw = 0; draw < Count; draw++)
        {
            counts[Enumerable.Range(0, 4).Sum(t => (int)z[t][draw] << t)]++;
        }
        for (int path = 0; path < 16; path++)
        {
            double error = 5 * Math.Sqrt(joint[path] * (1 - joint[path]) / Count);
            Assert.InRange((counts[path] / Count) - joint[path], -error - (5.0 / Count), error + (5.0 / Count));
        }
    }

    [Fact]
    public void What_is_not_observed_tells_nothing_of_the_states()
    {
        // Steps 3 and 4 have no data; a number and a count hang on each of them, which are drawn, not summed out.
        Draws predicted = Predictive.Draw<int>(_ => Chain(5, 3, hasLeaves: true), 0, Given("noise", 0.8), seed: 3);
        Discrete exact = Discrete.Infer(() => Chain(5, 3, hasLeaves: false), At("noise", 0.8));

        for (int t = 0; t < 5; t++)
        {
            Near(exact[$"z_{t}"].Marginals[1].Item(), predicted[$"z_{t}"]);
        }
        double[] state = predicted["z_4"].To(DType.Float64).ToArray<double>(), count = predicted["n_4"].To(DType.Float64).ToArray<double>();
        double[] busy = [.. count.Where((_, draw) => state[draw] == 1)];
        Assert.InRange(busy.Average() - 5, -5 * Math.Sqrt(5.0 / busy.Length), 5 * Math.Sqrt(5.0 / busy.Length));
    }

    [Fact]
    public void Other_sites_and_rows_change_no_draw()
    {
        void Wider((int N, Tensor? X) data)
        {
            Sample("other", new Bernoulli(0.5));
            Mixture(data);
        }
        Tensor longer = Tensor.Concat([Rows, Tensor.From([0.3, 0.4])], 0);
        double[] alone = PredictedGroups(Mixture, Rows), beside = PredictedGroups(Wider, Rows), more = PredictedGroups(Mixture, longer);

        Assert.Equal(alone, beside);
        Assert.Equal(alone, more);

        static double[] PredictedGroups(Action<(int N, Tensor? X)> model, Tensor x) =>
            Predictive.Draw(model, (x.Count, (Tensor?)x), Given("loc", 2.0), seed: 1)["group"][.., ..4].To(DType.Float64).ToArray<double>();
    }

    [Fact]
    public void Forecasts_go_on_from_the_data()
    {
        Draws predicted = Predictive.Draw<int>(_ => Chain(5, 3, hasLeaves: true), 0, Given("noise", 0.8), seed: 3, keepObservations: true);

        Assert.Equal(Series[1].Item(), predicted["y_1"].Mean().Item(), 1e-12);
        Near(Discrete.Infer(() => Chain(5, 3, hasLeaves: false), At("noise", 0.8))["z_4"].Marginals[1].Item(), predicted["z_4"]);
    }

    [Fact]
    public void The_likelihood_of_rows_has_their_groups_summed_out()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Tensor density = Predictive.LogLikelihood(Mixture, (4, (Tensor?)Rows), Given("loc", 2.0))["x"];
        for (int row = 0; row < 4; row++)
        {
            double x = Rows[row].Item(), first = new Normal(-1, 1).LogProb(x).Item(), other = new Normal(2, 1).LogProb(x).Item();
            double expected = Math.Log((0.7 * Math.Exp(first)) + (0.3 * Math.Exp(other)));
            Assert.All(density[.., row].ToArray<double>(), value => Assert.Equal(expected, value, 1e-10));
        }
    }

    [Theory, InlineData(false), InlineData(true)]
    public void The_likelihood_of_a_step_of_a_chain_is_that_given_all_other_steps(bool isImpossibleSomewhere)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Tensor transition = Tensor.From([[0.8, 0.2], [0.3, 0.7]]), loc = Tensor.From([0.0, 2.0]), chance = Tensor.From([0.0, 0.6]);
        double[] data = [0.3, 1.9, 1.2, -0.4];
        void Model(int? leftOut)
        {
            Tensor a = Sample("a", new Normal(0, 1)), z = Tensor.Zeros([], DType.Int64);
            for (int t = 0; t < data.Length; t++)
            {
                z = Sample($"z_{t}", new Categorical(transition.Take(z)));
                if (leftOut != t)
                {
                    Sample($"y_{t}", isImpossibleSomewhere && t == 1 ? new Bernoulli(chance.Take(z)) : new Normal(a + loc.Take(z), 1),
                        observed: isImpossibleSomewhere && t == 1 ? 1.0 : data[t]);
                }
            }
        }
        Dictionary<string, Tensor> at = new() { ["a"] = 0.4 };
        Draws density = Predictive.LogLikelihood(_ => Model(null), 0, Given("a", 0.4));
        double all = Discrete.Infer(() => Model(null), at).LogEvidence;
        for (int t = 0; t < data.Length; t++)
        {
            int left = t;
            Assert.Equal(all - Discrete.Infer(() => Model(left), at).LogEvidence, density[$"y_{t}"][0].Item(), 1e-10);
        }
    }

    [Fact]
    public void The_likelihood_of_a_loop_is_that_of_the_series_and_sequential_sites_are_averaged()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Tensor transition = Tensor.From([[0.8, 0.2], [0.3, 0.7]]), y = Tensor.From([0.3, 1.9, 1.2, -0.4]);
        void Loop()
        {
            Tensor a = Sample("a", new Normal(0, 1));
            Scan.Over("time", Tensor.Zeros([], DType.Float64), y, (state, today) =>
            {
                Tensor z = Sample("z", new Categorical(transition.Take(state.To(DType.Int64)))).To(DType.Float64);
                Sample("y", new Normal(a + z, 1), observed: today);
                return (z, today);
            });
        }
        void Rows(SiteOptions options)
        {
            Tensor a = Sample("a", new Normal(0, 1)), z = Sample("z", new Bernoulli(0.3), options: options);
            using PlateScope rows = Plate("rows", 4);
            Sample("y", new Normal(a + z, 1), observed: y);
        }
        double prior = new Normal(0, 1).LogProb(0.4).Item();
        Dictionary<string, Tensor> at = new() { ["a"] = 0.4 };
        double[] atOnce = First(() => Rows(Enumerate.Parallel)), oneByOne = First(() => Rows(Enumerate.Sequential));

        Assert.Equal(Discrete.Infer(Loop, at).LogEvidence - prior, First(Loop)[0], 1e-10);
        Assert.Equal(atOnce.Length, oneByOne.Length);
        Assert.All(atOnce.Zip(oneByOne), pair => Assert.Equal(pair.First, pair.Second, 1e-10));

        double[] First(Action model) => Predictive.LogLikelihood(_ => model(), 0, Given("a", 0.4))["y"][0].ToArray<double>();
    }

    [Fact]
    public void Draws_of_nuts_have_the_groups_of_their_data()
    {
        McmcResult posterior = Mcmc.Run(() => Mixture((4, Rows)), new Nuts(), chains: 2, warmup: 200, draws: 1_000, seed: 1);
        Tensor predicted = Predictive.Draw(Mixture, (4, (Tensor?)Rows), posterior, seed: 5)["group"].To(DType.Float64).Mean([0, 1]);
        double[] averaged = posterior.Discrete["group"].Marginals[.., 1].ToArray<double>();
        double[] drawn = posterior.Discrete.Draw(seed: 9)["group"].To(DType.Float64).Mean([0, 1]).ToArray<double>();

        Assert.Equal([2, 1_000, 4], posterior.Discrete.Draw(seed: 9)["group"].Shape);
        for (int row = 0; row < 4; row++)
        {
            // Given the draws of NUTS, the groups of 2,000 draws are independent coins with these mean chances.
            double error = 5 * Math.Sqrt(averaged[row] * (1 - averaged[row]) / 2_000);
            Assert.InRange(predicted[row].Item() - averaged[row], -error, error);
            Assert.InRange(drawn[row] - averaged[row], -error, error);
        }
    }

    [Fact]
    public void A_fit_by_variational_inference_tells_of_its_groups()
    {
        static void Model((int N, Tensor? X) data)
        {
            Tensor loc = Param("loc", Tensor.From([-1f, 2f])), logit = Param("logit", -0.5f);
            Tensor shift = Sample("shift", new Normal(0, 0.1));
            using (Plate("rows", data.N))
            {
                Tensor group = Sample("group", new Bernoulli(logits: logit));
                Sample("x", new Normal(shift + loc.Take(group.To(DType.Int64)), 0.6), observed: data.X);
            }
        }
        static void Guide((int N, Tensor? X) data) => Sample("shift", new Normal(Param("at", 0.1f), 1e-3));
        (int N, Tensor? X) data = (4, Rows.To(DType.Float32));
        Svi<(int N, Tensor? X)> svi = new(Model, Guide, new Adam(0.01), new EnumerationElbo(), seed: 1);
        svi.Run(data, 5);

        double at = svi.Parameters["at"].Item();
        Discrete exact = Discrete.Infer(() => Model(data), At("shift", at), svi.Parameters);
        double[] chances = exact["group"].Marginals[.., 1].ToArray<double>();
        DiscreteDraws found = svi.InferDiscrete(data, draws: 20);
        Tensor predicted = svi.Predict(data, Count)["group"];
        for (int row = 0; row < 4; row++)
        {
            // The guide's spread of 0.001 moves a chance by at most 0.003.
            Assert.Equal(chances[row], found["group"].Marginals[row, 1].Item(), 5e-3);
            double error = 5 * Math.Sqrt(chances[row] * (1 - chances[row]) / Count) + 5e-3;
            Assert.InRange(predicted[.., row].To(DType.Float64).Mean().Item() - chances[row], -error, error);
        }
        Assert.Equal(exact.MostProbable["group"].To(DType.Float64).ToArray<double>(),
            found.At(0, 0).MostProbable["group"].To(DType.Float64).ToArray<double>());
        Assert.Equal(2, svi.InferDiscrete((2, data.X![..2]), draws: 1)["group"].Marginals.Shape[0]);
        Assert.Throws<KeyNotFoundException>(() => found["shift"]);
    }

    [Fact]
    public void A_discrete_value_that_is_given_is_not_summed_out()
    {
        static void Model()
        {
            Tensor a = Sample("a", new Bernoulli(0.3)), b = Sample("b", new Bernoulli(0.2 + (0.6 * a)));
            Sample("y", new Normal(a + b, 1), observed: 1.5);
        }
        Discrete found = Discrete.Infer(Model, At("a", 1.0));
        double none = 0.2 * Math.Exp(-0.5 * 0.25), both = 0.8 * Math.Exp(-0.5 * 0.25);

        Assert.Equal(["b"], found.Names);
        Assert.Equal(both / (none + both), found["b"].Marginals[1].Item(), 1e-12);
    }

    [Fact]
    public void Sites_taken_value_by_value_have_their_values_too()
    {
        static void Model()
        {
            Tensor count = Sample("count", new DiscreteUniform(5, 9), options: Enumerate.Sequential);
            double rate = count.Item() > 7 ? 8.5 : 6;
            Sample("y", new Normal(rate, 0.1), observed: 8.5);
        }
        Discrete found = Discrete.Infer(Model);
        Draws predicted = Predictive.Draw<int>(_ => Model(), 0, Given("other", 0), seed: 1);

        Assert.InRange(found.MostProbable["count"].Item(), 8, 9);
        Assert.InRange(found.Draw(seed: 3)["count"].Item(), 8, 9);
        Assert.Equal(0.5, found["count"].Marginals[4].Item(), 1e-12);
        Near(0.5, predicted["count"] > 8);
        Assert.Equal(8, predicted["count"].Min().Item());
    }

    [Fact]
    public void Missing_entries_of_a_continuous_site_keep_their_draws()
    {
        Tensor isSeen = Tensor.From([true, false, true]), x = Tensor.From([0.5, double.NaN, 2.5]);
        void Model()
        {
            using (Plate("rows", 3))
            {
                Tensor z = Sample("z", new Bernoulli(0.4)), value = Sample("x", new Normal(2 * z, 1), observed: x, observedMask: isSeen);
                Sample("y", new Normal(value, 0.5), observed: Tensor.From([0.4, 1.5, 2.0]));
            }
        }
        McmcResult posterior = Mcmc.Run(Model, new Nuts(), chains: 1, warmup: 200, draws: 50, seed: 1);
        double missing = posterior["x_unobserved"][0, 9].ToArray<double>()[0];
        double[] chances = posterior.Discrete.At(0, 9)["z"].Marginals[.., 1].ToArray<double>();

        double[] values = [0.5, missing, 2.5];
        for (int row = 0; row < 3; row++)
        {
            double first = 0.6 * Math.Exp(-0.5 * values[row] * values[row]), second = 0.4 * Math.Exp(-0.5 * Math.Pow(values[row] - 2, 2));
            Assert.Equal(second / (first + second), chances[row], 1e-10);
        }
        Assert.Equal([1, 50, 3], Predictive.Draw(Model, posterior, seed: 1)["z"].Shape);
    }

    private static void Mixture((int N, Tensor? X) data)
    {
        Tensor loc = Sample("loc", new Normal(2, 0.2));
        using (Plate("rows", data.N))
        {
            Tensor group = Sample("group", new Bernoulli(0.3));
            Sample("x", new Normal(Tensor.Where(group > 0, loc, -1.0), 1), observed: data.X);
        }
    }

    private static void Chain(int steps, int seen, bool hasLeaves)
    {
        Tensor noise = Sample("noise", new HalfNormal(1)), z = Tensor.Range(1);
        for (int t = 0; t < steps; t++)
        {
            z = Sample($"z_{t}", new Categorical(t == 0 ? Tensor.From([0.5, 0.5]) : Transition.Take(z)));
            if (t < seen)
            {
                Sample($"y_{t}", new Normal(Levels.Take(z), noise), observed: Series[t]);
            }
            else if (hasLeaves)
            {
                Sample($"y_{t}", new Normal(Levels.Take(z), noise));
                Sample($"n_{t}", new Poisson(1 + (2 * Levels.Take(z))));
            }
        }
    }

    private static Draws Given(string site, double value) =>
        new(Count, [new DrawsVariable(site, Shape.Scalar, [.. Enumerable.Repeat(value, Count)])]);

    private static Dictionary<string, Tensor> At(string site, double value) => new() { [site] = value };

    private static void Near(double chance, Tensor draws)
    {
        double error = 5 * Math.Sqrt(chance * (1 - chance) / Count);
        Assert.InRange(draws.To(DType.Float64).Mean().Item() - chance, -error, error);
    }
}
