using Pyrite.Inference.Exchange;


namespace Pyrite.Inference.Runs;

/// <summary>Reads the draws of a run that may have been cut off at any moment.</summary>
internal static class ChainFileReader
{
    /// <summary>The draws of all chains as far as they make a rectangle; null where there are none.</summary>
    /// <exception cref="InvalidDataException">A file is damaged, of another model, or larger than the limits.</exception>
    public static SampledDraws? Read(string path, int chains, IReadOnlyList<PotentialSite> quantities, CmdStanLimits? limits)
    {
        limits ??= new CmdStanLimits();
        List<CmdStanChain> read = [];
        long numbers = 0;
        for (int chain = 0; chain < chains; chain++)
        {
            string file = ChainFileSet.DrawsOf(path, chain);
            using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1);
            read.Add(CmdStanChain.ReadWritten(file, stream, limits, limits.Numbers - numbers));
            numbers += read[^1].Numbers.Count;
        }
        KeptChains kept = KeptChains.Of(read.ConvertAll(chain => chain.Rows));
        if (kept.Draws == 0)
        {
            return null;
        }
        List<CmdStanChain> used = [.. kept.Chains.Select(chain => read[chain])];
        foreach (CmdStanChain chain in used)
        {
            chain.Cut(kept.Draws);
            chain.RequireLike(used[0]);
        }
        CmdStanDraws all = CmdStanColumns.Assemble(used);
        return new SampledDraws(new Draws(used.Count, kept.Draws, quantities.Select(quantity => Named(path, quantity, all.Draws))), all.Statistics!);
    }

    /// <summary>A quantity with its dimensions, which the files of draws do not know.</summary>
    private static DrawsVariable Named(string path, PotentialSite quantity, Draws draws)
    {
        if (quantity.Shape.Count == 0)
        {
            return quantity.Draws([]);
        }
        if (!draws.Contains(quantity.Name) || draws.Variable(quantity.Name).EventShape != quantity.Shape)
        {
            throw new InvalidDataException(
                $"{ChainFileSet.DrawsOf(path, 0)} has no draws of \"{quantity.Name}\" with shape {quantity.Shape}, as the state beside it says. The "
                    + "files do not belong together.");
        }
        return quantity.Draws(draws.Variable(quantity.Name).Values.ToArray());
    }
}
