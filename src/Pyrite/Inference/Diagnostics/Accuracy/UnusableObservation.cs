using Pyrite.Inference.Diagnostics.Summaries;

namespace Pyrite.Inference.Diagnostics.Accuracy;

/// <summary>An observation with log-likelihoods that are not finite, and where: nothing else can be said of it.</summary>
/// <param name="Observation">Its number.</param>
/// <param name="Where">Which draws, in words.</param>
internal sealed record UnusableObservation(int Observation, string Where)
{
    private const int MostNamed = 5;

    /// <summary>All of them among log-likelihoods [draws, observations].</summary>
    public static UnusableObservation[] In(ReadOnlySpan<double> logLikelihood, int draws, int chains)
    {
        List<UnusableObservation> found = [];
        int observations = logLikelihood.Length / draws;
        double[] column = new double[draws];
        for (int one = 0; one < observations; one++)
        {
            for (int i = 0; i < draws; i++)
            {
                column[i] = logLikelihood[(i * observations) + one];
            }
            if (NonFiniteDraws.Describe(column, chains > 1 ? chains : 0, "log-likelihoods") is { } where)
            {
                found.Add(new UnusableObservation(one, where));
            }
        }
        return [.. found];
    }

    /// <summary>The first ones in sentences, and how many more there are.</summary>
    public static IEnumerable<string> Describe(UnusableObservation[] all)
    {
        foreach (UnusableObservation one in all.Take(MostNamed))
        {
            yield return $"Observation {one.Observation}: {one.Where}, so its elpd and the sum cannot be estimated. -∞ means that a draw rules the "
                + "observation out, NaN or +∞ that the model overflows there.";
        }
        if (all.Length > MostNamed)
        {
            yield return $"{all.Length - MostNamed} more observations have log-likelihoods that are not finite.";
        }
    }
}
