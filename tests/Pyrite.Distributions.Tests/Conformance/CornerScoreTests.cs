using System.Globalization;
using System.Text.RegularExpressions;

namespace Pyrite.Conformance;

/// <summary>Scores and their gradients at the corners of every family: equal to difference quotients from inside the constraint, never NaN, and alike
/// in both precisions.</summary>
[Trait("Once", "Cultures")]
public sealed class CornerScoreTests
{
    private const double Tolerance = 1e-4;
    private const int Some = 5;
    private const double SmallestSlope = 1e-14;   // differences of probabilities near 1 have no more

    private static readonly Dictionary<string, Family> All =
        RealFamilies.All.Concat(CountFamilies.All).Concat(ArrayFamilies.All).ToDictionary(entry => entry.Key, entry => entry.Value);

    public static TheoryData<string> Names => [.. All.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Gradients_at_some_corners_are_one_sided_quotients(string name) => CompareWithQuotients(name, Some);

    [Theory, MemberData(nameof(Names)), Trait("Category", "Long")]
    public void Gradients_at_all_corners_are_one_sided_quotients(string name) => CompareWithQuotients(name, 1);

    [Theory, MemberData(nameof(Names))]
    public void Corners_score_alike_in_both_precisions(string name) => Report(name, 1, Apart);

    [Fact]
    public void Every_exception_is_of_a_family_and_says_why() => Assert.All(CornerExceptions.All, line =>
    {
        Assert.Contains(line.Family, All.Keys);
        Assert.NotEmpty(line.Reason);
        Assert.Contains(Corners.Of(line.Family, All[line.Family]), corner => Regex.IsMatch(corner.Name, line.Pattern));
    });

    /// <summary>What has been mended leaves the list, so that the list says what is so.</summary>
    [Fact]
    [Trait("Category", "Long")]
    public void Every_exception_is_needed()
    {
        List<string> idle = [];
        foreach (CornerException line in CornerExceptions.All)
        {
            Corner[] matching = [.. Corners.Of(line.Family, All[line.Family]).Where(corner => Regex.IsMatch(corner.Name, line.Pattern))];
            bool isNeeded = Array.Exists(matching, corner => Apart(corner).Any());
            using Precision.Scope precision = Precision.Use(DType.Float64);
            if (!isNeeded && !Array.Exists(matching, corner => Wrong(corner).Any()))
            {
                idle.Add($"{line.Family} {line.Pattern}");
            }
        }
        Assert.True(idle.Count == 0, $"no longer needed:\n{string.Join("\n", idle)}");
    }

    private static void CompareWithQuotients(string name, int every)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Report(name, every, Wrong);
    }

    private static void Report(string name, int every, Func<Corner, IEnumerable<string>> faults)
    {
        List<string> found = [];
        foreach (Corner corner in Corners.Of(name, All[name]).Where((_, i) => i % every == 0))
        {
            bool excused = CornerExceptions.All.Any(line => line.Family == name && Regex.IsMatch(corner.Name, line.Pattern));
            found.AddRange(excused ? [] : faults(corner).Select(fault => $"{corner.Name}: {fault}"));
        }
        Assert.True(found.Count == 0, $"{found.Count} faults:\n{string.Join("\n", found.Take(40))}");
    }

    /// <summary>What is wrong with value and gradients in Float64.</summary>
    private static IEnumerable<string> Wrong(Corner corner)
    {
        (double score, double[][] gradients) = Scored(corner, DType.Float64);
        if (double.IsNaN(score))
        {
            yield return "the score is NaN";
            yield break;
        }
        Tensor[] inputs = [.. corner.Parameters, corner.Value];
        for (int i = 0; i < gradients.Length; i++)
        {
            double[] entries = inputs[i].ToArray<double>();
            for (int k = 0; k < entries.Length; k++)
            {
                Tensor[] Moved(double x)
                {
                    double[] changed = [.. entries];
                    changed[k] = x;
                    Tensor[] moved = [.. inputs];
                    moved[i] = Tensor.From<double>(changed, inputs[i].Shape);
                    return moved;
                }
                double At(double x) => corner.Density(Moved(x)).Sum().Item();
                double got = gradients[i][k];
                OneSidedQuotient[][] sides =
                    [.. new[] { 1, -1 }
                        .Select(
                            side =>
                                OneSidedQuotient.Of(At, x => corner.Admits(Moved(x)), entries[k], side).Where(quotient => quotient.IsKnown)
                                    .ToArray())];
                OneSidedQuotient[] all = [.. sides.SelectMany(side => side)];
                if (double.IsNaN(got)
                    || (all.Length > 0 && !all.Any(quotient => Agrees(got, quotient, quotient))
                        && !sides[0].Zip(sides[1]).Any(pair => Agrees(got, pair.First, pair.Second))))
                {
                    yield return Fault(corner, i, k, got,
                        string.Join(", ",
                            all.OrderBy(quotient => quotient.Error / Math.Abs(quotient.Value)).Take(3)
                                .Select(quotient => $"{Text(quotient.Value)} ± {quotient.Error:G2}")), "quotients give");
                }
            }
        }
    }

