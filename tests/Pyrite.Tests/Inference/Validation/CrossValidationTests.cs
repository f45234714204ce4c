using static Pyrite.Primitives;

namespace Pyrite.Tests;

public sealed class CrossValidationTests
{
    private static readonly double[] Data = Series.Map(Series.Normal(4, 12), (_, x) => 0.7 + (1.3 * x));
    private static readonly Folds FourFolds = Folds.Random(12, 4, RandomKey.FromSeed(3));

    [Fact]
    public void Masked_rows_are_scored_by_the_fit_without_them() =>
        Check(CrossValidation.KFold(() => Mean(Tensor.From(Data)), "y", FourFolds, Fit), FourFolds, local: 0);

    [Fact]
    public void Rows_given_to_the_model_are_scored_by_the_fit_without_them() =>
        Check(CrossValidation.KFold(rows => Mean(Tensor.From(Data).Take(rows)), "y", FourFolds, Fit), FourFolds, local: 0);

    [Theory, InlineData(true), InlineData(false)]
    public void What_belongs_to_rows_is_drawn_anew_even_where_all_folds_are_of_one_size(bool isMasked)
    {
        Folds folds = Folds.Random(12, 2, RandomKey.FromSeed(5));
        Check(isMasked ? CrossValidation.KFold(() => Local(Tensor.From(Data)), "y", folds, Fit)
            : CrossValidation.KFold(rows => Local(Tensor.From(Data).Take(rows)), "y", folds, Fit), folds, local: 1);
    }

    [Fact]
    public void A_model_may_learn_from_the_rows_of_the_fit_alone()
    {
        // The shift by the mean of the rows seen, taken of all rows in the place of them, would move the density of far rows by more than 0.15.
        PredictiveAccuracy found = CrossValidation.KFold((seen, rows) =>
        {
            Tensor all = Tensor.From(Data), mean = Sample("mean", new Normal(-all.Take(seen).Mean(), 2));
            using PlateScope plate = Plate("rows", rows.Shape[0]);
            Sample("y", new Normal(mean, 1.5), observed: all.Take(rows) - all.Take(seen).Mean());
        }, "y", FourFolds, Fit);
        Check(found, FourFolds, local: 0);
    }

    [Fact]
    public void Rows_that_a_mask_hides_are_no_rows()
    {
        bool[] there = [.. Data.Select((_, i) => i % 4 != 1)];
        Folds folds = Folds.Random(9, 3, RandomKey.FromSeed(1));
        PredictiveAccuracy found = CrossValidation.KFold(() =>
        {
            Tensor mean = Sample("mean", new Normal(0, 2));
            using PlateScope rows = Plate("rows", 12);
            using HandlerScope mask = new MaskHandler(Tensor.From(there)).Enter();
            Sample("y", new Normal(mean, 1.5), observed: Tensor.From(Data));
        }, "y", folds, Fit);
        Check(found, folds, local: 0, data: [.. Data.Where((_, i) => there[i])]);
    }

    [Fact]
    public void A_fit_to_all_rows_gives_the_effective_parameters()
    {
        Action model = () => Mean(Tensor.From(Data));
        PredictiveAccuracy without = CrossValidation.KFold(model, "y", FourFolds, Fit),
            with = CrossValidation.KFold(model, "y", FourFolds, Fit, posterior: Fit(model));
        Assert.Equal(without.Pointwise, with.Pointwise);
        Assert.True(double.IsNaN(without.EffectiveParameters));
        Assert.DoesNotContain("effective parameters", without.ToString());
        double exact = 0;
        for (int row = 0; row < 12; row++)
        {
            exact += ExactElpd(Data, row, Enumerable.Range(0, 12), 0) - ExactElpd(Data, row, FourFolds.NotIn(FourFolds.FoldOfRow[row]), 0);
        }
        Assert.Equal(exact, with.EffectiveParameters, 0.15);
        Assert.Contains("effective parameters", with.ToString());
        Assert.StartsWith("4-fold", with.ToString());
        Assert.Null(with.ParetoK);
        Assert.Empty(with.Advice);
    }

