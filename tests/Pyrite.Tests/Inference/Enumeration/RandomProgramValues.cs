namespace Pyrite.Tests.Enumeration;

/// <summary>All joint values of the latent sites of a random program, each an ordinary run of the model.</summary>
internal static class RandomProgramValues
{
    /// <summary>The values of each latent site's entries, and the log-density of the run.</summary>
    /// <param name="program">The program.</param>
    /// <param name="numbers">The numbers of its tables.</param>
    public static IEnumerable<(Dictionary<string, long[]> Values, Tensor LogDensity)> Of(RandomProgram program, Tensor numbers)
    {
        RandomProgram.Node[] latents = [.. program.Nodes.Where(node => node.Values > 0)];
        int total = latents.SelectMany(node => Enumerable.Repeat(node.Values, (int)program.ShapeOf(node).Count))
            .Aggregate(1, (product, count) => product * count);
        for (int number = 0; number < total; number++)
        {
            int rest = number;
            Dictionary<string, long[]> cells = [];
            foreach (RandomProgram.Node node in latents)
            {
                long[] own = cells[node.Name] = new long[program.ShapeOf(node).Count];
                for (int cell = 0; cell < own.Length; cell++)
                {
                    (rest, int value) = Math.DivRem(rest, node.Values);
                    own[cell] = value;
                }
            }
            FixedValues given = new(latents.ToDictionary(node => node.Name, node => Tensor.From(cells[node.Name]).Reshape(program.ShapeOf(node))));
            yield return (cells, Trace.Of(() => program.Run(numbers), given).LogProb().To(DType.Float64));
        }
    }

    /// <summary>What masks leave out: each such entry counts its values alike, and sums to one.</summary>
    public static double LeftOut(RandomProgram program, RandomProgram.Node node) =>
        program.MaskOf(node).ToArray<bool>().Count(flag => !flag) * Math.Log(node.Values);

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
