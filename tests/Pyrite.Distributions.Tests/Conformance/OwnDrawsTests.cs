using System.Globalization;
using System.Text.RegularExpressions;

namespace Pyrite.Conformance;

/// <summary>What a family draws it can score, at all its corners and in both types: the score is finite, and gradients are no NaN.</summary>
[Trait("Once", "Cultures")]
public sealed class OwnDrawsTests
{
    private const int Draws = 60;
    private const string Slow = "Truncated";   // whose draws far from the mass are searched for
    private const ulong SlopesOf = 5;

    private static readonly Dictionary<string, Family> All =
        RealFamilies.All.Concat(CountFamilies.All).Concat(ArrayFamilies.All).Concat(Images.All).Where(entry => entry.Key != "ImproperUniform")
            .ToDictionary(entry => entry.Key, entry => entry.Value);

    /// <summary>Members without any density or count that could be drawn, with the reason.</summary>
    private static readonly (string Pattern, string Reason)[] WithoutDraws =
    [
        (@"^NegativeBinomial\(3.5; 1\)|^NegativeBinomial of log-odds\(3.5; 1(E\+|0)|^ZeroInflatedNegativeBinomial\(3; 1;",
            "success is certain: no count is large enough"),
        (@"^Geometric\((0|-Infinity)\)|^Hurdle\(0;|^ZeroInflated\(0;", "success, or a count above 0, is impossible: no count is large enough"),
        (@"^(Poisson|NegativeBinomial2) of a logarithm\(1(E\+|0)", "the mean e^1000 is no number"),
        (@"^(ContinuousBernoulli|RelaxedBernoulli)\([01]\)", "all mass lies at one end, where the density is infinite"),
        (@"^(exp of exp|positive ordered Student)", "the log-density itself holds an exponential that is too large for a number"),
        (@"^Truncated\((1000000000000; 1.4|2.3; 1000000000000);",
            "in Float32: slopes of a mass 1e12 scales away, which the corners that fall short name"),
        (@"^GaussianMarkovRandomField\(0.1 -0.4 1; 1;", "at correlation 1 the covariance does not exist"),
    ];

    public static TheoryData<string> Names => [.. All.Keys.Where(name => name != Slow)];

    [Theory, MemberData(nameof(Names))]
    public void A_draw_has_a_finite_score(string name) => Check(name);

    [Fact, Trait("Category", "Long")]
    public void A_draw_of_a_truncated_family_has_a_finite_score() => Check(Slow);

