using static Pyrite.Primitives;

namespace Pyrite.Tests;

public sealed class PartialObservationTests
{
    private const int Rows = 200;
    private const int Gap = 17;

    private static readonly Tensor Data = Tensor.From([.. Enumerable.Range(0, Rows).Select(i => i == Gap ? double.NaN : 3 + (2 * Math.Cos(i)))]);

    /// <summary>Families with a parameter of their own for each of four rows, in Float64, so that supports differ from row to row, too.</summary>
    private static readonly Dictionary<string, Func<Distribution>> Families = new()
    {
        ["Normal"] = () => new Normal(Row(0), Row(1)),
        ["StudentT"] = () => new StudentT(4.0, Row(0), Row(1)),
        ["Gamma"] = () => new Gamma(Row(2), Row(1)),
        ["LogNormal"] = () => new LogNormal(Row(0), Row(1)),
        ["Exponential"] = () => new Exponential(Row(1)),
        ["Beta"] = () => new Beta(Row(2), Row(1)),
        ["Uniform"] = () => new Uniform(Row(0), Row(3)),
        ["Pareto"] = () => new Pareto(Row(1), Row(2)),
        ["TruncatedNormal"] = () => new TruncatedNormal(Row(0), Row(1), low: Row(0) - 1, high: Row(3)),
        ["VonMises"] = () => new VonMises(Row(0), Row(1)),
        ["Dirichlet"] = () => new Dirichlet(Row(1).Unsqueeze(-1) + Tensor.From([0.5, 1, 2])),
        ["MultivariateNormal"] =
            () => new MultivariateNormal(Row(0).Unsqueeze(-1) + Tensor.From([0.0, 1]), scaleTril: Tensor.From([1.0, 0, 0.5, 2]).Reshape(2, 2)),
        ["Normal, as an event of three"] = () => new Normal(Row(0).Unsqueeze(-1) + Tensor.From([0.0, 1, 2]), 1.5).ToEvent(1),
    };

    public static TheoryData<string> FamilyNames => [.. Families.Keys];

    public static TheoryData<string> Gaps => ["", "2", "0,3", "0,1,2,3"];

    [Fact]
    public void One_missing_value_of_two_hundred_is_one_more_number_to_sample()
    {
        Potential potential = Potential.Of(Model);
        Assert.Equal(3, potential.Dimension);
        Assert.True(potential.IsReplayed);
        Assert.Empty(potential.Uncompiled);

        McmcResult result = Mcmc.Run(Model, new Nuts(), chains: 4, draws: 2_000, seed: 1);
        Assert.Equal(["mu", "sigma", "y_unobserved"], result.Draws.Names);
        Summary summary = result.Summary();
        Assert.Equal(["mu", "sigma", "y_unobserved[17]"], summary.Rows.Select(row => row.Name));
        Assert.Empty(summary.Advice);

        // The posterior of mu ~ N(0, 10), sigma ~ HalfNormal(5) given the other 199, by sums over a grid of 800 x 800 within 10 standard errors; the
        // missing value is N(mu, sigma) under it.
        (string Name, double Mean, double Deviation)[] expected =
            [("mu", 2.9970001, 0.1015867), ("sigma", 1.4312971, 0.0724918), ("y_unobserved[17]", 2.9970001, 1.4367276)];
        foreach ((string name, double mean, double deviation) in expected)
        {
            SummaryRow row = summary[name];
            Assert.Equal(mean, row.Mean, 5 * row.McseMean);
            Assert.Equal(deviation, row.StandardDeviation, 0.05 * deviation);
        }
    }

    [Fact]
    public void The_whole_with_gaps_filled_is_what_the_model_goes_on_with_and_what_is_predicted()
    {
        void WithTotal()
        {
            using (Plate("rows", 3))
            {
                Tensor y =
                    Sample("y", new Normal(1.0, 1), observed: Tensor.From([4.0, double.NaN, 6]),
                        observedMask: Tensor.From(new[] { true, false, true }));
                Deterministic("double", 2 * y);
            }
        }

        McmcResult result = Mcmc.Run(WithTotal, new Nuts(), chains: 1, draws: 20, warmup: 50, seed: 1);
        Assert.Equal(["y_unobserved", "double"], result.Draws.Names);
        Assert.Equal([1, 20, 1], result["y_unobserved"].Shape);
        Assert.Equal(result.Draws.Scalar("y_unobserved[1]").Select(y => 2 * y), result.Draws.Scalar("double[1]"));
        Draws predicted = Predictive.Draw(WithTotal, result, keepObservations: true);
        Assert.Equal(["y_observed", "y_unobserved", "y", "double"], predicted.Names);
        Assert.Equal([4.0, result.Draws.Scalar("y_unobserved[1]")[7], 6], predicted["y"][0, 7].ToArray<double>());
        Assert.Equal(["y_observed[0]", "y_observed[2]"], predicted.Variable("y_observed").ScalarNames);
        Assert.Equal(["y_unobserved[1]"], predicted.Variable("y_unobserved").ScalarNames);
        Assert.True(predicted["y"].AllFinite() && predicted["y_observed"].AllFinite());
    }

