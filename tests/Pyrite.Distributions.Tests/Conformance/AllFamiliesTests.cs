using System.Text.RegularExpressions;
using Pyrite.Kernels.Threads;
using Pyrite.Testing;

namespace Pyrite.Conformance;

/// <summary>What every family must satisfy, of whatever kind its values are.</summary>
/// <remarks>Fixed seeds; a right program fails a single statistical check with chance 1e-7, the whole class with chance 1e-4.</remarks>
public sealed partial class AllFamiliesTests
{
    private const int Draws = 20_000;
    private const double FalseAlarmRate = 1e-7;

    private static readonly Dictionary<string, Family> All =
        RealFamilies.All.Concat(CountFamilies.All).Concat(ArrayFamilies.All).ToDictionary(entry => entry.Key, entry => entry.Value);

    public static TheoryData<string> Names => [.. All.Keys];

    public static TheoryData<string> Drawable => [.. All.Keys.Where(name => name != "ImproperUniform")];

    [Fact]
    public void Every_public_family_is_listed()
    {
        IEnumerable<string> families =
            typeof(Distribution).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(Distribution)) && !type.IsAbstract)
                .Select(type => type.Name);
        Assert.Equal("", string.Join(", ", families.Except(All.Keys)));
    }

    [Theory, MemberData(nameof(Drawable))]
    public void Shapes_broadcast_and_batches_are_drawn_independently(string name)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Distribution one = All[name].Make();
        Shape whole = one.BatchShape + one.EventShape;
        Tensor draws = one.Sample(RandomKey.FromSeed(1), [3, 2]);
        Assert.Equal([3, 2, .. whole], draws.Shape);
        Assert.Equal([3, 2, .. one.BatchShape], one.LogProb(draws).Shape);
        Distribution wide = one.Expand([4, .. one.BatchShape]);
        Tensor others = wide.Sample(RandomKey.FromSeed(2), [5]);
        Assert.Equal([5, 4, .. whole], others.Shape);
        Assert.Equal(one.LogProb(others).ToArray<double>(), wide.LogProb(others).ToArray<double>());
        if (name != "DiscreteUniform" && All[name].Parameters is { Length: > 0 }
            && one is not (Expanded or Masked or Empirical or Delta or GaussianMarkovRandomField or Mixture) && name != "MixtureSameFamily")
        {
            Tensor[] stacked = [.. All[name].Parameters.Select((p, i) => i == 0 ? Tensor.Stack([p, p, p]) : p)];
            Distribution batch = All[name].MakeFrom(stacked, true);
            Assert.Equal([3, .. one.BatchShape], batch.BatchShape);
            Tensor value = batch.Sample(RandomKey.FromSeed(3));
            Assert.Equal([3, .. whole], value.Shape);
            Close.Assert(batch.LogProb(value).ToArray<double>(), one.LogProb(value).ToArray<double>(), 1e-12, 1e-12, name);
        }
    }

    [Theory, MemberData(nameof(Drawable))]
    public void Event_axes_sum_and_masks_silence(string name)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Distribution wide = All[name].Make().Expand([4, .. All[name].Make().BatchShape]);
        Tensor value = wide.Sample(RandomKey.FromSeed(4));
        Tensor scores = wide.LogProb(value);
        Assert.Equal(scores.Sum().Item(), wide.ToEvent().LogProb(value).Item(), 1e-9);
        Tensor mask = Tensor.From([true, false, true, false]).Reshape([4, .. Enumerable.Repeat(1, scores.Rank - 1)]);
        double[] masked = wide.Mask(mask).LogProb(value).ToArray<double>();
        Close.Assert(masked, Tensor.Where(mask, scores, 0).ToArray<double>(), 1e-12, 1e-12, name);
    }

    [Theory, MemberData(nameof(Drawable))]
    public void Draws_lie_in_the_support_and_score_alike_in_both_precisions(string name)
    {
        Family family = All[name];
        Tensor[] narrow = [.. family.Parameters.Select(p => p.To(DType.Float32))];
        Distribution distribution = family.MakeFrom(narrow, true);
        Tensor draws = distribution.Sample(RandomKey.FromSeed(5), [200]);
        Assert.True(distribution.Support.Check(draws).All());
        Distribution wide = family.MakeFrom([.. narrow.Select(p => p.To(DType.Float64))], false);
        Tensor same = draws.DType == DType.Float32 ? draws.To(DType.Float64) : draws;
        Tensor scores = distribution.LogProb(draws);
        double[] want = wide.LogDensity(same).BroadcastTo(scores.Shape).ToArray<double>();
        Close.Assert(scores.ToArray<double>(), want, 2e-3, 2e-3, name);
    }

    [Theory, MemberData(nameof(Drawable))]
    [Trait("Once", "Cultures")]
    public void Draws_have_the_same_bits_at_any_thread_count(string name)
    {
        double[] Draw(int threads)
        {
            using WorkerPool.ThreadLimit limit = WorkerPool.LimitThreads(threads);
            Distribution distribution = All[name].Make();
            return distribution.Sample(RandomKey.FromSeed(6), [distribution.EventShape.Count > 1 ? 3_000 : 40_000]).ToArray<double>();
        }
        Assert.Equal(Draw(1), Draw(2));
    }

    [Theory, MemberData(nameof(Drawable))]
    public void Mean_and_variance_are_those_of_draws(string name)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Distribution distribution = All[name].Make();
        if (name.StartsWith("VonMises", StringComparison.Ordinal) || name is "ProjectedNormal" or "Unit" or "Masked" or "IntervalCensored"
            || Family.OrNull(() => distribution.Mean) is not { } means)
        {
            return;   // moments of angles and directions are those of the circle and the sphere
        }
        double[] draws = distribution.Sample(RandomKey.FromSeed(31), [Draws]).ToArray<double>();
        double[] mean = means.ToArray<double>();
        double[]? variance = Family.OrNull(() => distribution.Variance)?.ToArray<double>();
        for (int component = 0; component < mean.Length && variance is not null; component++)
        {
            double[] own = [.. Enumerable.Range(0, Draws).Select(i => draws[(i * mean.Length) + component])];
            if (variance[component] == 0)
            {
                Assert.All(own, x => Assert.Equal(mean[component], x, 1e-12));
            }
            else if (double.IsFinite(variance[component]))
            {
                StatisticalAssert.MeanWithin(own, mean[component], FalseAlarmRate, $"{name} mean [{component}]");
                double[] squares = [.. own.Select(x => (x - mean[component]) * (x - mean[component]))];
                if (squares.Max() - squares.Min() > 1e-12)
                {
                    StatisticalAssert.MeanWithin(squares, variance[component], FalseAlarmRate, $"{name} variance [{component}]");
                }
            }
        }
    }

    [Theory, MemberData(nameof(Drawable))]
    public void Entropy_is_the_mean_surprise_of_draws(string name)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Distribution distribution = All[name].Make();
        if (Family.OrNull(distribution.Entropy) is not { } entropy || entropy.Count > 1)
        {
            return;
        }
        double[] surprise = (-distribution.LogProb(distribution.Sample(RandomKey.FromSeed(32), [Draws]))).ToArray<double>();
        if (surprise.All(s => Math.Abs(s - surprise[0]) < 1e-9))
        {
            Assert.Equal(surprise[0], entropy.Item(), 1e-9);
            return;
        }
        StatisticalAssert.MeanWithin(surprise, entropy.Item(), FalseAlarmRate, name);
    }

    [Theory, MemberData(nameof(Drawable))]
    public void No_draw_is_likelier_than_the_mode(string name)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Distribution distribution = All[name].Make(validate: false);
        if (Family.OrNull(() => distribution.Mode) is not { } mode || mode.ToArray<double>().Any(double.IsNaN))
        {
            return;
        }
        double best = distribution.LogProb(mode).ToArray<double>().Max();
        double[] scores = distribution.LogProb(distribution.Sample(RandomKey.FromSeed(33), [2000])).ToArray<double>();
        Assert.All(scores, score => Assert.True(score <= best + 1e-9, $"{name}: a draw scores {score}, the mode {best}"));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_bad_parameter_is_named_with_constraint_and_value(string name)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Tensor[] parameters = All[name].Parameters;
        for (int i = 0; i < parameters.Length; i++)
        {
            Tensor[] bad = [.. parameters];
            bad[i] = Tensor.Full(bad[i].Shape, double.NaN, DType.Float64);
            ArgumentException error = Assert.ThrowsAny<ArgumentException>(() => All[name].MakeFrom(bad, true));
            Assert.Matches(BadParameter(), error.Message);
        }
    }

    [Theory, MemberData(nameof(Drawable))]
    public void A_bad_value_is_named_with_its_index_or_impossible_without_validation(string name)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Distribution distribution = All[name].Make();
        if (distribution.EventShape.Count == 0 || name == "Masked")
        {
            return;   // nothing to be wrong, or nobody to notice
        }
        Tensor good = distribution.Sample(RandomKey.FromSeed(7), [2]);
        Tensor bad =
            Tensor.Concat(
                [good.To(DType.Float64), Tensor.Full([1, .. distribution.BatchShape, .. distribution.EventShape], double.NaN, DType.Float64)]);
        ArgumentException error = Assert.ThrowsAny<ArgumentException>(() => distribution.LogProb(bad));
        Assert.Matches(BadValue(), error.Message);
        double[] scores = All[name].Make(validate: false).LogProb(bad).ToArray<double>();
        Assert.True(double.IsNegativeInfinity(scores[^1]) || double.IsNaN(scores[^1]), $"{name}: NaN scores {scores[^1]}");
        Assert.True(double.IsFinite(scores[0]), $"{name}: a draw scores {scores[0]}");
    }

    [Theory, MemberData(nameof(Drawable))]
    public void Gradients_of_array_scores_agree_with_differences(string name)
    {
        if (!ArrayFamilies.All.TryGetValue(name, out Family? family)
            || name is "Empirical" or "Delta" or "Masked" or "IntervalCensored" or "Censored")
        {
            return;
        }
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Distribution member = family.Make();
        Tensor value = member.Sample(RandomKey.FromSeed(8), [2]).Detach();
        if (family.Parameters.Length > 0)
        {
            Constraint[] constraints = [.. member.Parameters.Select(parameter => parameter.Constraint)];
            GradientCheck.Verify(
                p => family.MakeFrom([.. p.Select((x, i) => Evened(x, i < constraints.Length ? constraints[i] : Constraints.Real))], false)
                    .LogDensity(value).Sum(), family.Parameters, 1e-5, 1e-6);
        }
        if (!member.IsDiscrete && member.EventShape.Count > 0 && name != "ProjectedNormal")
        {
            GradientCheck.Verify(p => family.Make(false).LogDensity(Evened(p[0], member.Support)).Sum(), [value], 1e-5, 1e-6);
        }
    }

    /// <summary>Of symmetric matrices each entry counts as independent; differences move both at once.</summary>
    private static Tensor Evened(Tensor x, Constraint constraint) =>
        constraint.Name is "positive definite" or "correlation matrix" ? 0.5 * (x + x.Transpose()) : x;

    [GeneratedRegex(@"parameter \w+ must be .+; found .*NaN")]
    private static partial Regex BadParameter();

    [GeneratedRegex(@"a scored value must be .+; found .*NaN.* at index \[2.*\]")]
    private static partial Regex BadValue();
}
