namespace Pyrite.Plotting.Posteriors;

/// <summary>One number of draws that a plot shows.</summary>
/// <param name="Name">Its name, such as <c>theta[0]</c>, and how many of its draws are not finite, if any.</param>
/// <param name="Values">Its draws, chain after chain.</param>
internal readonly record struct PlottedScalar(string Name, double[] Values)
{
    /// <summary>The numbers that names stand for: a quantity stands for all of its numbers, no names for everything.</summary>
    /// <exception cref="ArgumentException">There are more than a plot can show, or none.</exception>
    public static List<PlottedScalar> Choose(Draws draws, string[] names, string plot, int most)
    {
        List<PlottedScalar> chosen = [];
        long count = 0;
        foreach (string name in names.Length == 0 ? draws.Names : names)
        {
            if (draws.Contains(name))
            {
                DrawsVariable variable = draws.Variable(name);
                count += variable.EventShape.Count;
                for (int i = 0; i < variable.EventShape.Count && chosen.Count < most; i++)
                {
                    chosen.Add(Named(variable.ScalarNames[i], draws.Scalar(variable.ScalarNames[i])));
                }
            }
            else
            {
                count++;
                chosen.Add(Named(name, draws.Scalar(name)));
            }
        }
        return count > 0 && count <= most
            ? chosen
            : throw new ArgumentException(
                $"A plot of {plot} shows 1 to {most} numbers, found {count}. Name those wanted, for instance \"tau\" or \"theta[0]\".",
                    nameof(names));
    }

    /// <summary>What cannot be drawn is said beside the name, because a plot without it looks like one of all draws.</summary>
    private static PlottedScalar Named(string name, double[] values) =>
        values.Count(value => !double.IsFinite(value)) is > 0 and int bad
            ? new($"{name} ({bad} of {values.Length} draws not finite)", values)
            : new(name, values);

    /// <summary>The draws of one chain.</summary>
    public ReadOnlySpan<double> Chain(Draws draws, int chain) => Values.AsSpan(chain * draws.DrawsPerChain, draws.DrawsPerChain);
}
