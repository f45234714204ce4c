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
        double worst = 0, squares = 0;
        int count = 0;
        string where = "";
        foreach ((string number, ReferenceMoments moments) in reference.Parameters)
        {
            if (Scalar(draws, number) is not { } values)
            {
                continue;
            }
            double apart = Math.Abs(values.Average() - moments.Mean) / moments.StandardDeviation;
            (worst, where) = apart > worst ? (apart, number) : (worst, where);
            (squares, count) = (squares + (apart * apart), count + 1);
        }
        double error = Math.Sqrt(squares / count);
        int evaluations = found.Paths.Sum(path => path.Evaluations), gradients = found.Paths.Sum(path => path.Gradients);
        (double warmup, double needed) = NutsGradients(reference, error);
        output.WriteLine(FormattableString.Invariant(
            $"{name}: k {found.ParetoK:F2}, effective {found.Smoothing.EffectiveSize:F0}, farthest {worst:F2} ({where}), error {error:F3}, ")
            + FormattableString.Invariant($"{evaluations} densities, {gradients} gradients; NUTS {warmup:F0} of warm-up, {needed:F0} of draws"));
        if (found.IsReliable)
        {
            Assert.True(10 * gradients <= warmup + needed, FormattableString.Invariant(
                $"Pathfinder took {gradients} gradients, NUTS needs {warmup:F0} and {needed:F0} for the same error of {error:F3}."));

            // Six standard errors of resampled draws, and a twentieth of a standard deviation for what smoothing leaves.
            double allowed = (6 / Math.Sqrt(Math.Min(found.Smoothing.EffectiveSize, 2_000))) + 0.05;
            Assert.True(worst < allowed, FormattableString.Invariant($"{where} is {worst:F2} standard deviations off, {allowed:F2} are allowed."));
        }
        else
        {
            Assert.Contains(found.Advice, advice => advice.StartsWith("Pareto k", StringComparison.Ordinal));
        }
    }

    /// <summary>How many gradients NUTS takes before its draws count, and for as many draws as have the same error of means: a hundred effective ones
    /// have an error of a tenth of a standard deviation. By the mean over all numbers of the error's square, from one chain.</summary>
    private static (double Warmup, double Draws) NutsGradients(PosteriorReference reference, double error)
    {
        const int Warmup = 500, Draws = 1_000;
        Potential potential = Potential.Of(PosteriordbModels.Of(reference));
        RandomKey key = RandomKey.FromSeed(1);
        Nuts sampler = PosteriordbModels.SamplerOf(reference);
        double[] start = (PosteriordbModels.StartOf(reference) ?? InitialValues.Uniform).Choose(potential, 0, key.Child("start"));
        ChainState state = sampler.Start(potential, start, Warmup, key);
        double before = 0, after = 0;
        int width = potential.Quantities.Sum(quantity => (int)quantity.Shape.Count);
        double[] values = new double[Draws * width];
        for (int i = -Warmup; i < Draws; i++)
        {
            state = sampler.Step(potential, state);
            (before, after) = i < 0 ? (before + state.Last.LeapfrogSteps, after) : (before, after + state.Last.LeapfrogSteps);
            if (i >= 0)
            {
                potential.Constrain(state.Position, values.AsSpan(i * width, width));
            }
        }
        IEnumerable<double> variances = Enumerable.Range(0, width)
            .Select(k => 1 / ChainDiagnostics.EssBulk([.. Enumerable.Range(0, Draws).Select(i => values[(i * width) + k])], 1))
            .Where(double.IsFinite);
        return (before, after * variances.Average() / (error * error));
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
