using Pyrite.Inference.Diagnostics;

namespace Pyrite;

/// <summary>Some of the draws, and several runs together.</summary>
public sealed partial class Draws
{
    /// <summary>Only some of the quantities, in the order asked for.</summary>
    /// <param name="names">Their names.</param>
    /// <exception cref="KeyNotFoundException">There is no such quantity.</exception>
    public Draws Select(params IEnumerable<string> names) => Like(Chains, DrawsPerChain, HasChains, names.Select(Variable));

    /// <summary>These draws with one more quantity, or one replaced.</summary>
    /// <param name="variable">As many draws as these.</param>
    /// <exception cref="ArgumentException">It has another number of draws.</exception>
    public Draws With(DrawsVariable variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        return Like(Chains, DrawsPerChain, HasChains, variables.Where(one => one.Name != variable.Name).Append(variable));
    }

    /// <summary>Every so many draws of each chain, from the first on.</summary>
    /// <param name="every">The distance between draws that stay, at least 1.</param>
    public Draws Thin(int every)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        int kept = (DrawsPerChain + every - 1) / every;
        return Like(Chains, kept, HasChains,
            variables.ConvertAll(variable => Pick(variable, Chains, kept, (chain, draw) => (chain * DrawsPerChain) + (draw * every))));
    }

    /// <summary>A stretch of each chain, for instance <c>draws.Range(500..)</c>.</summary>
    /// <param name="range">Which draws of each chain.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is empty or leaves the chain.</exception>
    public Draws Range(Range range)
    {
        (int start, int end) = (range.Start.GetOffset(DrawsPerChain), range.End.GetOffset(DrawsPerChain));
        int length = end - start;
        if (start < 0 || end > DrawsPerChain || length < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(range), range,
                $"The range is empty or leaves the {DrawsPerChain} draws of a chain; they are 0 to {DrawsPerChain - 1}, without the end.");
        }
        return Like(Chains, length, HasChains,
            variables.ConvertAll(variable => Pick(variable, Chains, length, (chain, draw) => (chain * DrawsPerChain) + start + draw)));
    }

    /// <summary>Some of the chains, in the order asked for.</summary>
    /// <param name="chains">Their numbers from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such chain.</exception>
    public Draws SelectChains(params int[] chains)
    {
        ArgumentNullException.ThrowIfNull(chains);
        foreach (int chain in chains)
        {
            if (chain < 0 || chain >= Chains)
            {
                throw new ArgumentOutOfRangeException(nameof(chains), chain, $"There are chains 0 to {Chains - 1}.");
            }
        }
        return Like(chains.Length, DrawsPerChain, HasChains,
            variables.ConvertAll(variable => Pick(variable, chains.Length, DrawsPerChain, (chain, draw) => (chains[chain] * DrawsPerChain) + draw)));
    }

    /// <summary>All draws as one set without chains.</summary>
    public Draws WithoutChains() => Like(1, Count, false, variables);

    /// <summary>The draws of entries by their names, <c>draws.At("theta", "Choate")</c>, [chains, draws, …] or [draws, …] without the axes that they
    /// were found on.</summary>
    /// <param name="name">The name of the quantity.</param>
    /// <param name="entries">The name of an entry; of an array with several named axes, further names for further axes.</param>
    /// <exception cref="KeyNotFoundException">There is no such quantity or entry; the message says what there is.</exception>
    public Tensor At(string name, params ReadOnlySpan<string> entries)
    {
        DrawsVariable variable = Variable(name);
        foreach (string entry in entries)
        {
            variable = variable.At(entry);
        }
        return TensorOf(variable);
    }

    /// <summary>All quantities, of those along a dimension only some entries: <c>draws.Slice("schools", "Choate", "Deerfield")</c>.</summary>
    /// <param name="dimension">The name of a dimension, of a plate for instance.</param>
    /// <param name="entries">The names of the entries that stay, in the order wanted.</param>
    /// <exception cref="KeyNotFoundException">There is no such dimension or entry; the message says what there is.</exception>
    public Draws Slice(string dimension, params string[] entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        return variables.Exists(variable => variable.Dimensions.Contains(dimension))
            ? Like(Chains, DrawsPerChain, HasChains, variables.ConvertAll(variable => variable.Dimensions.Contains(dimension)
                ? variable.Along(variable.Dimensions.ToList().IndexOf(dimension),
                    [.. entries.Select(entry => variable.Find(entry, dimension).Place)])
                : variable))
            : throw new KeyNotFoundException(
                $"These draws have no dimension \"{dimension}\". There are: "
                    + $"{string.Join(", ", variables.SelectMany(variable => variable.Dimensions).Distinct())}.");
    }

    /// <summary>Several runs of one model as one: their chains beside each other, or their draws one after the other where there are no
    /// chains.</summary>
    /// <param name="runs">Draws of the same quantities.</param>
    /// <param name="cut">Whether longer chains lose their last draws; without it chains of different lengths are refused.</param>
    /// <exception cref="ArgumentException">There is no run, or runs differ in their quantities, their shapes or names, or their lengths.</exception>
    public static Draws Concat(IReadOnlyList<Draws> runs, bool cut = false)
    {
        ArgumentNullException.ThrowIfNull(runs);
        Draws first = runs.Count > 0 ? runs[0] : throw new ArgumentException("Binding runs needs at least one; found none.", nameof(runs));
        for (int i = 1; i < runs.Count; i++)
        {
            if (DrawsDifference.Between(first, runs[i], cut) is { } difference)
            {
                throw new ArgumentException($"Run {i} cannot be bound to the first: {difference}.", nameof(runs));
            }
        }
        int length = first.HasChains ? runs.Min(run => run.DrawsPerChain) : runs.Sum(run => run.DrawsPerChain);
        Draws[] equal = [.. runs.Select(run => run.HasChains && run.DrawsPerChain > length ? run.Range(..length) : run)];
        return Like(first.HasChains ? runs.Sum(run => run.Chains) : 1, length, first.HasChains, first.variables.ConvertAll(
            variable => variable.With([.. equal.SelectMany(run => run.Variable(variable.Name).Values.ToArray())])));
    }

    private static Draws Like(int chains, int draws, bool hasChains, IEnumerable<DrawsVariable> variables) =>
        new(chains, draws, hasChains, variables);

    private static DrawsVariable Pick(DrawsVariable variable, int chains, int draws, Func<int, int, int> source)
    {
        int size = variable.Size;
        double[] values = new double[chains * draws * size];
        for (int chain = 0; chain < chains; chain++)
        {
            for (int draw = 0; draw < draws; draw++)
            {
                variable.Values.Slice(source(chain, draw) * size, size).CopyTo(values.AsSpan(((chain * draws) + draw) * size));
            }
        }
        return variable.With(values);
    }
}