    [Theory]
    [MemberData(nameof(FamilyNames))]
    public void The_density_is_that_of_the_whole_with_gaps_filled(string name)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        foreach (bool[] isThere in (bool[][])[[true, true, true, true], [true, true, false, true], [false, true, true, false],
            [false, false, false, false]])
        {
            Distribution family = Families[name]();
            Tensor whole = family.Sample(RandomKey.FromSeed(1)), mask = Tensor.From(isThere);
            int[] missing = [.. Enumerable.Range(0, 4).Where(i => !isThere[i])];
            void Model()
            {
                Sample("a", new Normal(0, 1));
                using (Plate("rows", 4))
                {
                    Sample("y", Families[name](), observed: Tensor.Where(Spread(mask, family), whole, double.NaN), observedMask: mask);
                }
            }

            Potential potential = Potential.Of(Model);
            Tensor gaps = missing.Length == 0 ? whole : Tensor.Stack([.. missing.Select(i => whole[i])]);
            Dictionary<string, Tensor> values = new() { ["a"] = 0.3 };
            if (missing.Length > 0)
            {
                values["y_unobserved"] = gaps;
            }
            double[] point = potential.Unconstrain(values), gradient = new double[point.Length];
            double expected = family.LogProb(whole).Sum().Item() + new Normal(Tensor.Zeros([], DType.Float64), 1).LogProb(0.3).Item();
            Assert.Equal(expected, potential.LogDensity(point, withJacobian: false), 1e-9 * Math.Abs(expected) + 1e-9);
            Assert.True(double.IsFinite(potential.LogDensity(point, gradient)));
            for (int i = 0; i < point.Length; i++)
            {
                double at = point[i];
                (point[i], double step) = (at + 1e-5, 2e-5);
                double above = potential.LogDensity(point);
                point[i] = at - 1e-5;
                Assert.Equal((above - potential.LogDensity(point)) / step, gradient[i], 1e-4 * (1 + Math.Abs(gradient[i])));
                point[i] = at;
            }
            IReadOnlyDictionary<string, Tensor> back = potential.Constrain(point);
            Assert.False(back.ContainsKey("y"));
            if (missing.Length is > 0)
            {
                Assert.Equal(gaps.Shape, back["y_unobserved"].Shape);
                Assert.True((back["y_unobserved"] - gaps).Abs().Max().Item() < 1e-9);
            }
            Assert.Equal(missing.Length == 0, !back.ContainsKey("y_unobserved"));
        }
    }

    [Fact]
    public void Entries_of_two_plates_go_by_both_indices_and_values_may_be_given_whole()
    {
        bool[] isThere = [.. Enumerable.Range(0, 12).Select(i => i is not (1 or 7 or 11))];
        void Grid()
        {
            Tensor mu = Sample("mu", new Normal(0, 10));
            using (Plate("columns", 4))
            using (Plate("rows", 3))
            {
                Sample("y", new Gamma(2.0, mu.Exp()).Expand([3, 4]), observed: Tensor.Ones(3, 4), observedMask: Tensor.From(isThere, [3, 4]));
            }
        }

        Potential potential = Potential.Of(Grid);
        Assert.Equal(4, potential.Dimension);
        double[] some = potential.Unconstrain(new Dictionary<string, Tensor> { ["mu"] = 0.1, ["y_unobserved"] = Tensor.From([1.5, 2.5, 3.5]) });
        Assert.Equal(some,
            potential.Unconstrain(
                new Dictionary<string, Tensor> { ["mu"] = 0.1, ["y_unobserved"] = Tensor.From([1, 1.5, 1, 1, 1, 1, 1, 2.5, 1, 1, 1, 3.5], [3, 4]) }));
        McmcResult result = Mcmc.Run(Grid, new Nuts(), chains: 1, draws: 10, warmup: 20, seed: 1);
        Assert.Equal(["y_unobserved[0,1]", "y_unobserved[1,3]", "y_unobserved[2,3]"], result.Draws.Variable("y_unobserved").ScalarNames);
        Assert.Equal(10, result.Draws.Scalar("y_unobserved[1,3]").Length);
    }

    [Fact]
    public void Counts_that_are_all_there_need_no_latent_and_missing_ones_are_refused_in_words()
    {
        void Counts(bool isWhole)
        {
            Tensor rate = Sample("rate", new Gamma(2, 1));
            using (Plate("rows", 3))
            {
                Sample("n", new Poisson(rate), observed: Tensor.From([1.0, 2, 3]), observedMask: Tensor.From(new[] { true, isWhole, true }));
            }
        }

        Potential potential = Potential.Of(() => Counts(true));
        Assert.Equal(1, potential.Dimension);

        // Gamma(2, rate 1) times three Poissons of 1, 2, 3 at rate 2: log(2) - 2 + 6 log(2) - 3·2 - log(1! 2! 3!).
        Assert.Equal(Math.Log(2) - 2 + (6 * Math.Log(2)) - 6 - Math.Log(12),
            potential.LogDensity(potential.Unconstrain(new Dictionary<string, Tensor> { ["rate"] = 2.0 }), withJacobian: false), 1e-9);
        Svi<int> svi = new(_ => Counts(true), new AutoNormal<int>(_ => Counts(true)), new Adam(), new TraceElbo());
        Assert.True(double.IsFinite(svi.Step(0)));
        Assert.Equal(["auto.rate.loc", "auto.rate.scale"], svi.Parameters.Names);
        ModelException refusal = Assert.Throws<ModelException>(() => Potential.Of(() => Counts(false)));
        Assert.Equal("n_unobserved", refusal.Site);
        Assert.Contains("Poisson has no finite list of values", refusal.Message);
        Assert.Contains("MaskHandler", refusal.Message);
    }

    [Fact]
    public void A_mask_that_follows_a_latent_is_refused_by_samplers()
    {
        void Moving()
        {
            Tensor x = Sample("x", new Normal(0, 1));
            using (Plate("rows", 2))
            {
                Sample("y", new Normal(x, 1), observed: Tensor.From([0.5, 1]), observedMask: Tensor.From([-0.1, 0.1]) < x);
            }
        }

        ModelException refusal = Assert.ThrowsAny<ModelException>(() => Mcmc.Run(Moving, new Nuts(), chains: 1, draws: 50, seed: 1));
        Assert.Equal((ModelError.ObservationMask, "y_unobserved"), (refusal.Kind, refusal.Site));
        Assert.Contains("same in every run", refusal.Message);
    }

    [Fact]
    public void A_run_with_gaps_is_saved_loaded_and_resumed_with_the_names_of_its_entries()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string path = Path.Combine(folder, "run");
            McmcResult whole = Mcmc.Run(Model, new Nuts(), chains: 2, draws: 30, warmup: 50, seed: 3);
            Mcmc.Run(Model, new Nuts(), chains: 2, draws: 10, warmup: 50, seed: 3, files: new ChainFiles(path));
            McmcResult resumed = Mcmc.Resume(Model, new ChainFiles(path), draws: 30);
            Assert.Equal(whole.Draws.Scalar("y_unobserved[17]"), resumed.Draws.Scalar("y_unobserved[17]"));
            Assert.Equal(whole.Draws.Scalar("y_unobserved[17]"), McmcResult.Load(path).Draws.Scalar("y_unobserved[17]"));

            // A text file of draws counts the entries from 1, as Stan's programs expect, and says in a comment which they are.
            whole.SaveCsv(Path.Combine(folder, "csv"));
            Draws read = CmdStanCsv.Load(Path.Combine(folder, "csv")).Draws;
            Assert.Equal(["y_unobserved[17]"], read.Variable("y_unobserved").ScalarNames);
            Draws predicted = Predictive.Draw<int>(_ => Model(), 0, read, keepObservations: true);
            Assert.Equal(whole.Draws.Scalar("y_unobserved[17]"), predicted.Scalar("y[17]").ToArray(),
                (a, b) => Math.Abs(a - b) <= 1e-6 * Math.Abs(a));

            void Other()
            {
                Tensor mu = Sample("mu", new Normal(0, 10)), sigma = Sample("sigma", new HalfNormal(5));
                using (Plate("rows", Rows))
                {
                    Sample("y", new Normal(mu, sigma), observed: Tensor.Ones(Rows),
                        observedMask: Tensor.From([.. Enumerable.Range(0, Rows).Select(i => i != 18)]));
                }
            }
            Assert.Contains("at 17 of [200]", Assert.Throws<InvalidDataException>(() => Mcmc.Resume(Other, new ChainFiles(path), draws: 40)).Message);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Model()
    {
        Tensor mu = Sample("mu", new Normal(0, 10)), sigma = Sample("sigma", new HalfNormal(5));
        using (Plate("rows", Rows))
        {
            Sample("y", new Normal(mu, sigma), observed: Data, observedMask: !Data.IsNan());
        }
    }

    private static Tensor Row(int which) => Tensor.From<double>(which switch
    {
        0 => [-1, 0.5, 2, -0.3],
        1 => [0.5, 1, 2, 1.5],
        2 => [1.5, 2, 3, 2.5],
        _ => [3, 4, 5, 6],
    });

    private static Tensor Spread(Tensor mask, Distribution family)
    {
        for (int i = 0; i < family.EventShape.Rank; i++)
        {
            mask = mask.Unsqueeze(-1);
        }
        return mask;
    }
}
