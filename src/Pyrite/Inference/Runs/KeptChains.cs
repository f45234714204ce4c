namespace Pyrite.Inference.Runs;

/// <summary>Which chains of a run that was cut off make a rectangle of draws.</summary>
/// <remarks>The longest chains, cut to one length, such that as many draws as possible stay; of equal ones, more chains.</remarks>
internal readonly record struct KeptChains(int[] Chains, int Draws)
{
    /// <summary>Chooses among chains of these lengths; no chain where there are no draws.</summary>
    public static KeptChains Of(IReadOnlyList<int> lengths)
    {
        int[] longestFirst = [.. Enumerable.Range(0, lengths.Count).OrderByDescending(chain => lengths[chain])];
        int chains = 0;
        long most = 0;
        for (int i = 0; i < longestFirst.Length; i++)
        {
            long kept = (i + 1L) * lengths[longestFirst[i]];
            (chains, most) = kept > 0 && kept >= most ? (i + 1, kept) : (chains, most);
        }
        return new KeptChains([.. longestFirst[..chains].Order()], chains == 0 ? 0 : lengths[longestFirst[chains - 1]]);
    }
}
