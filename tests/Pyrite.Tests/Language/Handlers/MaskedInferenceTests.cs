
using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Masked rows of no numbers, in everything that runs a model: objectives, automatic guides, predictions and scores of rows.</summary>
public sealed class MaskedInferenceTests
{
    private static readonly Tensor Mask = Tensor.From([false, true, true]);
    private static readonly Tensor X = Tensor.From([double.NaN, 1, 2]).To(DType.Float32);
    private static readonly Tensor Scales = Tensor.From([0.0, 1, 1]).To(DType.Float32);
    private static readonly Tensor Y = Tensor.From([double.NegativeInfinity, 1, 3]).To(DType.Float32);

    /// <summary>Before the first test, outside of any step.</summary>
    static MaskedInferenceTests()
    {
    }

    public static TheoryData<string> Objectives => ["trace", "graph", "mean field", "importance weighted", "renyi"];

    public static TheoryData<string> Guides => ["delta", "normal", "diagonal", "multivariate", "low rank", "laplace", "iaf", "list"];

    [Theory, MemberData(nameof(Objectives))]
    public void Every_objective_has_the_gradients_of_the_rows_that_count(string name)
    {
        Assert.Equal(Losses(Whole, name), Losses(Kept, name));

        static double[] Losses(Action<int> model, string name)
        {
            Elbo objective = name switch
            {
                "trace" => new TraceElbo(2),
                "graph" => new TraceGraphElbo(),
                "mean field" => new MeanFieldElbo(),
                "importance weighted" => new ImportanceWeightedElbo(3),
                _ => new RenyiElbo(0.5, 3),
            };
            Svi<int> svi =
                new(model, _ => Sample("m", new Normal(Param("loc", 0.2), Param("scale", 0.7, Constraints.Positive))), new Sgd(learningRate: 0.05),
                    objective, seed: 3);
            return [.. Enumerable.Range(0, 50).Select(_ => Math.Round(svi.Step(0), 4))];
        }
    }

    [Theory, MemberData(nameof(Guides))]
    public void Every_guide_learns_from_the_rows_that_count(string name)
    {
        double[] whole = Losses(Whole, name), kept = Losses(Kept, name);
        Assert.All(whole.Zip(kept), pair => Assert.Equal(pair.Second, pair.First, 1e-3));

        static double[] Losses(Action<int> model, string name)
        {
            Action<int> both = _ =>
            {
                Sample("other", new LogNormal(0, 1));
                model(0);
            };
            AutoGuide<int> guide = name switch
            {
                "delta" => new AutoDelta<int>(both),
                "normal" => new AutoNormal<int>(both),
                "diagonal" => new AutoDiagonalNormal<int>(both),
                "multivariate" => new AutoMultivariateNormal<int>(both),
                "low rank" => new AutoLowRankMultivariateNormal<int>(both),
                "laplace" => new AutoLaplace<int>(both),
                "iaf" => new AutoIaf<int>(both),
                _ => new AutoGuideList<int>().Add(new AutoNormal<int>(both)),
            };
            Svi<int> svi = new(both, guide, new Adam(learningRate: 0.02), new TraceElbo(), seed: 3);
            return [.. Enumerable.Range(0, 50).Select(_ => svi.Step(0))];
        }
    }

    [Fact]
    public void Predictions_and_scores_of_rows_pass_over_what_does_not_count()
    {
        Draws prior = Predictive.Draw(Whole, 0, draws: 50);
        Assert.True(prior["y"].Slice(-1, 1, 2).IsFinite().All());
        McmcResult posterior = Mcmc.Run(() => Whole(0), chains: 1, warmup: 100, draws: 50);
        Draws predicted = Predictive.Draw(Whole, 0, posterior);
        Assert.True(predicted["y"].Slice(-1, 1, 2).IsFinite().All());
        Tensor scores = Predictive.LogLikelihood(() => Whole(0), posterior)["y"];
        Assert.Equal([1, 50, 2], scores.Shape);
        Assert.True(scores.IsFinite().All());
    }

    [Fact]
    public void Latents_of_rows_that_do_not_count_may_have_impossible_priors()
    {
        static void Model(int _)
        {
            using (Plate("rows", 3))
            using (new MaskHandler(Mask).Enter())
            {
                Tensor z = Sample("z", new Normal(0, Scales));
                Sample("y", new Normal(z, Scales), observed: Y);
            }
        }

        // z ~ N(0, 1), y ~ N(z, 1): the mode is y / 2.
        AutoDelta<int> guide = new(Model, GuideStart.Feasible);
        Svi<int> svi = new(Model, guide, new Sgd(learningRate: 0.4), new TraceElbo());
        for (int step = 0; step < 60; step++)
        {
            Assert.True(double.IsFinite(svi.Step(0)));
        }
        double[] z = guide.Median(svi.Parameters)["z"].ToArray<double>();
        Assert.Equal(0.5, z[1], 4);
        Assert.Equal(1.5, z[2], 4);
        double[] draws = Mcmc.Run(() => Model(0), chains: 2, warmup: 200, draws: 1000, seed: 1).Draws["z"].Select(-1, 2).ToArray<double>();
        Assert.Equal(1.5, draws.Average(), 0.2);
    }

    private static void Whole(int _)
    {
        Tensor m = Sample("m", new Normal(0, 2));
        using (Plate("rows", 3))
        using (new MaskHandler(Mask).Enter())
        {
            Sample("y", new Normal(m * X, Scales), observed: Y);
        }
    }

    private static void Kept(int _)
    {
        Tensor m = Sample("m", new Normal(0, 2));
        using (Plate("rows", 2))
        {
            Sample("y", new Normal(m * X.Slice(0, 1, 2), Scales.Slice(0, 1, 2)), observed: Y.Slice(0, 1, 2));
        }
    }
}
