using Pyrite.Testing;

namespace Pyrite.Tests.Enumeration;

/// <summary>Random models with guides of some of their discrete sites: the bound against the sum over all joint values of both.</summary>
[Trait("Once", "Cultures")]
public sealed class RandomGuideTests
{
    [Theory, InlineData(0, 10)]
    public void Bounds_are_expectations_over_all_joint_values(int first, int count)
    {
        int refused = Enumerable.Range(first, count).Count(seed => !Check(RandomProgram.Of(seed)));

        // Rows of crossing plates that meet may be refused; most programs are not.
        Assert.True(refused <= count / 10, $"{refused} of {count} were refused");
    }

    [Theory, InlineData(10, 150), Trait("Category", "Long")]
    public void Many_more_bounds_agree(int first, int count) => Bounds_are_expectations_over_all_joint_values(first, count);

    /// <summary>False if the program was refused.</summary>
    private static bool Check(RandomProgram program)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        RandomKey key = RandomKey.FromSeed((ulong)program.Seed);
        Tensor numbers = key.Child("numbers").Normal([Math.Max(1, program.ParameterCount)], DType.Float64);
        double[] logits = key.Child("guide").Normal([Math.Max(1, program.GuideCount)], DType.Float64).ToArray<double>();
        Svi<int> svi = new(_ => program.Run(numbers), _ => program.Guide(Tensor.From(logits)), new Sgd(1.0), new EnumerationElbo());
        double loss;
        try
        {
            loss = program.GuideCount == 0 ? svi.Evaluate(0) : svi.Step(0);
        }
        catch (ModelException refusal) when (refusal.Kind is ModelError.RowsMeet or ModelError.EnumerationTooCostly)
        {
            return false;
        }
        (Dictionary<string, long[]> Values, double Log)[] all =
            [.. RandomProgramValues.Of(program, numbers).Select(one => (one.Values, one.LogDensity.Item() / program.Scale))];
        double leftOut = program.Nodes.Where(node => node.Values > 0 && !program.Guided.Contains(node))
            .Sum(node => RandomProgramValues.LeftOut(program, node));
        Close.Assert(loss, Expected(program, all, logits, leftOut), 1e-10, 1e-10, program.ToString());
        if (program.GuideCount > 0)
        {
            double[] after = svi.Parameters["logits"].ToArray<double>();
            for (int i = 0; i < logits.Length; i++)
            {
                double slope = (Expected(program, all, Moved(logits, i, 1e-5), leftOut) - Expected(program, all, Moved(logits, i, -1e-5), leftOut))
                    / 2e-5;
                Close.Assert(logits[i] - after[i], slope, 1e-6, 1e-6, $"gradient of {program}");
            }
        }
        return true;
    }

    private static double[] Moved(double[] values, int at, double by) => [.. values.Select((value, i) => i == at ? value + by : value)];

    private static double Expected(RandomProgram program, (Dictionary<string, long[]> Values, double Log)[] all, double[] logits, double leftOut)
    {
        double loss = 0;
        foreach (var group in all.GroupBy(one => string.Join(';', program.Guided.Select(node => string.Join(',', one.Values[node.Name])))))
        {
            double greatest = group.Max(one => one.Log), evidence = greatest + Math.Log(group.Sum(one => Math.Exp(one.Log - greatest))) - leftOut;
            (double chance, double term) = (0, 0);
            int used = 0;
            foreach (RandomProgram.Node node in program.Guided)
            {
                bool[] counts = program.MaskOf(node).ToArray<bool>();
                for (int cell = 0; cell < counts.Length; cell++, used += node.Values)
                {
                    double[] own = logits[used..(used + node.Values)];
                    double log = own[group.First().Values[node.Name][cell]] - Math.Log(own.Sum(Math.Exp));
                    chance += counts[cell] ? log : -Math.Log(node.Values);
                    term += counts[cell] ? log : 0;
                }
            }
            loss += Math.Exp(chance) * (term - evidence);
        }
        return loss * program.Scale;
    }
}
