using System.Globalization;

namespace Pyrite.Conformance;

/// <summary>Quantiles at the corners of every family: never NaN, the ends of the support for chances of 0 and 1, and inverse to the distribution
/// function.</summary>
[Trait("Once", "Cultures")]
public sealed class QuantileCornerTests
{
    private const double Tolerance = 1e-6;
    private const double Rounding = 1e-15;   // of a chance and what it lacks to 1
    private const double Farthest = 1e140;   // squares are numbers

    private static readonly double[] Chances = [0, 1e-300, 1e-12, 0.3, 0.5, 0.9, 1 - 1e-12, 1];

    private static readonly Dictionary<string, Family> All =
        RealFamilies.All.Concat(CountFamilies.All).Concat(ArrayFamilies.All).ToDictionary(entry => entry.Key, entry => entry.Value);

    /// <summary>Families whose distribution function has steps though values are real, and those with a member whose quantiles have fewer digits,
    /// with the reason.</summary>
    private static readonly Dictionary<string, string> Excused = new()
    {
        ["Censored"] = "All that lies beyond a limit is reported at the limit: the distribution function has steps.",
        ["IntervalCensored"] = "Values are intervals.",
        ["Empirical"] = "The distribution function has steps.",
        ["Truncated"] = "A chance of the part between bounds far below the bulk is the difference of two chances of the whole.",
        ["TruncatedNormal"] = "Quantiles near a bound are differences of chances of the whole.",
        ["TruncatedCauchy"] = "Quantiles near a bound are differences of chances of the whole.",
        ["Folded"] = "The chance of values near 0 is the difference of two chances.",
        ["FoldedNormal"] = "The chance of values near 0 is the difference of two chances.",
    };

    public static TheoryData<string> Names =>
        [.. All.Where(entry => entry.Value.Make() is { EventShape.Rank: 0, BatchShape.Rank: 0, HasDistributionFunction: true })
            .Select(entry => entry.Key)];

    [Theory, MemberData(nameof(Names))]
    public void Quantiles_are_numbers_and_invert_the_distribution_function(string name)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        HashSet<string> seen = [];
        List<string> faults = [];
        foreach (Corner corner in Corners.Of(name, All[name]))
        {
            Distribution member = corner.MakeFrom(corner.Parameters, false);
            string parameters = string.Join("; ", corner.Parameters.Select(p => Text(p.ToArray<double>()[0])));
            if (member.BatchShape.Rank > 0 || !seen.Add(parameters))
            {
                continue;
            }
            foreach (double p in Chances)
            {
                faults.AddRange(
                    Faults(member, p, false, name).Concat(Faults(member, p, true, name)).Select(fault => $"{name}({parameters}): {fault}"));
            }
        }
        Assert.True(faults.Count == 0, $"{faults.Count} faults:\n{string.Join("\n", faults.Take(30))}");
    }

    private static IEnumerable<string> Faults(Distribution member, double p, bool isUpper, string name)
    {
        Tensor chance = Tensor.From([p]);
        double x = (isUpper ? member.InverseSurvivalFunction(chance) : member.InverseCdf(chance)).ToArray<double>()[0];
        string what = $"{(isUpper ? "InverseSurvivalFunction" : "InverseCdf")}({Text(p)}) is {Text(x)}";
        if (double.IsNaN(x))
        {
            yield return what;
            yield break;
        }
        if (member.IsDiscrete || member.IsCircular || Excused.ContainsKey(name))
        {
            yield break;
        }
        (double? low, double? high) = (member.Support.LowerEnd?.Item(), member.Support.UpperEnd?.Item());
        if (p is 0 or 1)
        {
            double end = (p == 0) != isUpper ? low ?? double.NegativeInfinity : high ?? double.PositiveInfinity;
            if (x != end && !IsDegenerate(member))
            {
                yield return $"{what}, the support ends at {Text(end)}";
            }
            yield break;
        }

        // A quantile that rounds onto an end, or to a tiny or huge number, has no digits left to compare.
        double distance = Math.Min(x - (low ?? -1e308), (high ?? 1e308) - x);
        if (!double.IsFinite(x) || Math.Abs(x) > Farthest || (Math.Abs(x) < 1e-290 && x != 0.0) || x == 0 || distance <= 1e-9 * Math.Abs(x)
            || p < 1e-290)
        {
            yield break;
        }
        double got = (isUpper ? member.SurvivalFunction(Tensor.From([x])) : member.Cdf(Tensor.From([x]))).ToArray<double>()[0];
        double slack = Math.Exp(member.LogProb(Tensor.From([x])).ToArray<double>()[0]) * Math.Abs(x) * 1e-14;   // what the rounding of x moves
        if (!(Math.Abs(got - p) <= (Tolerance * p) + Rounding + slack))
        {
            yield return $"{what}, where the chance is {Text(got)}";
        }
    }

    /// <summary>All at one point: every quantile is that point.</summary>
    private static bool IsDegenerate(Distribution member) =>
        (member as ContinuousBernoulli)?.Logits.Item() is double.NegativeInfinity or double.PositiveInfinity
        || (member as RelaxedBernoulli)?.Logits.Item() is double.NegativeInfinity or double.PositiveInfinity;

    private static string Text(double x) => x.ToString("R", CultureInfo.InvariantCulture);
}