    private static void Check(string name)
    {
        List<string> faults = [];
        foreach (Corner corner in Corners.Of(name, All[name]).DistinctBy(corner => (Member(corner), corner.MakeFrom)))
        {
            foreach (DType type in new[] { DType.Float64, DType.Float32 })
            {
                using Precision.Scope precision = Precision.Use(type);
                string? fault = FaultOf(corner, type);
                if (fault is not null && !WithoutDraws.Any(row => Regex.IsMatch(Member(corner), row.Pattern)))
                {
                    faults.Add($"{Member(corner)} in {type}: {fault}");
                }
            }
        }
        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    [Fact]
    [Trait("Category", "Long")]
    public void Every_exception_is_needed()
    {
        string[] names =
            ["NegativeBinomial", "Geometric", "Poisson of a logarithm", "ContinuousBernoulli", "exp of exp", Slow, "GaussianMarkovRandomField"];
        Corner[] corners =
            [.. names.SelectMany(name => Corners.Of(name, All[name]).DistinctBy(Member))
                .Where(corner => WithoutDraws.Any(row => Regex.IsMatch(Member(corner), row.Pattern)) && HasFault(corner))];
        Assert.All(WithoutDraws, row => Assert.Contains(corners, corner => Regex.IsMatch(Member(corner), row.Pattern)));
    }

    private static bool HasFault(Corner corner) => Array.Exists([DType.Float64, DType.Float32], type =>
    {
        using Precision.Scope precision = Precision.Use(type);
        return FaultOf(corner, type) is not null;
    });

    private static string Member(Corner corner) => corner.Name.Split(" at ")[0];

    private static string? FaultOf(Corner corner, DType type)
    {
        try
        {
            Tensor[] parameters = [.. corner.Parameters.Select(p => p.To(type).AsVariable())];
            Distribution member = corner.MakeFrom(parameters, true);
            Tensor draws = member.Sample(RandomKey.FromSeed(5), [Draws]);
            Tensor score = member.LogProb(draws);
            double[] scores = score.ToArray<double>();
            int bad = Array.FindIndex(scores, x => !double.IsFinite(x));
            if (bad >= 0)
            {
                double[] all = draws.ToArray<double>();
                int size = all.Length / scores.Length;
                return string.Create(CultureInfo.InvariantCulture, $"{scores[bad]} at {string.Join(" ", all[(bad * size)..((bad + 1) * size)])}");
            }
            if (!draws.RequiresGradient || member is TransformedDistribution)
            {
                return null;   // an image that is infinite has an infinite slope
            }
            for (ulong seed = 0; seed < SlopesOf; seed++)
            {
                Tensor[] slopes = Gradient.Of(member.Sample(RandomKey.FromSeed(seed)).Sum(), parameters);
                if (slopes.Any(slope => slope.ToArray<double>().Any(double.IsNaN)))
                {
                    return $"draw {seed} has gradients {string.Join("; ", slopes.Select(slope => slope.ToString()))}";
                }
            }
            return null;
        }
        catch (ArgumentException error)
        {
            return error.Message[..Math.Min(200, error.Message.Length)];
        }
    }

    /// <summary>Images of heavy tails and of narrow and wide families under every map of single numbers.</summary>
    private static class Images
    {
        public static readonly Dictionary<string, Family> All = new()
        {
            ["exp of a Cauchy"] = Of([0.3, 2], (p, v) => new Cauchy(p[0], p[1], v), new ExpTransform()),
            ["softplus of a Cauchy"] = Of([0.3, 2], (p, v) => new Cauchy(p[0], p[1], v), new SoftplusTransform()),
            ["sigmoid of a Cauchy"] = Of([0.3, 2], (p, v) => new Cauchy(p[0], p[1], v), new SigmoidTransform()),
            ["tanh of a Cauchy"] = Of([0.3, 2], (p, v) => new Cauchy(p[0], p[1], v), new TanhTransform()),
            ["elu of a Cauchy"] = Of([0.3, 2], (p, v) => new Cauchy(p[0], p[1], v), new EluTransform(1)),
            ["interval of a Student"] =
                Of([1, 0, 2], (p, v) => new StudentT(p[0], p[1], p[2], v), new SigmoidTransform(), new AffineTransform(-1, 4)),
            ["logit-normal"] = Of([0.3, 2], (p, v) => new Normal(p[0], p[1], v), new SigmoidTransform()),
            ["square of a half Cauchy"] = Of([2], (p, v) => new HalfCauchy(p[0], v), new PowerTransform(2)),
            ["inverse of a Gamma"] = Of([0.3, 2], (p, v) => new Gamma(p[0], p[1], v), new PowerTransform(-1)),
            ["cube of a LogNormal"] = Of([0.3, 2], (p, v) => new LogNormal(p[0], p[1], v), new PowerTransform(3)),
            ["exp of exp"] = Of([0.3, 1], (p, v) => new Normal(p[0], p[1], v), new ExpTransform(), new ExpTransform()),
            ["quantile of a Uniform"] =
                new([], (_, v) => new TransformedDistribution(new Uniform(0, 1, v), new CdfTransform(new Normal(0, 1)).Inverted)),
            ["ordered Student"] =
                new([Tensor.From([0.3, 0.1, -0.2])],
                    (p, v) => new TransformedDistribution(new StudentT(1, p[0], 1, v), new OrderedTransform())),
            ["positive ordered Student"] =
                new([Tensor.From([0.3, 0.1, -0.2])],
                    (p, v) => new TransformedDistribution(new StudentT(1, p[0], 1, v), new PositiveOrderedTransform())),
            ["sticks of a Student"] =
                new([Tensor.From([0.3, 0.1, -0.2])],
                    (p, v) => new TransformedDistribution(new StudentT(1, p[0], 1, v), new StickBreakingTransform())),
            ["factor of a Student"] =
                new([Tensor.From([0.3, 0.1, -0.2])],
                    (p, v) => new TransformedDistribution(new StudentT(1, p[0], 1, v), new LowerCholeskyTransform())),
            ["correlation of a Student"] =
                new([Tensor.From([0.3, 0.1, -0.2])],
                    (p, v) => new TransformedDistribution(new StudentT(1, p[0], 1, v), new CorrelationCholeskyTransform())),
        };

        private static Family Of(double[] parameters, Func<Tensor[], bool, Distribution> make, params Transform[] maps) =>
            new([.. parameters.Select(p => Tensor.Full(Shape.Scalar, p, DType.Float64))], (p, v) => new TransformedDistribution(make(p, v), maps));
    }
}
