namespace Pyrite.Inference.Enumeration.Sums;

/// <summary>Puts the tables of single steps of a chain together.</summary>
/// <param name="states">The states of a step.</param>
/// <param name="plates">How many plates the tables have.</param>
internal sealed class ChainScores(int states, int plates)
{
    /// <summary>The sum of the tables of each step, [steps, states, .. plates].</summary>
    /// <param name="singles">The tables, step by step.</param>
    public Tensor Of(List<Factor>[] singles)
    {
        List<(FactorSeries Series, int[] Places)> layers = [];
        Factor?[] alone = new Factor?[singles.Length];
        for (int step = 0; step < singles.Length; step++)
        {
            foreach (Factor factor in singles[step])
            {
                if (factor.Series is { } series)
                {
                    LayerOf(layers, series, step, singles.Length)[step] = factor.Place;
                }
                else
                {
                    alone[step] = alone[step] is { } other ? Factor.Product([other, factor]) : factor;
                }
            }
        }
        Tensor? sum = Array.Exists(alone, factor => factor is not null) ? Joined(alone) : null;
        foreach ((FactorSeries series, int[] places) in layers)
        {
            Tensor layer = Chosen(series.Stack, places);
            sum = sum is null ? layer : sum + layer;
        }
        return sum ?? Tensor.Zeros([singles.Length, states, .. Enumerable.Repeat(1, plates)]);
    }

    /// <summary>Tables side by side along a new first axis; sizes of 1 are stretched.</summary>
    public static Tensor Stacked(Tensor[] tables)
    {
        Shape shape = tables.Aggregate(tables[0].Shape, (all, table) => Shape.Broadcast(all, table.Shape));
        return Tensor.Stack(Array.ConvertAll(tables, table => table.Shape == shape ? table : table.BroadcastTo(shape)));
    }

    private static int[] LayerOf(List<(FactorSeries Series, int[] Places)> layers, FactorSeries series, int step, int steps)
    {
        foreach ((FactorSeries other, int[] places) in layers)
        {
            if (other == series && places[step] < 0)
            {
                return places;
            }
        }
        int[] added = new int[steps];
        Array.Fill(added, -1);
        layers.Add((series, added));
        return added;
    }

    /// <summary>The tables at some places of a series; zeros where there is none.</summary>
    private static Tensor Chosen(Tensor stack, int[] places)
    {
        int count = stack.Shape[0];
        if (places.SequenceEqual(Enumerable.Range(0, count)))
        {
            return stack;
        }
        bool hasGaps = Array.Exists(places, place => place < 0);
        Tensor source = hasGaps ? Tensor.Concat([stack, Tensor.Zeros([1, .. stack.Shape[1..]], stack.DType)]) : stack;
        return source.Take(Tensor.From<long>([.. places.Select(place => place < 0 ? (long)count : place)]));
    }

    /// <summary>Tables that were computed one by one, zeros between them.</summary>
    private Tensor Joined(Factor?[] alone)
    {
        List<Tensor> parts = [];
        Shape narrow = [states, .. Enumerable.Repeat(1, plates)];
        Shape shape = alone.OfType<Factor>().Aggregate(narrow, (all, factor) => Shape.Broadcast(all, factor.Table.Shape));
        DType type = alone.OfType<Factor>().First().Table.DType;
        for (int step = 0, end; step < alone.Length; step = end)
        {
            bool isThere = alone[step] is not null;
            for (end = step + 1; end < alone.Length && alone[end] is not null == isThere; end++)
            {
            }
            parts.Add(isThere
                ? Tensor.Stack([.. alone[step..end].Select(factor => factor!.Table.BroadcastTo(shape))])
                : Tensor.Zeros([end - step, .. shape], type));
        }
        return parts.Count == 1 ? parts[0] : Tensor.Concat([.. parts]);
    }
}
