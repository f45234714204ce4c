using Pyrite.Text;

namespace Pyrite;

/// <summary>Draws of named quantities: a posterior sample of several chains, or predictive draws without chains.</summary>
/// <remarks>Immutable. <c>draws["tau"]</c> has shape [chains, draws, event…], or [draws, event…] without chains: Int64 for counts, categories and
/// truth values, Float64 for all others.</remarks>
public sealed partial class Draws
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

    /// <summary>The draws of a quantity, as a tensor [chains, draws, event…] or [draws, event…].</summary>
    /// <param name="name">The name of the quantity.</param>
    /// <exception cref="KeyNotFoundException">There is no such quantity; the message names the nearest one.</exception>
    public Tensor this[string name] => TensorOf(Variable(name));

    /// <summary>Whether there is a quantity of this name.</summary>
    /// <param name="name">The name.</param>
    public bool Contains(string name) => byName.ContainsKey(name);

    /// <summary>A quantity with its shape, dimensions and numbers.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="KeyNotFoundException">There is no such quantity; the message names the nearest one.</exception>
    public DrawsVariable Variable(string name) => byName.TryGetValue(name, out DrawsVariable? variable) ? variable : throw Unknown(name);

    /// <summary>All draws of one number, chain after chain.</summary>
    /// <param name="scalarName">The name of a scalar quantity, or of an entry of an array: <c>tau</c>, <c>theta[Choate]</c>, <c>theta[0]</c> where
    /// entries have no names, <c>sigma[1,0]</c>.</param>
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

    /// <summary>A table with one row for each number: means, quantiles, diagnostics.</summary>
    /// <param name="options">Which columns; null for the usual ones.</param>
    public Summary Summary(SummaryOptions? options = null) => Pyrite.Summary.Of(this, null, options);

    private Tensor TensorOf(DrawsVariable variable)
    {
        Shape leading = HasChains ? [Chains, DrawsPerChain] : [DrawsPerChain];
        return Tensor.From(variable.Values, leading + variable.EventShape).To(variable.DType);
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
