using Pyrite.Text;

namespace Pyrite;

/// <summary>Draws of named quantities: a posterior sample of several chains, or predictive draws without chains.</summary>
/// <remarks>Immutable. <c>draws["tau"]</c> has shape [chains, draws, event…], or [draws, event…] without chains: Int64 for counts, categories and
/// truth values, Float64 for all others.</remarks>
public sealed class Draws
{
    private readonly List<DrawsVariable> variables = [];
    private readonly Dictionary<string, DrawsVariable> byName = [];

    /// <summary>Draws of several chains of one length.</summary>
    /// <param name="chains">How many chains.</param>
    /// <param name="drawsPerChain">How many draws in each.</param>
    /// <param name="variables">The quantities, each with values [chains, draws, event…].</param>
    /// <exception cref="ArgumentException">A number is below 1, a name comes twice, or a variable has another number of draws.</exception>
    public Draws(int chains, int drawsPerChain, IEnumerable<DrawsVariable> variables)
        : this(chains, drawsPerChain, true, variables)
    {
    }

    /// <summary>Exchangeable draws without chains, as from a guide or a predictive distribution.</summary>
    /// <param name="draws">How many draws.</param>
    /// <param name="variables">The quantities, each with values [draws, event…].</param>
    /// <exception cref="ArgumentException">The number is below 1, a name comes twice, or a variable has another number of draws.</exception>
    public Draws(int draws, IEnumerable<DrawsVariable> variables)
        : this(1, draws, false, variables)
    {
    }

    private Draws(int chains, int drawsPerChain, bool hasChains, IEnumerable<DrawsVariable> variables)
    {
        ArgumentNullException.ThrowIfNull(variables);
        ArgumentOutOfRangeException.ThrowIfLessThan(chains, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(drawsPerChain, 1);
        Chains = chains;
        DrawsPerChain = drawsPerChain;
        HasChains = hasChains;
        foreach (DrawsVariable variable in variables)
        {
            if (variable.Values.Length != (long)variable.Size * chains * drawsPerChain)
            {
                throw new ArgumentException(
                    $"\"{variable.Name}\" has {variable.Values.Length} numbers; {chains} chains of {drawsPerChain} draws of "
                        + $"shape {variable.EventShape} are {(long)variable.Size * chains * drawsPerChain}.", nameof(variables));
            }
            if (!byName.TryAdd(variable.Name, variable))
            {
                throw new ArgumentException($"\"{variable.Name}\" was given twice. Every quantity needs a name of its own.", nameof(variables));
            }
            this.variables.Add(variable);
        }
    }

    /// <summary>The number of chains; 1 for draws without chains.</summary>
    public int Chains { get; }

    /// <summary>The number of draws in each chain.</summary>
    public int DrawsPerChain { get; }

    /// <summary>Whether the draws are ordered in chains, so that arrays have a first axis for them.</summary>
    public bool HasChains { get; }

    /// <summary>The number of all draws.</summary>
    public int Count => Chains * DrawsPerChain;

    /// <summary>The quantities, in the order given.</summary>
    public IReadOnlyList<DrawsVariable> Variables => variables;

    /// <summary>The names of the quantities, in the order given.</summary>
    public IReadOnlyList<string> Names => variables.ConvertAll(variable => variable.Name);

    /// <summary>Pictures of these draws.</summary>
    public DrawsPlots Plots => new(this);

    /// <summary>The draws of a quantity, as a tensor [chains, draws, event…] or [draws, event…].</summary>
    /// <param name="name">The name of the quantity.</param>
    /// <exception cref="KeyNotFoundException">There is no such quantity; the message names the nearest one.</exception>
    public Tensor this[string name]
    {
        get
        {
            DrawsVariable variable = Variable(name);
            Shape leading = HasChains ? [Chains, DrawsPerChain] : [DrawsPerChain];
            return Tensor.From(variable.Values, leading + variable.EventShape).To(variable.DType);
        }
    }

    /// <summary>Whether there is a quantity of this name.</summary>
    /// <param name="name">The name.</param>
    public bool Contains(string name) => byName.ContainsKey(name);

    /// <summary>A quantity with its shape, dimensions and numbers.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="KeyNotFoundException">There is no such quantity; the message names the nearest one.</exception>
    public DrawsVariable Variable(string name) => byName.TryGetValue(name, out DrawsVariable? variable) ? variable : throw Unknown(name);

    /// <summary>All draws of one number, chain after chain.</summary>
    /// <param name="scalarName">The name of a scalar quantity, or of an entry of an array: <c>tau</c>, <c>theta[0]</c>, <c>sigma[1,0]</c>.</param>
    /// <exception cref="KeyNotFoundException">There is no such number; the message says what there is.</exception>
    public double[] Scalar(string scalarName)
    {
        ArgumentNullException.ThrowIfNull(scalarName);
        int bracket = scalarName.IndexOf('[');
        DrawsVariable variable = Variable(byName.ContainsKey(scalarName) || bracket < 0 ? scalarName : scalarName[..bracket]);
        for (int i = 0; i < variable.ScalarNames.Count; i++)
        {
            if (variable.ScalarNames[i] == scalarName)
            {
                return (double[])variable.Scalar(i).Clone();
            }
        }
        string known =
            variable.Size == 0
                ? "nothing"
                : variable.Size == 1 ? variable.ScalarNames[0] : $"{variable.ScalarNames[0]} to {variable.ScalarNames[^1]}";
        throw new KeyNotFoundException(
            $"\"{variable.Name}\" has draws of shape {variable.EventShape}; \"{scalarName}\" names none of its numbers. There is {known}.");
    }

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

    /// <summary>A table with one row for each number: means, quantiles, diagnostics.</summary>
    /// <param name="options">Which columns; null for the usual ones.</param>
    public Summary Summary(SummaryOptions? options = null) => Pyrite.Summary.Of(this, null, options);

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

    private KeyNotFoundException Unknown(string name)
    {
        string? nearest = variables.MinBy(variable => EditDistance.Between(variable.Name, name))?.Name;
        string hint =
            nearest is null
                ? "There are no quantities."
                : EditDistance.Between(nearest, name) <= 2 ? $"Did you mean \"{nearest}\"?" : $"There are: {string.Join(", ", Names)}.";
        return new KeyNotFoundException($"These draws have no quantity \"{name}\". {hint}");
    }
}
