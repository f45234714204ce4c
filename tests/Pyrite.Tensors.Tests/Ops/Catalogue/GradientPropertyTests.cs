using FsCheck;
using FsCheck.Fluent;
using Pyrite.Testing;

namespace Pyrite.Tests.Catalogue;

/// <summary>Every differentiable operation against central differences at random shapes: first derivatives, and second ones where there are
/// any.</summary>
/// <remarks>FsCheck draws the longest axis and a seed, always from the same start, and shrinks to the smallest shapes that fail.</remarks>
public sealed class GradientPropertyTests
{
    private const int LongestAxis = 4;
    private const int MostShrinkSteps = 3;

    public static TheoryData<string> Names => [.. OperationCatalogue.All.Select(entry => entry.Name).Distinct()];

    [Theory, MemberData(nameof(Names))]
    public void First_and_second_derivatives_agree_with_differences(string name) => Check(name, cases: 3, seed: 1);

    [Theory, MemberData(nameof(Names)), Trait("Category", "Long")]
    public void First_and_second_derivatives_agree_with_differences_in_many_cases(string name) => Check(name, cases: 60, seed: 2);

    [Fact]
    public void Every_differentiable_operation_is_in_the_catalogue()
    {
        string[] known = [.. OperationCatalogue.All.Select(entry => entry.Name), .. OperationCatalogue.NotDifferentiable];
        string[] operations = [.. OperationCatalogue.PublicOperations()];

        Assert.Empty(operations.Except(known));
        Assert.Empty(known.Except(operations));
        Assert.Empty(OperationCatalogue.NotDifferentiable.Intersect(OperationCatalogue.All.Select(entry => entry.Name)));
    }

    [Fact]
    public void A_wrong_rule_is_found_and_shrunk_to_the_smallest_shape()
    {
        CustomGradient.Rule wrongBeyondOne = (inputs, _, upstream) => [upstream * (inputs[0].Shape[0] == 1 ? 1.0 : 1.001)];
        CatalogueEntry entry =
            CatalogueEntry.Of("wrong", draw => new(x => CustomGradient.Apply(y => y[0] * 1.0, wrongBeyondOne, x), draw.Normal([draw.Largest])));
        Exception error = Assert.ThrowsAny<Exception>(() => Check(entry, cases: 20, seed: 1));

        Assert.Contains("wrong at [2]: The first derivative", error.ToString());
    }

    private static void Check(string name, int cases, ulong seed)
    {
        foreach (CatalogueEntry entry in OperationCatalogue.All.Where(entry => entry.Name == name))
        {
            Check(entry, cases, seed);
        }
    }

    private static void Check(CatalogueEntry entry, int cases, ulong seed)
    {
        Arbitrary<(int Largest, int Seed)> arbitrary = Arb.From(
            Gen.Choose(1, LongestAxis).Zip(Gen.Choose(0, int.MaxValue), (largest, choice) => (largest, choice)),
            drawn => Enumerable.Range(1, drawn.Item1 - 1).Take(MostShrinkSteps).Select(largest => (largest, drawn.Item2)));
        FsCheck.Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(cases).WithReplay(new Replay(new Rnd(seed, 1), null)),
            Prop.ForAll(arbitrary, drawn => CheckCase(entry, new Draw((ulong)drawn.Seed, drawn.Largest))));
    }

    private static void CheckCase(CatalogueEntry entry, Draw draw)
    {
        CatalogueCase drawn = entry.Make(draw);
        try
        {
            DerivativeCheck.First(drawn.Function, drawn.Points);
            if (entry.HasSecond)
            {
                DerivativeCheck.Second(drawn.Function, drawn.Points);
            }
        }
        catch (Exception error)
        {
            throw new CheckFailedException($"{entry.Name} at {drawn}: {error.Message}");
        }
    }
}
