namespace Pyrite.Inference.Diagnostics.Summaries;

/// <summary>Numbers that are NaN or infinite: how many there are of each and where the first is, in words.</summary>
internal static class NonFiniteDraws
{
    /// <summary>"3 of 4000 draws are not finite (2 NaN, 1 infinite; the first in chain 0, draw 3)", or null where all are.</summary>
    /// <param name="values">The numbers, chain after chain.</param>
    /// <param name="chains">How many chains; 0 for draws without chains.</param>
    /// <param name="what">What the numbers are called.</param>
    public static string? Describe(ReadOnlySpan<double> values, int chains, string what = "draws")
    {
        int nan = 0, infinite = 0, first = -1;
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                first = first < 0 ? i : first;
                nan += double.IsNaN(values[i]) ? 1 : 0;
                infinite += double.IsNaN(values[i]) ? 0 : 1;
            }
        }
        if (first < 0)
        {
            return null;
        }
        string kinds = infinite == 0 ? "NaN" : nan == 0 ? "infinite" : $"{nan} NaN, {infinite} infinite";
        return $"{nan + infinite} of {values.Length} {what} are not finite ({kinds}; the first in {Place(first, values.Length, chains)})";
    }

    /// <summary>Where a number stands: chains and draws count from 0.</summary>
    private static string Place(int index, int count, int chains)
    {
        int length = chains > 0 ? count / chains : count;
        return chains > 0 ? $"chain {index / length}, draw {index % length}" : $"draw {index}";
    }
}
