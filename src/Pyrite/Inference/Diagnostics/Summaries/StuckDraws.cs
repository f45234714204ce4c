using Pyrite.Text;

namespace Pyrite.Inference.Diagnostics.Summaries;

/// <summary>Finds numbers that do not move: in all chains, or in some.</summary>
/// <remarks>R-hat and effective sizes say nothing of such numbers, because they compare variances.</remarks>
internal static class StuckDraws
{
    /// <summary>How many numbers a sentence names.</summary>
    private const int Shown = 5;

    /// <summary>Adds what there is to say.</summary>
    public static void Add(List<string> advice, Draws draws)
    {
        // One draw per chain cannot move.
        if (!draws.HasChains || draws.DrawsPerChain < 2)
        {
            return;
        }
        List<string> everywhere = [], somewhere = [];
        foreach (DrawsVariable variable in draws.Variables)
        {
            int[][] still = [.. Enumerable.Range(0, variable.Size).Select(i => StillChains(variable.Scalar(i), draws.Chains))];
            bool movesElsewhere = still.Any(chains => chains.Length == 0);
            for (int i = 0; i < still.Length; i++)
            {
                double[] values = variable.Scalar(i);
                bool isOneValue = still[i].Length == draws.Chains && Array.TrueForAll(values, value => value == values[0]);
                if (isOneValue && !(movesElsewhere && values[0] is 0 or 1))     // the zeros and ones of a triangular factor or a correlation matrix
                {
                    everywhere.Add($"{variable.ScalarNames[i]} ({values[0]})");
                }
                else if (!isOneValue && still[i].Length > 0 && variable.DType != DType.Int64)     // a rare event may well not happen in a chain
                {
                    somewhere.Add($"{variable.ScalarNames[i]} (chain{(still[i].Length > 1 ? "s" : "")} {NumberList.Text(still[i])})");
                }
            }
        }
        if (everywhere.Count > 0)
        {
            advice.Add(
                $"{List(everywhere)}: one value in every draw of all {draws.Chains} chains, so nothing can be said about mixing. Right for what is "
                    + "constant by construction; "
                + "else no transition was accepted: look at divergences and step sizes, and start elsewhere.");
        }
        if (somewhere.Count > 0)
        {
            advice.Add(
                $"{List(somewhere)}: no draw of these chains moves. Such a chain is stuck where it started: look at its step size and divergences, "
                    + "start it elsewhere, and do not use its draws.");
        }
    }

    private static string List(List<string> names) =>
        string.Join(", ", names.Take(Shown)) + (names.Count > Shown ? $" and {names.Count - Shown} more" : "");

    private static int[] StillChains(double[] values, int chains)
    {
        int length = values.Length / chains;
        return [
            .. Enumerable.Range(0, chains)
            .Where(
                chain =>
                    double.IsFinite(values[chain * length]) && !values.AsSpan(chain * length, length).ContainsAnyExcept(values[chain * length]))];
    }
}
