using Pyrite.Checks;
using Pyrite.Combinators;
using Pyrite.Testing;

namespace Pyrite.Conformance;

/// <summary>A masked entry is no entry: every family with a row whose parameters and value are no numbers, or impossible ones, against the family
/// without that row.</summary>
public sealed class MaskedEntriesTests
{
    /// <summary>Members without parameters, of a fixed batch, or that put their parameters together before they have rows; others take the place of
    /// most of them.</summary>
    private static readonly string[] WithoutRows =
        ["ImproperUniform", "DiscreteUniform", "Empirical", "Expanded", "Masked", "Independent", "Mixture", "MixtureSameFamily"];

    private static readonly Dictionary<string, Family> All = RealFamilies.All.Concat(CountFamilies.All).Concat(ArrayFamilies.All)
        .Where(entry => !WithoutRows.Contains(entry.Key)).Concat(Combined()).ToDictionary(entry => entry.Key, entry => entry.Value);

    public static TheoryData<string> Names => [.. All.Keys];

    /// <summary>Combinators whose own parameters have rows.</summary>
    private static Dictionary<string, Family> Combined()
    {
        Tensor one = Scalar(0.4), other = Scalar(1.3), pair = Tensor.From([0.5, -1.0]), scales = Tensor.From([0.8, 1.7]);
        return new()
        {
            ["Independent"] = new([pair, scales], (p, v) => new Normal(p[0], p[1], v).ToEvent(1)),
            ["Masked within an event"] = new([pair, scales], (p, v) => new Normal(p[0], p[1], v).Mask(Tensor.From([true, false])).ToEvent(1)),
            ["Expanded"] =
                new([scales, scales],
                    (p, v) => new Gamma(p[0].Unsqueeze(-1), p[1].Unsqueeze(-1), v).Expand([.. Shape.Broadcast(p[0].Shape, p[1].Shape), 3])),
            ["Expanded rows"] = new([one, other], (p, v) => new Normal(p[0], p[1], v).ToEvent(0).Expand(Shape.Broadcast(p[0].Shape, p[1].Shape))),
            ["Mixture"] =
                new([pair, one, other, one, other],
                    (p, v) => new Mixture(new Categorical(logits: p[0], validate: v), new Normal(p[1], p[2], v), new Logistic(p[3], p[4], v))),
            ["MixtureSameFamily"] =
                new([pair, pair, scales], (p, v) => new MixtureSameFamily(new Categorical(logits: p[0], validate: v), new Normal(p[1], p[2], v), v)),
            ["MixtureSameFamily of bounded components"] =
                new([pair, pair, scales + 2],
                    (p, v) => new MixtureSameFamily(new Categorical(logits: p[0], validate: v), new Uniform(p[1], p[2], v), v)),
            ["Censored of bounds"] = new([one, other, Scalar(-1), Scalar(2)], (p, v) => new Censored(new Normal(p[0], p[1], v), p[2], p[3])),
            ["Truncated counts"] = new([other, Scalar(1), Scalar(6)], (p, v) => new Truncated(new Poisson(p[0], validate: v), p[1], p[2])),
            ["TransformedDistribution of parameters"] =
                new([one, other, one, other],
                    (p, v) => new TransformedDistribution(new Normal(p[0], p[1], v), new ExpTransform(), new AffineTransform(p[2], p[3], v))),
            ["TransformedDistribution of a power"] =
                new([one, other, other], (p, v) => new TransformedDistribution(new Gamma(p[0], p[1], v), new PowerTransform(p[2], v))),
            ["TransformedDistribution of a map turned round"] =
                new([one, other, one, other],
                    (p, v) => new TransformedDistribution(new Normal(p[0], p[1], v), new AffineTransform(p[2], p[3], v).Inverted.Cached)),
            ["TransformedDistribution of a spline"] =
                new([one, other, Tensor.From([0.2, 0.5, 0.3]), Tensor.From([0.3, 0.3, 0.4]), Tensor.From([0.7, 1.6])],
                    (p, v) => new TransformedDistribution(new Normal(p[0], p[1], v), new SplineTransform(p[2], p[3], p[4], 3, v))),
            ["TransformedDistribution of a matrix"] =
                new([pair, scales, pair, Tensor.From(new[,] { { 0.8, 0 }, { -0.4, 1.3 } })],
                    (p, v) => new TransformedDistribution(new Normal(p[0], p[1], v).ToEvent(1), new LowerCholeskyAffineTransform(p[2], p[3], v))),
            ["TransformedDistribution of another's function"] =
                new([one, other, one, other],
                    (p, v) => new TransformedDistribution(new Normal(p[0], p[1], v), new CdfTransform(new Normal(p[2], p[3], v)))),
            ["TransformedDistribution of an anchor"] =
                new([Tensor.From([1.2, 2, 0.7]), one],
                    (p, v) => new TransformedDistribution(new Dirichlet(p[0], v), new SimplexToOrderedTransform(p[1], v))),
            ["TransformedDistribution of entries"] =
                new([pair, scales, pair, scales],
                    (p, v) => new TransformedDistribution(new Normal(p[0], p[1], v).ToEvent(1),
                        new IndependentTransform(new ExpTransform().Then(new AffineTransform(p[2], p[3], v)), 1))),
            ["TransformedDistribution of stretches"] =
                new([pair, scales, one, other],
                    (p, v) => new TransformedDistribution(new Normal(p[0], p[1], v).ToEvent(1),
                        new ConcatTransform([new AffineTransform(p[2].Unsqueeze(-1), p[3].Unsqueeze(-1), v), new ExpTransform()], [1, 1]))),
            ["TransformedDistribution of an event"] =
                new([pair, scales], (p, v) => new TransformedDistribution(new Normal(p[0], p[1], v), new StickBreakingTransform())),
            ["Hurdle of log-odds"] = new([other, one], (p, v) => new Hurdle(new Poisson(p[0], validate: v), gateLogits: p[1], validate: v)),
            ["IntervalCensored of cut points"] =
                new([one, other, Tensor.From([-1.0, 0, 1.5])], (p, v) => new IntervalCensored(new Normal(p[0], p[1], v), p[2])),
        };
    }

