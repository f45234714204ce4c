using System.Globalization;
using Pyrite.Testing;
using Xunit.Abstractions;

namespace Pyrite.Tests;

/// <summary>Pathfinder on the posteriors of the reference: where its k-hat promises means, they are right; where it does not, it says so.</summary>
[Trait("Once", "Cultures")]
public sealed class PosteriordbPathfinderTests(ITestOutputHelper output)
{
    public static TheoryData<string> Names => [.. PosteriordbModels.Names];

    [PosteriordbTheory]
    [MemberData(nameof(Names))]
    [Trait("Category", "Long")]
    public void Means_are_those_of_the_reference_where_k_promises_it(string name)
    {
        PosteriorReference reference = PosteriorReference.Load(name);
        PathfinderResult found = Pathfinder.Run(PosteriordbModels.Of(reference), draws: 2_000, seed: 1);
        Draws draws = PosteriordbModels.Reported(reference, found.Draws);
        double worst = 0;
        string where = "";
        foreach ((string number, ReferenceMoments moments) in reference.Parameters)
        {
            if (Scalar(draws, number) is not { } values)
            {
                continue;
            }
            double apart = Math.Abs(values.Average() - moments.Mean) / moments.StandardDeviation;
            (worst, where) = apart > worst ? (apart, number) : (worst, where);
        }
        int evaluations = found.Paths.Sum(path => path.Evaluations);
        output.WriteLine(FormattableString.Invariant(
            $"{name}: k {found.ParetoK:F2}, effective {found.Smoothing.EffectiveSize:F0}, farthest {worst:F2} ({where}), {evaluations} densities"));
        if (found.IsReliable)
        {
            // Six standard errors of resampled draws, and a twentieth of a standard deviation for what smoothing leaves.
            double allowed = (6 / Math.Sqrt(Math.Min(found.Smoothing.EffectiveSize, 2_000))) + 0.05;
            Assert.True(worst < allowed, FormattableString.Invariant($"{where} is {worst:F2} standard deviations off, {allowed:F2} are allowed."));
        }
        else
        {
            Assert.Contains(found.Advice, advice => advice.StartsWith("Pareto k", StringComparison.Ordinal));
        }
    }

    /// <summary>A number by the reference's name, which counts from 1; null where the model does not report it.</summary>
    private static double[]? Scalar(Draws draws, string name)
    {
        string[] parts = name.Split('[', ']');
        if (!draws.Contains(parts[0]))
        {
            return null;
        }
        if (parts.Length == 1)
        {
            return draws.Scalar(name);
        }
        IEnumerable<string> indices =
            parts[1].Split(',').Select(index => FormattableString.Invariant($"{int.Parse(index, CultureInfo.InvariantCulture) - 1}"));
        return draws.Scalar($"{parts[0]}[{string.Join(',', indices)}]");
    }
}