    /// <summary>At a kink the derivatives of the two sides differ, and anything between them is a gradient.</summary>
    private static bool Agrees(double got, OneSidedQuotient one, OneSidedQuotient other)
    {
        static double Reach(OneSidedQuotient quotient) =>
            double.IsInfinity(quotient.Value) ? 0 : (Tolerance * Math.Abs(quotient.Value)) + (3 * quotient.Error) + SmallestSlope;
        return got >= Math.Min(one.Value - Reach(one), other.Value - Reach(other))
            && got <= Math.Max(one.Value + Reach(one), other.Value + Reach(other));
    }

    /// <summary>What differs between the precisions, at the numbers that Float32 has.</summary>
    private static IEnumerable<string> Apart(Corner corner)
    {
        Corner narrow = corner with { Parameters = [.. corner.Parameters.Select(Rounded)], Value = Rounded(corner.Value) };
        double wideScore;
        double[][] wideGradients;
        using (Precision.Use(DType.Float64))
        {
            if (!narrow.Admits([.. narrow.Parameters, narrow.Value]))
            {
                yield break;
            }
            (wideScore, wideGradients) = Scored(narrow, DType.Float64);
        }
        (double score, double[][] gradients) = Scored(narrow, DType.Float32);
        if (!Alike(score, wideScore, 1e-6))
        {
            yield return $"the score is {Text(score)}, in Float64 {Text(wideScore)}";
        }
        for (int i = 0; i < gradients.Length; i++)
        {
            double largest = wideGradients[i].Where(double.IsFinite).Select(Math.Abs).Append(0).Max();
            for (int k = 0; k < gradients[i].Length; k++)
            {
                if (!Alike(gradients[i][k], wideGradients[i][k], gradients[i].Length > 1 ? 1e-6 * largest : 0))
                {
                    yield return Fault(narrow, i, k, gradients[i][k], Text(wideGradients[i][k]), "in Float64");
                }
            }
        }
    }

    /// <summary>Numbers too large or too small for Float32 may become infinite or 0.</summary>
    private static bool Alike(double narrow, double wide, double absolute) =>
        double.IsNaN(wide) || Math.Abs(wide) > float.MaxValue * (1 - Tolerance)
            ? Math.Abs(narrow) > 0.99 * float.MaxValue && Math.Sign(narrow) == Math.Sign(wide)
        : Math.Abs(narrow - wide) <= (Tolerance * Math.Abs(wide)) + absolute + 1.2e-38;

    private static (double Score, double[][] Gradients) Scored(Corner corner, DType type)
    {
        bool moves = corner.ValueMoves;
        Tensor[] inputs = [.. corner.Parameters.Append(corner.Value).Select(input => input.To(type))];
        Tensor[] variables = [.. (moves ? inputs : inputs[..^1]).Select(input => input.AsVariable())];
        Tensor score = corner.Density(moves ? variables : [.. variables, inputs[^1]]).Sum();
        Tensor?[] gradients = variables.Length == 0 || !score.RequiresGradient ? [] : Gradient.OrNull(score, variables);
        return (score.Item(), [.. gradients.Select((gradient, i) => gradient?.ToArray<double>() ?? new double[variables[i].Count])]);
    }

    private static Tensor Rounded(Tensor x) => x.To(DType.Float32).To(DType.Float64);

    private static string Fault(Corner corner, int input, int entry, double got, string want, string source) =>
        $"gradient of {(input == corner.Parameters.Length ? "the value" : $"parameter {input}")} [{entry}] is {Text(got)}, {source} {want}";

    private static string Text(double x) => x.ToString("R", CultureInfo.InvariantCulture);
}