    private static Tensor Scalar(double value) => Tensor.Full(Shape.Scalar, value, DType.Float64);

    [Theory, MemberData(nameof(Names))]
    public void Scores_and_gradients_are_those_without_the_row(string name)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        foreach (DType type in new[] { DType.Float64, DType.Float32 })
        {
            foreach (double bad in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0, -1, 1e300 })
            {
                for (int shared = -1; shared < (All[name].Parameters.Length > 1 ? All[name].Parameters.Length : 0); shared++)
                {
                    foreach (bool validate in new[] { false, true })
                    {
                        Check(name, type, bad, shared, validate);
                    }
                }
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void A_bad_row_that_counts_is_refused_beside_one_that_does_not(string name)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Family family = All[name];
        for (int bad = 0; bad < family.Parameters.Length; bad++)
        {
            Tensor[] rows =
                [.. family.Parameters.Select(
                    (p, i) =>
                        i == bad
                            ? Tensor.Stack([p, Tensor.Full(p.Shape, double.NaN, DType.Float64), Tensor.Full(p.Shape, double.NaN, DType.Float64)])
                            : Tensor.Stack([p, p, p]))];
            int rank = family.Make().BatchShape.Rank;
            using DeferredRefusals.Scope run = DeferredRefusals.Begin();
            Distribution masked = family.MakeFrom(rows, true).Mask(Tensor.From([true, false, true]).Reshape([3, .. Enumerable.Repeat(1, rank)]));
            ArgumentException error = Assert.ThrowsAny<ArgumentException>(() => MaskedCheck.Recheck(masked, null));
            Assert.Contains("must be", error.Message);
            Assert.Matches(@"found .*NaN.* at index \[2", error.Message);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Rows_that_count_are_drawn_beside_one_that_cannot_be(string name)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Family family = All[name];
        foreach (double bad in new[] { double.NaN, double.PositiveInfinity, 0, -1 })
        {
            using DeferredRefusals.Scope run = DeferredRefusals.Begin();
            Distribution rows =
                family.MakeFrom([.. family.Parameters.Select(p => Tensor.Stack([Tensor.Full(p.Shape, bad, DType.Float64), p]))], false);
            Tensor draws = rows.Sample(RandomKey.FromSeed(4), [20]);
            Assert.True(family.Make().Support.Check(draws.Slice(1, 1, 1).Squeeze(1)).All(), $"{name} beside a row of {bad}");
        }
    }

    private static void Check(string name, DType type, double bad, int shared, bool validate)
    {
        Family family = All[name];
        Tensor[] own = [.. family.Parameters.Select(p => p.To(type))];
        Tensor[] kept = [.. own.Select((p, i) => i == shared ? p : Tensor.Stack([p, p]))];
        Tensor[] spoilt = [.. own.Select((p, i) => i == shared ? p : Tensor.Stack([Tensor.Full(p.Shape, bad, type), p, p]))];
        Tensor value = family.MakeFrom(kept, false).Sample(RandomKey.FromSeed(3)).To(type);
        Tensor withRow = Tensor.Concat([Tensor.Full([1, .. value.Shape[1..]], bad, type), value]);
        int rank = family.Make().BatchShape.Rank;
        Tensor mask = Tensor.From([false, true, true]).Reshape([3, .. Enumerable.Repeat(1, rank)]);
        bool hasSlopes = !family.Make().IsDiscrete;

        (double[] want, double[][] slopes) = Scored(kept, value, null);
        (double[] have, double[][] found) = Scored(spoilt, withRow, mask);

        string what = $"{name} in {type} with {bad}, parameter {shared} shared, validate: {validate}";
        int row = want.Length / 2;
        Assert.All(have.Take(row), score => Assert.Equal(0, score));
        double tolerance = type == DType.Float64 ? 1e-12 : 1e-6;
        Close.Assert(have[row..], want, tolerance, tolerance, what);
        for (int i = 0; i < slopes.Length; i++)
        {
            int skipped = i == shared ? 0 : slopes[i].Length / 2;
            Assert.All(found[i].Take(skipped),
                slope => Assert.True(slope == 0, $"{what}: slope {slope} of input {i} in the row that does not count"));
            Close.Assert(found[i][skipped..], slopes[i], 10 * tolerance, 10 * tolerance, $"{what}: slope of input {i}");
        }

        (double[] Scores, double[][] Slopes) Scored(Tensor[] parameters, Tensor point, Tensor? counts)
        {
            Tensor[] inputs = [.. parameters.Select(p => p.AsVariable()), .. hasSlopes ? new[] { point.AsVariable() } : []];
            using DeferredRefusals.Scope run = DeferredRefusals.Begin();
            Distribution made = family.MakeFrom(inputs[..parameters.Length], validate);
            Distribution masked = counts is null ? made : made.Mask(counts);
            MaskedCheck.Recheck(masked, null);
            DeferredRefusals.RequireNone();
            Tensor scores = masked.LogProb(hasSlopes ? inputs[^1] : point);
            Tensor weights =
                Tensor.From(scores.Shape[0] == 3 ? [7, 1, 1.5] : new[] { 1, 1.5 })
                    .Reshape([scores.Shape[0], .. Enumerable.Repeat(1, scores.Rank - 1)]).To(type);
            Tensor total = (scores * weights).Sum();
            double[][] gradients =
                total.RequiresGradient
                    ? [.. Gradient.Of(total, inputs).Select(g => g.ToArray<double>())]
                    : [.. inputs.Select(input => new double[input.Count])];
            return (scores.ToArray<double>(), gradients);
        }
    }
}
