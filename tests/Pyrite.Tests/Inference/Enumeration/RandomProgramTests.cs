using Pyrite.Inference.Enumeration;
using Pyrite.Language;
using Pyrite.Testing;

namespace Pyrite.Tests.Enumeration;

/// <summary>Models made at random against the sum over all joint values, each of which is an ordinary run of the model.</summary>
[Trait("Once", "Cultures")]
public sealed class RandomProgramTests
{
    [Theory, InlineData(0, 20)]
    public void Sums_and_gradients_are_those_over_all_joint_values(int first, int count)
    {
        int refused = Enumerable.Range(first, count).Count(seed => !Check(RandomProgram.Of(seed)));

        // Rows of crossing plates that meet may be refused; most programs are not.
        Assert.True(refused <= count / 10, $"{refused} of {count} were refused");
    }

    /// <summary>With those above five hundred, a third of a second each.</summary>
    [Theory, InlineData(20, 120), InlineData(140, 120), InlineData(260, 120), InlineData(380, 120), Trait("Category", "Long")]
    public void Many_more_programs_agree(int first, int count) => Sums_and_gradients_are_those_over_all_joint_values(first, count);

    /// <summary>A plate of which half the rows are seen counts as one whose other half has the same data: exactly, also where sites outside of it are
    /// summed out around its weight.</summary>
    [Theory, InlineData(1000, 15)]
    public void Subsampled_plates_count_as_plates_of_equal_halves(int first, int count)
    {
        int compared = 0, refused = 0;
        foreach (int seed in Enumerable.Range(first, count))
        {
            RandomProgram program = RandomProgram.Of(seed);
            for (int plate = 0; plate < program.Sizes.Length; plate++)
            {
                if (program.Leaves(plate) || !program.Nodes.Exists(node => node.Plates.Contains(plate)))
                {
                    continue;
                }
                compared++;
                if (Sum(RandomProgram.Of(seed, plate)) is not { } whole || Sum(RandomProgram.Of(seed, plate, isSubsampled: true)) is not { } half)
                {
                    refused++;
                    continue;
                }
                Close.Assert(half.Value, whole.Value, 1e-12, 1e-10, $"half of plate {plate} of {program}");
                Close.Assert(half.Gradient, whole.Gradient, 1e-9, 1e-9, $"gradient of half of plate {plate} of {program}");
            }
        }
        Assert.True(compared >= count / 2, $"only {compared} plates were compared");
        Assert.True(refused <= compared / 4, $"{refused} of {compared} were refused");
    }

    /// <summary>False if the program was refused.</summary>
    private static bool Check(RandomProgram program)
    {
        if (Sum(program) is not { } found)
        {
            return false;
        }
        (double expected, double[] slopes) = OverAll(program, NumbersOf(program));
        Close.Assert(found.Value, expected, 0, 1e-10, program.ToString());
        Close.Assert(found.Gradient, slopes, 1e-9, 1e-9, $"gradient of {program}");
        return true;
    }

    private static Tensor NumbersOf(RandomProgram program) =>
        RandomKey.FromSeed((ulong)program.Seed).Child("numbers").Normal([Math.Max(1, program.ParameterCount)], DType.Float64);

    /// <summary>The log of the sum as the library finds it; null if the program was refused.</summary>
    private static (double Value, double[] Gradient)? Sum(RandomProgram program)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Tensor numbers = NumbersOf(program);
        using (StepScope step = StepScope.Begin())
        {
            step.RecordAfresh();
            Tensor variable = numbers.AsVariable();
            using LiftingScope scope = LiftingScope.Begin();
            EnumeratedRuns runs = EnumeratedRuns.Of(scope, EnumerationChoice.IsSummed,
                handler => TracedRun.Of("model", () => program.Run(variable), new SeedHandler(0), handler));
            try
            {
                Tensor total = runs.LogEvidence();
                double value = total.Item();
                return (value, Gradient.OrNull(total, [variable])[0]?.ToArray<double>() ?? new double[numbers.Count]);
            }
            catch (ModelException refusal) when (refusal.Kind is ModelError.RowsMeet or ModelError.EnumerationTooCostly)
            {
                return null;
            }
        }
    }

    /// <summary>The log of the sum over all joint values, run by run.</summary>
    private static (double Value, double[] Gradient) OverAll(RandomProgram program, Tensor numbers)
    {
        Tensor variable = numbers.AsVariable();
        double masked = program.Nodes.Where(node => node.Values > 0).Sum(node => RandomProgramValues.LeftOut(program, node));
        Tensor sum = Tensor.Stack([.. RandomProgramValues.Of(program, variable).Select(one => one.LogDensity / program.Scale)]).LogSumExpOverLast();
        sum = (sum - masked) * program.Scale;
        return (sum.Item(), Gradient.OrNull(sum, [variable])[0]?.ToArray<double>() ?? new double[numbers.Count]);
    }
}
