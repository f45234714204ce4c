namespace Pyrite.Language.Series;

/// <summary>The rounds of a loop over time one after the other, because discrete variables in them are summed out: those of every round are sites of
/// their own, and what depends on them is a score of its round.</summary>
/// <remarks>All other variables stay sites of all rounds, which handlers give their values; their densities stand in the rounds.</remarks>
/// <param name="loop">The loop.</param>
/// <param name="carry">The state before the first round.</param>
/// <param name="rounds">How many rounds.</param>
internal sealed class SummedRounds(SeriesLoop loop, Tensor[] carry, int rounds)
{
    /// <summary>States all rounds.</summary>
    public (Tensor[] Carry, Tensor[] Outputs) Run()
    {
        SeriesSite[] whole = [.. loop.Sites.Where(site => !site.IsFactor && !site.IsSummed && site.Part is not { Count: 0 })];
        Array.ForEach(whole, loop.MakeWhole);
        HandlerStack.ApplyTogether([.. whole.Select(site => site.Whole)], () => Decide(whole));
        Tensor[] state = carry;
        List<Tensor[]> outputs = [];
        List<IReadOnlyList<(string Name, Tensor Value)>> results = [];
        for (int t = 0; t < rounds; t++)
        {
            Dictionary<SeriesSite, Tensor> values = [];
            foreach (SeriesSite site in loop.Sites.Where(site => !site.IsFactor && !site.IsSummed))
            {
                if (site.Part is { Count: 0 } || site.Source != SeriesSource.Body)
                {
                    values[site] = (site.Part is { Count: 0 } ? loop.Values.RoundsOf(site, null) : site.Slices!).Select(0, t);
                }
            }
            SummedRound round = new(loop, t, rounds, values);
            (state, Tensor[] own) = loop.Call(round, state, loop.Slices(t));
            state = Array.ConvertAll(state, part => part.IsWeak ? part.To(loop.Type) : part);
            loop.RequireAll(round);
            outputs.Add(own);
            results.Add(round.Results);
        }
        for (int i = 0; i < loop.Results.Count; i++)
        {
            Tensor[] slices = [.. results.Select(round => round[i].Value)];
            int lifted = Array.FindIndex(slices, HandlerStack.IsLifted);

            // What depends on a summed site has no number of its own; that the name is there is all that it tells.
            loop.State(loop.Results[i], lifted < 0 ? Tensor.Stack(slices)
                : slices[lifted].Unsqueeze(0).BroadcastTo([rounds, .. slices[lifted].Shape]));
        }
        return (state, [.. Enumerable.Range(0, outputs[0].Length).Select(i => Stacked([.. outputs.Select(own => own[i])]))]);
    }

    private Tensor Stacked(Tensor[] outputs)
    {
        try
        {
            return Tensor.Stack(outputs);
        }
        catch (LiftedSizeException size)
        {
            throw new ModelException(ModelError.EnumerationTooCostly, null,
                $"the body of the loop \"{loop.Name}\" returns outputs that depend on discrete sites that are summed out, so that the outputs of all "
                    + $"{rounds} rounds together would have a number for each path. Return outputs that do not depend on them; their posterior is in "
                    + "Discrete.", size);
        }
    }

    /// <summary>Decides the values that no handler has given, by draws of all variables.</summary>
    private void Decide(SeriesSite[] whole)
    {
        foreach (SeriesSite site in whole)
        {
            (site.Source, site.Slices) = loop.Values.Resolve(site);
        }
        if (Array.Exists(whole, site => site.Source == SeriesSource.Draw))
        {
            IReadOnlyDictionary<SeriesSite, Tensor> drawn = loop.DrawnWith(whole);
            foreach (SeriesSite site in whole.Where(site => site.Source == SeriesSource.Draw))
            {
                (site.Slices, site.Source) = (drawn[site], SeriesSource.Array);
            }
        }
        foreach (SeriesSite site in whole)
        {
            Shape batch = site.Part is null ? site.Batch : Shape.Scalar;
            site.Whole.Settle(site.Source == SeriesSource.Array ? SeriesValues.WholeOf(site, site.Slices!) : site.Whole.Value,
                Tensor.Zeros(batch, loop.Type));
        }
    }
}
