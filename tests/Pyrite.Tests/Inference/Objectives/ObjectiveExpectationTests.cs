using System.Collections.Concurrent;
using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>The mean loss and gradients of every objective against quadrature, for draws with and without gradients.</summary>
/// <remarks>Losses may be 7 standard errors off and gradients 5.5; steps see a new subsample each, whose own mean is subtracted. With the thirty
/// steps of a loss the chance of a false alarm is below 2e-7 a number, with the tens of thousands of copies of a gradient below 4e-8: below 1e-3 for
/// all numbers of the table together. Seeds are fixed.</remarks>
[Trait("Once", "Cultures")]
public sealed class ObjectiveExpectationTests
{
    private const int Copies = 1000;
    private const int Steps = 30;
    private const double LossErrors = 7;
    private const double GradientErrors = 5.5;

    // By arrangement, subsample and what the bound depends on: computed once for all objectives that have the same bound.
    private static readonly ConcurrentDictionary<(string, string, double?, int), (double Loss, double[] Gradient)> Known = [];

    private static readonly ObjectiveCase[] Cases = [.. RowCases.All(), .. NestedCases.All(), .. OtherFamilyCases.All()];

    public static TheoryData<string, string, int, bool> Everyday => Cells(isEveryday: true);

    public static TheoryData<string, string, int, bool> Others => Cells(isEveryday: false);