    [Fact]
    public void Models_are_compared_on_the_same_folds()
    {
        PredictiveAccuracy mean = CrossValidation.KFold(() => Mean(Tensor.From(Data)), "y", FourFolds, Fit),
            far = CrossValidation.KFold(() => Mean(Tensor.From(Data), 20), "y", FourFolds, Fit);
        ModelComparison comparison = ModelComparison.Of([("far", far), ("mean", mean)]);
        Assert.Equal("mean", comparison.Rows[0].Name);
        Assert.InRange(comparison.Rows[0].StackingWeight, 0.9, 1);
        Assert.Matches(@"4-fold +elpd", comparison.ToString());
        Assert.DoesNotContain("NaN", comparison.ToString());
        PredictiveAccuracy loo = Loo(() => Mean(Tensor.From(Data)));
        Assert.Contains("Only one method", Assert.Throws<ArgumentException>(() => ModelComparison.Of([("a", mean), ("b", loo)])).Message);
    }

    [Fact]
    public void Single_folds_are_exact_leave_one_out_beside_psis()
    {
        PredictiveAccuracy exact = CrossValidation.KFold(() => Mean(Tensor.From(Data)), "y", Folds.Single(12), Fit), loo = Loo(
            () => Mean(Tensor.From(Data)));
        Assert.Equal("exact LOO", exact.Method);
        Assert.Equal(exact.Elpd, loo.Elpd, 0.1);
        Assert.Equal(0, ModelComparison.Of([("exact", exact), ("psis", loo)]).Rows[1].Difference, 0.1);
    }

    [Fact]
    public void A_fit_that_cannot_be_trusted_is_told_of()
    {
        PredictiveAccuracy found = CrossValidation.KFold(() => Mean(Tensor.From(Data)), "y", FourFolds,
            model => Mcmc.Run(model, chains: 2, warmup: 100, draws: 20, seed: 1));
        Assert.Matches(@"of 4 fits may not be trusted\. The first: without \d+ rows, \d+ among them, ", Assert.Single(found.Advice));
    }

    [Fact]
    public void What_cannot_be_left_out_is_refused()
    {
        Action model = () => Mean(Tensor.From(Data));
        Assert.Contains("It observes \"y\"",
            Assert.Throws<ModelException>(() => CrossValidation.KFold(model, "z", FourFolds, Fit)).Message);
        Assert.Contains("12 observations",
            Assert.Throws<ModelException>(() => CrossValidation.KFold(model, "y", Folds.Random(11, 2, RandomKey.FromSeed(1)), Fit)).Message);
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(
            () => CrossValidation.KFold(model, "y", FourFolds, one => Mcmc.Run(one, seed: 1, cancellation: cancelled.Token)));
    }

    private static McmcResult Fit(Action model) => Mcmc.Run(model, chains: 4, warmup: 300, draws: 1_000, seed: 7);

    private static PredictiveAccuracy Loo(Action model) => PredictiveAccuracy.Loo(Predictive.LogLikelihood(model, Fit(model)), "y");

    private static void Mean(Tensor y, double around = 0)
    {
        Tensor mean = Sample("mean", new Normal(around, 2));
        using PlateScope rows = Plate("rows", y.Shape[0]);
        Sample("y", new Normal(mean, 1.5), observed: y);
    }

    private static void Local(Tensor y)
    {
        Tensor mean = Sample("mean", new Normal(0, 2));
        using PlateScope rows = Plate("rows", y.Shape[0]);
        Sample("y", new Normal(Sample("level", new Normal(mean, 1)), 1.5), observed: y);
    }

    /// <summary>y_i ~ N(mean, 1.5² + local), mean ~ N(0, 2): the predictive of a row is normal in closed form.</summary>
    private static void Check(PredictiveAccuracy found, Folds folds, double local, double[]? data = null)
    {
        data ??= Data;
        for (int row = 0; row < data.Length; row++)
        {
            // 4,000 draws; densities of single rows vary by a factor of about 2 between draws, so an error of 0.15 is more than four of theirs.
            Assert.Equal(ExactElpd(data, row, folds.NotIn(folds.FoldOfRow[row]), local), found.Pointwise[row], 0.15);
        }
        Assert.Equal(found.Pointwise.Sum(), found.Elpd, 1e-9);
        Assert.Equal(4_000, found.Draws);
    }

    private static double ExactElpd(double[] data, int row, IEnumerable<int> seen, double local)
    {
        double variance = (1.5 * 1.5) + local, precision = 0.25 + (seen.Count() / variance);
        double mean = seen.Sum(other => data[other]) / variance / precision;
        double total = variance + (1 / precision), off = data[row] - mean;
        return -0.5 * (Math.Log(2 * Math.PI * total) + (off * off / total));
    }
}
