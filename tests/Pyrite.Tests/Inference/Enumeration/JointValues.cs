namespace Pyrite.Tests.Enumeration;

/// <summary>The sum over all joint values of discrete sites, each of which is given to the model.</summary>
internal static class JointValues
{
    /// <summary>The log of the sum, and the marginals of each site: [.. batch, values], row-major.</summary>
    /// <param name="model">The model.</param>
    /// <param name="at">Values of its continuous sites.</param>
    /// <param name="sites">Names, batch shapes and numbers of values 0, 1, … of all discrete sites.</param>
    public static (double LogEvidence, IReadOnlyDictionary<string, double[]> Marginals) Of(Action model, IReadOnlyDictionary<string, Tensor> at,
        params (string Name, Shape Batch, int Values)[] sites)
    {
        int[] counts = [.. sites.SelectMany(site => Enumerable.Repeat(site.Values, (int)site.Batch.Count))];
        int total = counts.Aggregate(1, (product, count) => product * count);
        (double[] logs, int[][] all) = (new double[total], new int[total][]);
        for (int number = 0; number < total; number++)
        {
            int[] cells = all[number] = new int[counts.Length];
            for (int cell = 0, rest = number; cell < cells.Length; cell++)
            {
                (rest, cells[cell]) = Math.DivRem(rest, counts[cell]);
            }
            Dictionary<string, Tensor> values = new(at);
            int first = 0;
            foreach ((string name, Shape batch, _) in sites)
            {
                int count = (int)batch.Count;
                values[name] = Tensor.From<long>([.. cells.Skip(first).Take(count).Select(value => (long)value)]).Reshape(batch);
                first += count;
            }
            logs[number] = LogJoint(model, values);
        }
        double greatest = logs.Max(), sum = greatest + Math.Log(logs.Sum(log => Math.Exp(log - greatest)));
        Dictionary<string, double[]> marginals = [];
        int start = 0;
        foreach ((string name, Shape batch, int values) in sites)
        {
            double[] own = marginals[name] = new double[batch.Count * values];
            for (int number = 0; number < total; number++)
            {
                for (int cell = 0; cell < batch.Count; cell++)
                {
                    own[(cell * values) + all[number][start + cell]] += Math.Exp(logs[number] - sum);
                }
            }
            start += (int)batch.Count;
        }
        return (sum, marginals);
    }

    private static double LogJoint(Action model, Dictionary<string, Tensor> values)
    {
        try
        {
            return Discrete.Infer(model, values).LogEvidence;
        }
        catch (ModelException impossible) when (impossible.Kind == ModelError.ImpossibleData)
        {
            return double.NegativeInfinity;
        }
    }
}