    [Fact]
    public void Every_objective_of_the_library_is_in_the_table()
    {
        IEnumerable<Type> objectives = typeof(Elbo).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Elbo)) && !type.IsAbstract);
        Assert.Equal(objectives.Select(type => type.Name).Order(), ObjectiveTable.All.Select(row => row.Make(1).GetType().Name).Distinct().Order());
    }

    [Fact]
    public void The_exact_numbers_are_those_of_independent_computations()
    {
        // SciPy: -log N(y; 0, 2) summed; the evidence lower bound in closed form; the bound of two particles by two-dimensional quadrature.
        double[] theta = [0.7, -0.05, 1.2, 0.8, 0.8, 0.8, 0];
        ExactPart[] parts = RowCases.Of("plate", "", "").Parts([0, 1, 2]);
        Assert.Equal(5.10903637, RowCases.Y.Sum(y => -Gaussian.LogDensity(y, 0, Math.Sqrt(2))), 1e-8);
        Assert.Equal(5.27874625, parts.Sum(part => part.Elbo(theta)), 1e-8);
        Assert.Equal(5.17856931, parts.Sum(part => part.Bound(theta, 1, 2)), 1e-8);
    }

    [Theory]
    [MemberData(nameof(Everyday))]
    public void Mean_loss_and_gradients_are_exact(string objective, string arrangement, int particles, bool isScore) =>
        Check(objective, arrangement, particles, isScore);

    [Theory]
    [Trait("Category", "Long")]
    [MemberData(nameof(Others))]
    public void Mean_loss_and_gradients_are_exact_in_the_whole_table(string objective, string arrangement, int particles, bool isScore) =>
        Check(objective, arrangement, particles, isScore);

    [Theory]
    [InlineData("global, subsampled", true)]
    [InlineData("nested, inner subsampled", true)]
    [InlineData("global", false)]
    [InlineData("subsampled", false)]
    [InlineData("two plates and a constant", false)]
    public void Where_a_logarithm_would_be_no_bound_the_objective_says_which_sites_it_averages(string arrangement, bool isAveraged)
    {
        ImportanceWeightedElbo weighted = new(3);
        RenyiElbo renyi = new(0.5, 3);
        foreach (Elbo objective in (Elbo[])[weighted, renyi])
        {
            Begin(Cases.Single(one => one.Name == arrangement), objective, false, out _).Step(0);
        }
        Assert.Equal(isAveraged, weighted.AveragedSites.Contains("y"));
        Assert.Equal(isAveraged, renyi.AveragedSites.Contains("y"));
    }

    private static TheoryData<string, string, int, bool> Cells(bool isEveryday)
    {
        TheoryData<string, string, int, bool> cells = [];
        int number = 0;
        foreach (ObjectiveCase one in Cases)
        {
            foreach (ObjectiveTable.Row row in ObjectiveTable.All)
            {
                foreach (int particles in (int[])[1, 2, 10])
                {
                    foreach (bool isScore in (bool[])[false, true])
                    {
                        if (isScore ? row.NeedsPathwise : !one.HasPathwise)
                        {
                            continue;
                        }
                        // Everyday the weighted mean of two particles meets all arrangements, and of the others a few.
                        bool isChosen =
                            !one.IsLarge
                                && ((row.Name == "ImportanceWeightedElbo" && particles == 2 && !isScore) || (particles < 10 && number++ % 13 == 0));
                        if (isChosen == isEveryday)
                        {
                            cells.Add(row.Name, one.Name, particles, isScore);
                        }
                    }
                }
            }
        }
        return cells;
    }

    private static void Check(string objective, string arrangement, int particles, bool isScore)
    {
        ObjectiveCase given = Cases.Single(one => one.Name == arrangement);
        ObjectiveTable.Row row = ObjectiveTable.Of(objective);
        GradientProbe probe = new();
        Svi<int> svi = Begin(given, row.Make(particles), isScore, out Func<int[]> chosen, probe);
        double[] theta = [.. given.Loc, .. given.Scale, given.Mu];
        Moments loss = new();
        Moments[] gradients = [.. theta.Select(_ => new Moments())];
        for (int step = 0; step < Steps; step++)
        {
            double found = svi.Step(0) / Copies;
            int[] present = chosen();
            (double Loss, double[] Gradient) exact = Known.GetOrAdd(
                (arrangement, string.Join(' ', present), row.Power, row.Power is null ? 1 : particles),
                _ => Exact(given.Parts(present), theta, row.Power, particles));
            loss.Add(found - exact.Loss);
            double[] loc = Gradient("loc"), scale = Gradient("scale"), mu = Gradient("mu");
            int latents = given.Loc.Length;
            for (int copy = 0; copy < Copies; copy++)
            {
                for (int i = 0; i < latents; i++)
                {
                    gradients[i].Add(loc[(copy * latents) + i] - exact.Gradient[i]);
                    gradients[latents + i].Add(scale[(copy * latents) + i] - exact.Gradient[latents + i]);
                }
                gradients[2 * latents].Add(mu[copy] - exact.Gradient[2 * latents]);
            }
        }
        AssertZero(loss, LossErrors, "loss");
        for (int i = 0; i < gradients.Length; i++)
        {
            AssertZero(gradients[i], GradientErrors, $"gradient {i}");
        }

        // A parameter on which the loss does not depend has no gradient.
        double[] Gradient(string name) => probe.TryOf(svi, name) ?? new double[svi.Parameters[name].Count];
    }

    private static void AssertZero(Moments found, double errors, string what)
    {
        double margin = (errors / 4.5 * found.Margin) + 1e-6;
        Assert.True(Math.Abs(found.Mean) <= margin, $"The mean of the {what} is {found.Mean:G4} off, and may be {margin:G4}.");
        Assert.InRange(margin, 0, 1);
    }

    private static (double Loss, double[] Gradient) Exact(ExactPart[] parts, double[] theta, double? power, int particles)
    {
        const double Step = 1e-4;
        double[] gradient = new double[theta.Length];
        for (int i = 0; i < theta.Length; i++)
        {
            double[] up = [.. theta], down = [.. theta];
            up[i] += Step;
            down[i] -= Step;
            gradient[i] = (Loss(up) - Loss(down)) / (2 * Step);
        }
        return (Loss(theta), gradient);

        double Loss(double[] at) => parts.Sum(part => power is { } exponent ? part.Bound(at, exponent, particles) : part.Elbo(at));
    }

    private static Svi<int> Begin(ObjectiveCase given, Elbo objective, bool isScore, out Func<int[]> chosen, GradientProbe? probe = null)
    {
        // The first run of a step tells: others may look for dependencies, with subsamples of their own.
        int[]? present = null;
        chosen = () =>
        {
            int[] told = present ?? [0, 1, 2];
            present = null;
            return told;
        };
        return new Svi<int>(
            _ => given.Model(Parameters(), told => present ??= told),
            _ => given.Guide(Parameters(), q => isScore ? new WithoutPathwise(q) : q), probe ?? new GradientProbe(), objective, seed: 11);

        // The steps of a test run on one thread: all parameters are Float64 tensors, so that all else is, too.
        ObjectiveParameters Parameters() =>
            new(Copies, Param("loc", Spread(given.Loc)), Param("scale", Spread(given.Scale)), Param("mu", Spread([given.Mu])));

        static Tensor Spread(double[] values) => Tensor.From(values).BroadcastTo([Copies, 1, values.Length]).Copy();
    }
}
