using Pyrite.Testing;


namespace Pyrite.Combinators;

/// <summary>Censoring, truncation, folding, hurdles and extra zeros over every distribution of counts, at every pattern of bounds.</summary>
/// <remarks>The expected chances are sums over the base's own probabilities.</remarks>
[Trait("Once", "Cultures")]
public sealed class CountCombinatorTests
{
    private const int Draws = 2000;
    private const double FalseAlarmRate = 1e-7;

    public static TheoryData<string> Names => [.. CountMember.All.Keys];

    [Theory, MemberData(nameof(Names))]
    public void The_chances_of_a_member_sum_to_one(string name)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Distribution distribution = CountMember.All[name].Make();
        Check(distribution, CountMember.Chances(distribution), name);
    }

    [Theory, MemberData(nameof(Names))]
    public void Truncation_keeps_the_counts_between_its_bounds_in_their_proportions(string name)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Distribution source = CountMember.All[name].Make();
        SortedDictionary<double, double> chances = CountMember.Chances(source);
        foreach ((double? low, double? high) in CountMember.Bounds)
        {
            string at = $"{name} from {low} to {high}";
            Dictionary<double, double> kept =
                chances.Where(pair => !(pair.Key < low) && !(pair.Key > high)).ToDictionary(pair => pair.Key, pair => pair.Value);
            if (kept.Values.Sum() < 1e-300)
            {
                continue;   // nothing is left
            }
            Truncated truncated = new(source, low, high);
            SortedDictionary<double, double> found = CountMember.Chances(truncated);
            Assert.Equal(kept.Keys.Order(), found.Keys);
            foreach ((double value, double chance) in kept)
            {
                Close.Assert(found[value], chance / kept.Values.Sum(), 1e-9, 1e-13, $"{at} at {value}");
            }
            Check(truncated, found, at);
            if (low is 1 or 10 or 1.5 || high is 2.5 or 3)
            {
                Follow(truncated, found, at);
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Censoring_reports_what_lies_at_and_beyond_a_limit_as_the_limit(string name)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Distribution source = CountMember.All[name].Make();
        SortedDictionary<double, double> chances = CountMember.Chances(source);
        foreach ((double? low, double? high) in CountMember.Bounds)
        {
            if (low >= high || (low is { } l && !double.IsFinite(l)) || (high is { } h && !double.IsFinite(h)))
            {
                continue;   // limits are finite and apart
            }
            string at = $"{name} from {low} to {high}";
            Censored censored = new(source, low, high);
            SortedDictionary<double, double> expected = [];
            foreach ((double value, double chance) in chances)
            {
                double report = value < low ? low.Value : value > high ? high.Value : value;
                expected[report] = expected.GetValueOrDefault(report) + chance;
            }
            double[] limits = [.. new[] { low, high }.OfType<double>()];
            double[] scores = censored.LogProb(Tensor.From([.. expected.Keys])).Reshape([expected.Count]).ToArray<double>();
            Close.Assert([.. scores.Select(Math.Exp)], [.. expected.Values], 1e-9, 1e-13, at);
            Dictionary<double, double> all =
                CountMember.Chances(censored, limits).Where(pair => !(pair.Key < low) && !(pair.Key > high))
                    .ToDictionary(pair => pair.Key, pair => pair.Value);
            Assert.Equal(1, all.Values.Sum(), 1e-9);
            CheckFunctions(censored, expected, at);
            if (low is 1 or 2.5)
            {
                Follow(censored, expected, at);
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Intervals_between_cut_points_have_the_chances_of_their_counts(string name)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Distribution source = CountMember.All[name].Make();
        SortedDictionary<double, double> chances = CountMember.Chances(source);
        double[] cuts = [double.NegativeInfinity, -0.5, 0, 1, 2.5, 4, 9, double.PositiveInfinity];
        double sum = 0;
        IntervalCensored censored = new(source);
        for (int i = 0; i + 1 < cuts.Length; i++)
        {
            double score = censored.LogProb(Tensor.From(new double[,] { { cuts[i], cuts[i + 1] } })).Item();
            double expected = chances.Where(pair => pair.Key > cuts[i] && pair.Key <= cuts[i + 1]).Sum(pair => pair.Value);
            Close.Assert(Math.Exp(score), expected, 1e-9, 1e-13, $"{name} in ({cuts[i]}, {cuts[i + 1]}]");
            sum += Math.Exp(score);
        }
        Assert.Equal(1, sum, 1e-9);
        foreach ((double value, double chance) in chances.Where(pair => pair.Key is > -3 and < 5))
        {
            Close.Assert(Math.Exp(censored.LogProb(Tensor.From(new double[,] { { value, value } })).Item()), chance, 1e-9, 1e-13,
                $"{name} exactly {value}");
        }
        Assert.Equal(double.NegativeInfinity, new IntervalCensored(source).LogProb(Tensor.From(new double[,] { { 2.5, 2.5 } })).Item());
    }

    [Theory, MemberData(nameof(Names))]
    public void Extra_zeros_hurdles_and_folds_leave_the_other_counts_in_proportion(string name)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Distribution source = CountMember.All[name].Make();
        SortedDictionary<double, double> chances = CountMember.Chances(source);
        double above = chances.Where(pair => pair.Key > 0).Sum(pair => pair.Value);
        foreach (double gate in new[] { 0.25, 0.9 })
        {
            ZeroInflated inflated = new(source, gate: gate, validate: false);
            SortedDictionary<double, double> found = CountMember.Chances(inflated);
            Assert.All(chances,
                pair =>
                    Close.Assert(found[pair.Key], ((1 - gate) * pair.Value) + (pair.Key == 0 ? gate : 0), 1e-9, 1e-13,
                        $"{name} with extra zeros at {pair.Key}"));
            Check(inflated, found, $"{name} with extra zeros");
            Follow(inflated, found, $"{name} with extra zeros");

            Hurdle hurdle = new(source, gate: gate, validate: false);
            found = CountMember.Chances(hurdle);
            Assert.All(chances.Where(pair => pair.Key > 0),
                pair => Close.Assert(found[pair.Key], (1 - gate) * pair.Value / above, 1e-9, 1e-13, $"{name} behind a hurdle at {pair.Key}"));
            Assert.Equal(gate, found[0], 1e-12);
            Check(hurdle, found, $"{name} behind a hurdle");
            Follow(hurdle, found, $"{name} behind a hurdle");
        }
        Folded folded = new(source);
        SortedDictionary<double, double> sizes = CountMember.Chances(folded);
        Assert.All(sizes.Where(pair => pair.Value > 0),
            pair =>
                Close.Assert(pair.Value, chances.GetValueOrDefault(pair.Key) + (pair.Key == 0 ? 0 : chances.GetValueOrDefault(-pair.Key)), 1e-9,
                    1e-13, $"{name} folded at {pair.Key}"));
        Check(folded, sizes, $"{name} folded");
        Follow(folded, sizes, $"{name} folded");
    }

    [Theory, InlineData("Binomial"), InlineData("Mixture"), InlineData("ZeroInflatedNegativeBinomial")]
    public void Scores_of_some_combinators_have_the_gradients_of_their_differences(string name) => CompareWithDifferences(name);

    [Theory, MemberData(nameof(Names)), Trait("Category", "Long")]
    public void Scores_of_combinators_have_the_gradients_of_their_differences(string name) => CompareWithDifferences(name);

    private static void CompareWithDifferences(string name)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        CountMember member = CountMember.All[name];
        Distribution own = member.Make();
        (double? Low, double? High)[] bounds = [.. CountMember.Bounds.Where(b => b.Low is null or > -0.5 and < 7)];
        if (member.Parameters.Length == 0)
        {
            return;   // nothing to differentiate
        }
        SortedDictionary<double, double> chances = CountMember.Chances(own);
        foreach ((double? low, double? high) in bounds)
        {
            double[] kept =
                [.. chances.Where(pair => !(pair.Key < low) && !(pair.Key > high) && pair.Value > 1e-12).Select(pair => pair.Key).Take(4)];
            if (kept.Length > 0)
            {
                GradientCheck.Verify(p => new Truncated(member.MakeFrom(p), low, high).LogProb(Tensor.From(kept)).Sum(), member.Parameters, 1e-5,
                    1e-6);
            }
            if (low is null or > -0.5 && high is null or < 20 && !(low >= high))
            {
                double[] reports =
                    [.. kept.Concat(new[] { low, high }.OfType<double>())
                        .Where(
                            report =>
                                chances.Any(
                                    pair => pair.Key == report || (report == low && pair.Key < report) || (report == high && pair.Key > report)))
                                        .Distinct()];
                GradientCheck.Verify(p => new Censored(member.MakeFrom(p), low, high).LogProb(Tensor.From(reports)).Sum(), member.Parameters, 1e-5,
                    1e-6);
            }
        }
        double[] first = [.. chances.Where(pair => pair.Key >= 0 && pair.Value > 1e-12).Select(pair => pair.Key).Take(4)];
        Tensor gate = Tensor.Full(Shape.Scalar, 0.3);
        GradientCheck.Verify(p => new ZeroInflated(member.MakeFrom(p[..^1]), gate: p[^1], validate: false).LogProb(Tensor.From(first)).Sum(),
            [.. member.Parameters, gate], 1e-5, 1e-6);
        GradientCheck.Verify(p => new Hurdle(member.MakeFrom(p[..^1]), gate: p[^1], validate: false).LogProb(Tensor.From(first)).Sum(),
            [.. member.Parameters, gate], 1e-5, 1e-6);
        GradientCheck.Verify(p => new Folded(member.MakeFrom(p)).LogProb(Tensor.From(first)).Sum(), member.Parameters, 1e-5, 1e-6);
        GradientCheck.Verify(
            p => new IntervalCensored(member.MakeFrom(p))
                .LogProb(
                    Tensor.From(
                        new double[,] { { double.NegativeInfinity, 1 }, { 0, 2.5 }, { 1, double.PositiveInfinity } })[..(first.Length > 2 ? 3 : 1)])
                            .Sum(), member.Parameters, 1e-5, 1e-6);
    }

    /// <summary>All chances sum to one, and the distribution functions are their partial sums.</summary>
    private static void Check(Distribution distribution, SortedDictionary<double, double> chances, string name)
    {
        Assert.Equal(1, chances.Values.Sum(), 1e-9);
        CheckFunctions(distribution, chances, name);
    }

    private static void CheckFunctions(Distribution distribution, SortedDictionary<double, double> chances, string name)
    {
        double[] points = [-3, -2, -0.5, 0, 0.5, 1, 2, 2.5, 3, 5, 6.5, 10, 40];
        double[] below = [.. points.Select(x => chances.Where(pair => pair.Key <= x).Sum(pair => pair.Value))];
        double[] above = [.. points.Select(x => chances.Where(pair => pair.Key > x).Sum(pair => pair.Value))];
        Tensor at = Tensor.From(points);
        Close.Assert(distribution.Cdf(at).ToArray<double>(), below, 1e-9, 1e-12, $"{name}: P(X <= x)");
        Close.Assert(distribution.SurvivalFunction(at).ToArray<double>(), above, 1e-9, 1e-12, $"{name}: P(X > x)");
        Close.Assert([.. distribution.LogCdf(at).ToArray<double>().Select(Math.Exp)], below, 1e-9, 1e-12, $"{name}: log P(X <= x)");
        Close.Assert([.. distribution.LogSurvivalFunction(at).ToArray<double>().Select(Math.Exp)], above, 1e-9, 1e-12, $"{name}: log P(X > x)");
    }

    private static void Follow(Distribution distribution, IReadOnlyDictionary<double, double> chances, string name)
    {
        double[] draws = distribution.Sample(RandomKey.FromSeed(17), [Draws]).ToArray<double>();
        List<long> counts = [0];
        List<double> expected = [0];
        foreach ((double value, double chance) in chances.OrderBy(pair => pair.Key))
        {
            if (expected[^1] * Draws >= 8)
            {
                counts.Add(0);
                expected.Add(0);
            }
            counts[^1] += draws.Count(draw => draw == value);
            expected[^1] += chance;
        }
        Assert.Equal(Draws, counts.Sum());
        if (expected.Count > 2)
        {
            counts[^2] += counts[^1];
            expected[^2] += expected[^1];
            StatisticalAssert.ChiSquare([.. counts[..^1]], [.. expected[..^1]], FalseAlarmRate, name);
        }
    }
}
