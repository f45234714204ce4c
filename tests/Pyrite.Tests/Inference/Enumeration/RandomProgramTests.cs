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

    /// <summary>A third of a second each; seeds up to 600 were tried.</summary>
    [Theory, InlineData(20, 100), Trait("Category", "Long")]
    public void Many_more_programs_agree(int first, int count) => Sums_and_gradients_are_those_over_all_joint_values(first, count);

    /// <summary>False if the program was refused.</summary>
    private static bool Check(RandomProgram program)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Tensor numbers = RandomKey.FromSeed((ulong)program.Seed).Child("numbers").Normal([Math.Max(1, program.ParameterCount)], DType.Float64);
        double value;
        double[] gradient;
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
                value = total.Item();
                gradient = Gradient.OrNull(total, [variable])[0]?.ToArray<double>() ?? new double[numbers.Count];
            }
            catch (ModelException refusal) when (refusal.Kind is ModelError.RowsMeet or ModelError.EnumerationTooCostly)
            {
                return false;
            }
        }
        (double expected, double[] slopes) = OverAll(program, numbers);
        Close.Assert(value, expected, 0, 1e-10, program.ToString());
        Close.Assert(gradient, slopes, 1e-9, 1e-9, $"gradient of {program}");
        return true;
    }

    /// <summary>The log of the sum over all joint values, run by run.</summary>
    private static (double Value, double[] Gradient) OverAll(RandomProgram program, Tensor numbers)
    {
        Tensor variable = numbers.AsVariable();
        RandomProgram.Node[] latents = [.. program.Nodes.Where(node => node.Values > 0)];
        int[] counts = [.. latents.SelectMany(node => Enumerable.Repeat(node.Values, (int)program.ShapeOf(node).Count))];
        int total = counts.Aggregate(1, (product, count) => product * count);
        List<Tensor> logs = [];
        for (int number = 0; number < total; number++)
        {
            int rest = number;
            Dictionary<string, Tensor> values = [];
            foreach (RandomProgram.Node node in latents)
            {
                Shape shape = program.ShapeOf(node);
                long[] cells = new long[shape.Count];
                for (int cell = 0; cell < cells.Length; cell++)
                {
                    (rest, int value) = Math.DivRem(rest, node.Values);
                    cells[cell] = value;
                }
                values[node.Name] = Tensor.From<long>(cells).Reshape(shape);
            }
            logs.Add(Trace.Of(() => program.Run(variable), new FixedValues(values)).LogProb().To(DType.Float64));
        }
        // An entry that a mask leaves out counts its values alike, and sums to one.
        double masked = latents.Sum(node => program.MaskOf(node).ToArray<bool>().Count(flag => !flag) * Math.Log(node.Values));
        Tensor sum = Tensor.Stack([.. logs]).LogSumExpOverLast();
        return (sum.Item() - masked, Gradient.OrNull(sum, [variable])[0]?.ToArray<double>() ?? new double[numbers.Count]);
    }

    private sealed class FixedValues(Dictionary<string, Tensor> values) : Handler
    {
        protected internal override void Before(SampleSite site)
        {
            if (!site.IsObserved)
            {
                site.Value = values[site.Name];
            }
        }
    }
}
